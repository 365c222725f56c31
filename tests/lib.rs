//! User journeys in real browsers: the release build, driven through WebDriver as a user would.
//!
//! `cargo xtask test` builds the app and calls the three test binaries beside this file, one a browser. What they
//! share is here:
//! - [`run`] runs one journey: its story on the screen, its time limit, pictures of the screen when it fails.
//! - [`machine`], [`process`], [`site`] are what the tests stand on: tools, folders, processes, the web server.
//! - [`browser`] starts and kills browsers; [`page`] taps, types and reads; nothing there knows the app.
//! - [`visit`] speaks of stages, gates, photos and signatures; [`walk`] fills whatever a stage shows.
//! - [`start`] is how every journey begins; [`smoke`] is the short one.
//! - [`db`] reaches into the app's database, to build old ones and to damage it.
//! - [`bundle`], [`paper`] and [`pictures`] judge what leaves the app and make what goes in.
//! - [`filler`] runs every procedure and answers everything; [`golden`] compares printed forms with those kept here.
//! - [`deployment`] makes new versions of a build; [`faults`] kills browsers in the middle of everything.
//!
//! The app is known by its `data-` marks only, so that words and looks may change.

#[path = "harness/answers.rs"]
mod answers;
#[path = "harness/browser.rs"]
pub mod browser;
#[path = "harness/bundle.rs"]
pub mod bundle;
#[path = "harness/chromium.rs"]
mod chromium;
#[path = "harness/db.rs"]
pub mod db;
#[path = "harness/deployment.rs"]
pub mod deployment;
pub mod faults;
#[path = "harness/filler.rs"]
pub mod filler;
#[path = "harness/golden.rs"]
pub mod golden;
#[path = "harness/machine.rs"]
pub mod machine;
#[path = "harness/page.rs"]
pub mod page;
#[path = "harness/paper.rs"]
pub mod paper;
#[path = "harness/pictures.rs"]
pub mod pictures;
#[path = "harness/process.rs"]
pub mod process;
#[path = "harness/run.rs"]
pub mod run;
#[path = "harness/site.rs"]
pub mod site;
#[path = "harness/smoke.rs"]
pub mod smoke;
#[path = "harness/start.rs"]
pub mod start;
#[path = "harness/visit.rs"]
pub mod visit;
#[path = "harness/walk.rs"]
pub mod walk;
#[path = "harness/wishes.rs"]
pub mod wishes;
