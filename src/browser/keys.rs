//! Signing and checking signatures: ECDSA on P-256 with SHA-256, by the browser's own cryptography.
//!
//! It must not know what is signed. A key that is made here cannot be taken out of the browser: not by this program,
//! not by anybody who gets hold of it. Where the browser has no cryptography (a page without HTTPS) there is no key.

use super::db::Kept;
use super::reach;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

/// A key pair of this device.
#[derive(Debug, Clone)]
pub struct DeviceKey {
    pair: JsValue,
    public: Vec<u8>,
}

fn subtle() -> Option<JsValue> {
    reach::get(&reach::of_window("crypto")?, "subtle")
}

fn curve() -> JsValue {
    reach::object(&[("name", "ECDSA".into()), ("namedCurve", "P-256".into())])
}

fn scheme() -> JsValue {
    reach::object(&[("name", "ECDSA".into()), ("hash", "SHA-256".into())])
}

fn bytes(of: &[u8]) -> JsValue {
    Uint8Array::from(of).into()
}

impl DeviceKey {
    /// A new key that cannot be taken out; `None` where the browser makes none.
    pub async fn make() -> Option<DeviceKey> {
        let uses: Array = ["sign", "verify"].into_iter().map(JsValue::from_str).collect();
        let pair = reach::ask(&subtle()?, "generateKey", &[&curve(), &JsValue::FALSE, &uses]).await.ok()?;
        DeviceKey::of(Kept(pair)).await
    }

    /// The key that was kept.
    pub async fn of(Kept(pair): Kept) -> Option<DeviceKey> {
        reach::get(&pair, "privateKey")?;
        let public = reach::get(&pair, "publicKey")?;
        let raw = reach::ask(&subtle()?, "exportKey", &[&"raw".into(), &public]).await.ok()?;
        Some(DeviceKey { pair, public: Uint8Array::new(&raw).to_vec() })
    }

    /// As the database keeps it.
    pub fn kept(&self) -> Kept {
        Kept(self.pair.clone())
    }

    /// The public point, uncompressed.
    pub fn public(&self) -> &[u8] {
        &self.public
    }

    /// Signs a message: r and s, 64 bytes. `None` when the browser refuses.
    pub async fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let private = reach::get(&self.pair, "privateKey")?;
        let signed = reach::ask(&subtle()?, "sign", &[&scheme(), &private, &bytes(message)]).await.ok()?;
        Some(Uint8Array::new(&signed).to_vec())
    }

    /// Whether the browser would give the private key out. It must not.
    #[cfg(all(test, target_arch = "wasm32"))]
    pub async fn gives_itself_away(&self) -> bool {
        let (Some(subtle), Some(private)) = (subtle(), reach::get(&self.pair, "privateKey")) else { return false };
        reach::ask(&subtle, "exportKey", &[&"pkcs8".into(), &private]).await.is_ok()
    }
}

/// Whether this browser can check signatures.
pub fn is_available() -> bool {
    subtle().is_some()
}

/// Checks signatures; a key that comes again is read once.
#[derive(Debug, Default)]
pub struct Checker {
    last: Option<(Vec<u8>, JsValue)>,
}

impl Checker {
    /// Whether the signature is this key's for this message. Anything that is no key or no signature is none.
    pub async fn holds(&mut self, key: &[u8], message: &[u8], sig: &[u8]) -> bool {
        self.check(key, message, sig).await.unwrap_or(false)
    }

    async fn check(&mut self, key: &[u8], message: &[u8], sig: &[u8]) -> Option<bool> {
        let subtle = subtle()?;
        if self.last.as_ref().is_none_or(|(known, _)| known != key) {
            let uses = Array::of1(&"verify".into());
            let arguments: [&JsValue; 5] = [&"raw".into(), &bytes(key), &curve(), &JsValue::TRUE, &uses];
            let read = reach::ask(&subtle, "importKey", &arguments).await.ok()?;
            self.last = Some((key.to_vec(), read));
        }
        let (_, key) = self.last.as_ref()?;
        let answer = reach::ask(&subtle, "verify", &[&scheme(), key, &bytes(sig), &bytes(message)]).await;
        answer.ok()?.as_bool()
    }
}
