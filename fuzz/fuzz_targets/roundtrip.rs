//! See `roundtrip` in the module.
#![no_main]
#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::panic)]

#[path = "../../crates/core/tests/suite/fuzzed.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::roundtrip(data));
