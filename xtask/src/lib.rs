//! The commands that people and CI run, as a library so that tests can use the parts.
//!
//! Each module is one concern. Nothing here knows what the app does: it builds, packs, serves,
//! checks and measures whatever `index.html` and `Cargo.toml` describe.

pub mod bench;
pub mod build;
pub mod check;
pub mod contract;
pub mod coverage;
pub mod faults;
pub mod finish;
pub mod papers;
pub mod policy;
pub mod project;
pub mod run;
pub mod server;
pub mod setup;
pub mod suite;
