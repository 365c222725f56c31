//! Hybrid logical clock: orders ops across devices and never runs backwards, whatever the phone's clock does.

use crate::json::fields::Blank;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A clock value. Ordered by milliseconds, then by the counter. Ties between devices are broken by the op id.
///
/// As text (JSON and database keys) it is twelve hex digits of milliseconds, a dash and four hex digits of
/// counter, so that text order is clock order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hlc {
    /// Milliseconds since 1970, at most 48 bits.
    pub wall: u64,
    /// Counts ops within one millisecond.
    pub count: u16,
}

/// Largest wall value: 48 bits.
const MAX_WALL: u64 = 0xFFFF_FFFF_FFFF;
const DAY: u64 = 86_400_000;

impl Hlc {
    /// First wall value that an import accepts: 2000-01-01 UTC.
    pub const FIRST_WALL: u64 = 946_684_800_000;
    /// First wall value after those that an import accepts: 2100-01-01 UTC.
    pub const END_WALL: u64 = 4_102_444_800_000;

    /// The clock value for the next local op, always greater than `self`, the greatest value seen so far.
    ///
    /// A phone's clock outside the accepted years (a flat battery: 1970) is taken as the nearest accepted moment, so
    /// that what such a phone writes can still be carried to another; the last day is left free for counting up.
    #[must_use]
    pub fn tick(self, now_ms: i64) -> Hlc {
        let now = u64::try_from(now_ms).unwrap_or(0).clamp(Hlc::FIRST_WALL, Hlc::END_WALL - DAY);
        if now > self.wall {
            Hlc { wall: now, count: 0 }
        } else {
            match self.count.checked_add(1) {
                Some(count) => Hlc { wall: self.wall, count },
                None => Hlc { wall: (self.wall + 1).min(MAX_WALL), count: 0 },
            }
        }
    }

    /// The greatest value seen, after seeing one from another device.
    #[must_use]
    pub fn observe(self, other: Hlc) -> Hlc {
        self.max(other)
    }
}

impl fmt::Display for Hlc {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:012x}-{:04x}", self.wall, self.count)
    }
}

impl FromStr for Hlc {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Hlc, &'static str> {
        const WRONG: &str = "a clock value is twelve hex digits, a dash and four hex digits";
        let (wall, count) = text.split_once('-').ok_or(WRONG)?;
        let lower_hex = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if wall.len() != 12 || count.len() != 4 || !lower_hex(wall) || !lower_hex(count) {
            return Err(WRONG);
        }
        Ok(Hlc {
            wall: u64::from_str_radix(wall, 16).map_err(|_| WRONG)?,
            count: u16::from_str_radix(count, 16).map_err(|_| WRONG)?,
        })
    }
}

impl Serialize for Hlc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hlc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hlc, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Blank for Hlc {
    fn blank() -> Hlc {
        Hlc::default()
    }
}
