//! Identifiers. All are made outside (the core has no randomness) and parsed at the border.

use crate::json::fields::Blank;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Accepts 1 to 64 ASCII letters, digits, `-` or `_`; anything else is no id.
            pub fn parse(text: &str) -> Option<$name> {
                let fits = (1..=64).contains(&text.len())
                    && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
                fits.then(|| $name(text.to_owned()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// A time-ordered id (`UUIDv7`) from a moment and 10 random bytes.
            pub fn at(now_ms: i64, random: [u8; 10]) -> $name {
                $name(uuid_v7(now_ms, random))
            }
        }

        impl Blank for $name {
            fn blank() -> $name {
                $name(String::new())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A record: a customer, a work order, a visit, …
    RecordId
);
id!(
    /// One op of the ledger.
    OpId
);
id!(
    /// One installation of the app.
    DeviceId
);
id!(
    /// One row of a table.
    RowId
);

impl RecordId {
    /// The one record that keeps the company's limits: the same on every phone, so that they merge.
    pub fn profile() -> RecordId {
        RecordId("profile".to_owned())
    }
}

impl OpId {
    /// What the device's clock showed when the id was made, in milliseconds since 1970; `None` for an id that does not
    /// tell (not a `UUIDv7`).
    pub fn millis(&self) -> Option<i64> {
        let text = self.0.as_str();
        if text.len() != 36 || text.as_bytes().get(14) != Some(&b'7') {
            return None;
        }
        let (high, low) = (text.get(..8)?, text.get(9..13)?);
        i64::from_str_radix(high, 16).ok()?.checked_mul(1 << 16)?.checked_add(i64::from_str_radix(low, 16).ok()?)
    }
}

impl DeviceId {
    /// Three letters or digits that tell devices apart in numbers, e.g. `K7Q`. Two devices of one team share a
    /// tag once in about 30,000 pairs; the full id in the op keeps them apart all the same.
    pub fn tag(&self) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let digest = crate::ledger::sha256(self.0.as_bytes());
        digest.iter().take(3).map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
    }
}

/// RFC 9562 version 7: 48 bits of milliseconds, then 74 random bits, in lower-case hex with dashes.
fn uuid_v7(now_ms: i64, random: [u8; 10]) -> String {
    let millis = u64::try_from(now_ms).unwrap_or(0) & 0xFFFF_FFFF_FFFF;
    let mut bytes = [0u8; 16];
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&random);
    uuid(bytes, 7)
}

/// These bytes as a UUID of this version: version and variant take six of the bits.
pub(crate) fn uuid(mut bytes: [u8; 16], version: u8) -> String {
    bytes[6] = version << 4 | (bytes[6] & 0x0F);
    bytes[8] = 0x80 | (bytes[8] & 0x3F);
    let hex = crate::ledger::hex(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_ids_sort_later() {
        let early = OpId::at(1_700_000_000_000, [255; 10]);
        let late = OpId::at(1_700_000_000_001, [0; 10]);
        assert!(early < late);
        assert_eq!(early.as_str().len(), 36);
        assert_eq!(&early.as_str()[14..15], "7");
        assert_eq!(early.millis(), Some(1_700_000_000_000));
        assert_eq!(OpId::parse("op-1").and_then(|id| id.millis()), None);
    }

    #[test]
    fn foreign_text_is_no_id() {
        assert!(RecordId::parse("../etc").is_none());
        assert!(RecordId::parse("").is_none());
        assert!(RecordId::parse(&"a".repeat(65)).is_none());
        assert!(RecordId::parse("sample-1").is_some());
    }
}
