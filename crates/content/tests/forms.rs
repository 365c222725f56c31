//! Two whole visits over the real content, run command by command: what they print, and which rule of the norms
//! stops them where.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "forms/code.rs"]
mod code;
#[path = "forms/common.rs"]
mod common;
#[path = "forms/golden.rs"]
mod golden;
#[path = "forms/hard.rs"]
mod hard;
#[path = "forms/norm.rs"]
mod norm;
#[path = "forms/norm_before.rs"]
mod norm_before;
#[path = "forms/norm_leave.rs"]
mod norm_leave;
#[path = "forms/norm_work.rs"]
mod norm_work;
#[path = "forms/paper.rs"]
mod paper;
#[path = "forms/phone.rs"]
mod phone;
#[path = "forms/world.rs"]
mod world;
