//! Everything that the app asks of a browser, one capability a file. The only room that touches web APIs.
//!
//! It must not know what the values mean: no records, no templates, no pages. What a browser lacks comes back as
//! `None`, `false` or an error value, never as a panic. Whatever registers something with the browser returns a
//! handle that takes it back when dropped.

pub mod asset;
pub mod barcode;
pub mod blob;
pub mod camera;
mod canvas;
pub mod channel;
pub mod clock;
pub mod db;
pub mod files;
pub mod folder;
pub mod ink;
pub mod keyboard;
pub mod keys;
pub mod launch;
pub mod layout;
pub mod listener;
pub mod locks;
pub mod media;
pub mod near;
pub mod notify;
pub mod outgoing;
pub mod page;
pub mod perf;
pub mod picture;
pub mod pointer;
pub mod pwa;
pub mod random;
mod reach;
pub mod route;
pub mod sink;
pub mod speech;
pub mod storage;
pub mod ticks;
pub mod timers;
