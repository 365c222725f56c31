//! The reusable parts of screens. They show data and send commands; no rule is decided here.

pub mod alerts;
pub mod bar;
pub mod basics;
pub mod capture;
pub mod choose;
pub mod conflict;
pub mod damaged;
pub mod field;
pub mod gate;
pub mod icon;
pub mod inputs;
pub mod moment;
pub mod paper;
pub mod paper_code;
pub mod photo;
pub mod progress;
pub mod save;
pub mod send;
pub mod sheet;
pub mod sign;
pub mod step;
pub mod table;
pub mod tally;
pub mod ui;
pub mod void;
