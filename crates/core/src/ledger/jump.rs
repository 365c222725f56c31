//! What a record's ops tell about the clocks they were made by.
//!
//! An op's id carries what the device's clock showed; its logical time never runs backwards. Where the two part, a
//! clock was set back, or one that went ahead was corrected. Both are covered by the op's hash.

use super::{Change, Op};
use crate::gathered::sorted;
use crate::ids::{DeviceId, OpId};

/// How far clocks may differ before it is worth a word.
pub const TOLERANCE_MS: i64 = 60_000;

/// Something wrong with a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// It showed this much less than an earlier op had shown, of this device or another.
    Back(i64),
    /// It shows this much more than now.
    Ahead(i64),
    /// The op stamps a moment this much after its own clock.
    Stamped(i64),
}

/// The ops at which a clock went wrong, with how: the first op after each jump, not every op that follows.
pub fn jumps<'a>(ops: impl IntoIterator<Item = &'a Op>, now_ms: i64) -> Vec<(OpId, Clock)> {
    let ops: Vec<&Op> = ops.into_iter().collect();
    let ops = sorted(ops, |one, other| (&one.device, one.seq).cmp(&(&other.device, other.seq)));
    let mut found = Vec::new();
    let mut last: Option<(&DeviceId, i64)> = None;
    for op in ops {
        let Some(shown) = op.id.millis() else { continue };
        let behind = i64::try_from(op.hlc.wall).unwrap_or(i64::MAX).saturating_sub(shown);
        let known = last.filter(|(device, _)| **device == op.device).map_or(0, |(_, behind)| behind);
        // A clock that runs on after it was set back catches up: only a jump makes it lag more than before.
        if behind > TOLERANCE_MS && behind > known.saturating_add(TOLERANCE_MS) {
            found.push((op.id.clone(), Clock::Back(behind)));
        }
        if shown > now_ms.saturating_add(TOLERANCE_MS) {
            found.push((op.id.clone(), Clock::Ahead(shown - now_ms)));
        }
        if let Change::Stamp { at, .. } = &op.change
            && at.at > shown.saturating_add(TOLERANCE_MS)
        {
            found.push((op.id.clone(), Clock::Stamped(at.at - shown)));
        }
        last = Some((&op.device, behind));
    }
    found
}
