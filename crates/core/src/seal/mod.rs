//! Seals: what a device states about its own entries, with a key that never leaves it.
//!
//! Each device makes one ECDSA P-256 key in the browser and cannot export it. Its id is made from that key, so
//! anybody can tell offline that a key belongs to a device id. A [`Seal`] says that a device wrote exactly these ops
//! of a record; a [`Signature`] says that it exported exactly this file.
//!
//! The core neither signs nor checks signatures: browsers do that, later than a function can wait. It says which bytes
//! to sign, and as a [`Claim`] which signature must be checked; [`crate::verify`] takes the answers.

mod key;
mod statement;

pub use key::{PublicKey, SignatureBytes};
pub use statement::{Claim, Draft, FileDraft, Seal, Signature, sum_of};
