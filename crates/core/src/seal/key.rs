//! Public keys and signatures as text, and device ids made from keys.

use crate::ids::DeviceId;
use crate::json::fields::Blank;
use crate::ledger::sha256;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// Bytes of an uncompressed point of P-256: a four, x and y.
const POINT: usize = 65;
/// Bytes of a signature as WebCrypto gives it: r and s.
const RAW: usize = 64;

/// A device's public key: the uncompressed point of P-256 (WebCrypto's `raw` format) in base64.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicKey(String);

impl PublicKey {
    /// The key from WebCrypto's `exportKey("raw", …)`; `None` for anything that is no uncompressed point.
    pub fn of(raw: &[u8]) -> Option<PublicKey> {
        (raw.len() == POINT && raw.first() == Some(&4)).then(|| PublicKey(STANDARD.encode(raw)))
    }

    /// The bytes for WebCrypto's `importKey("raw", …)`; `None` when a file says something that is no key.
    pub fn raw(&self) -> Option<Vec<u8>> {
        let raw = decoded(&self.0, POINT)?;
        (raw.first() == Some(&4)).then_some(raw)
    }

    /// The key as it stands in a file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Blank for PublicKey {
    fn blank() -> PublicKey {
        PublicKey(String::new())
    }
}

/// A signature: r and s in base64 (IEEE P1363, as WebCrypto gives it).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SignatureBytes(String);

impl SignatureBytes {
    /// The signature from WebCrypto's `sign`; `None` for anything that is not 64 bytes long.
    pub fn of(raw: &[u8]) -> Option<SignatureBytes> {
        (raw.len() == RAW).then(|| SignatureBytes(STANDARD.encode(raw)))
    }

    /// The bytes for WebCrypto's `verify`; `None` when a file says something that is no signature.
    pub fn raw(&self) -> Option<Vec<u8>> {
        decoded(&self.0, RAW)
    }
}

impl Blank for SignatureBytes {
    fn blank() -> SignatureBytes {
        SignatureBytes(String::new())
    }
}

fn decoded(text: &str, bytes: usize) -> Option<Vec<u8>> {
    if text.len() != bytes.div_ceil(3) * 4 {
        return None;
    }
    STANDARD.decode(text).ok().filter(|raw| raw.len() == bytes)
}

impl DeviceId {
    /// The id of the device with this key: a `UUIDv8` (RFC 9562) whose 122 free bits are the head of the key's
    /// SHA-256. Whoever wants another key under the same id must find one among 2^122.
    pub fn of_key(key: &PublicKey) -> Option<DeviceId> {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&sha256(&key.raw()?)[..16]);
        DeviceId::parse(&crate::ids::uuid(bytes, 8))
    }

    /// Whether this is the id of the device with this key. A device that had no key when it was set up (`UUIDv7`) is
    /// bound to none.
    pub fn is_bound_to(&self, key: &PublicKey) -> bool {
        DeviceId::of_key(key).as_ref() == Some(self)
    }

    /// Whether the id was made from some key, which is the only one that may speak for it.
    pub fn is_of_a_key(&self) -> bool {
        let text = self.as_str().as_bytes();
        text.len() == 36 && text.get(14) == Some(&b'8')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(last: u8) -> PublicKey {
        let mut raw = [7; POINT];
        (raw[0], raw[64]) = (4, last);
        PublicKey::of(&raw).unwrap_or_else(PublicKey::blank)
    }

    #[test]
    fn an_id_belongs_to_one_key() {
        let id = DeviceId::of_key(&key(1)).map(|id| id.to_string()).unwrap_or_default();
        assert_eq!((id.len(), &id[14..15]), (36, "8"));
        assert!(matches!(&id[19..20], "8" | "9" | "a" | "b"), "{id}");
        let id = DeviceId::parse(&id);
        assert!(id.as_ref().is_some_and(|id| id.is_bound_to(&key(1)) && id.is_of_a_key()));
        assert!(id.is_some_and(|id| !id.is_bound_to(&key(2))));
        let without = DeviceId::at(1_700_000_000_000, [1; 10]);
        assert!(!without.is_bound_to(&key(1)) && !without.is_of_a_key());
    }

    #[test]
    fn only_points_are_keys_and_only_64_bytes_are_signatures() {
        assert_eq!(PublicKey::of(&[4; 64]), None);
        assert_eq!(PublicKey::of(&[2; POINT]), None);
        assert_eq!(PublicKey("x".repeat(88)).raw(), None);
        assert_eq!(PublicKey(STANDARD.encode([3; POINT])).raw(), None);
        assert_eq!(key(3).raw().map(|raw| raw.len()), Some(POINT));
        assert_eq!(SignatureBytes::of(&[1; 63]), None);
        assert_eq!(SignatureBytes::of(&[1; RAW]).and_then(|signature| signature.raw()), Some(vec![1; RAW]));
        assert_eq!(SignatureBytes("=".repeat(88)).raw(), None);
    }
}
