//! The domain of Sitebook: what a visit, a gate, a form and an op are, and every rule about them.
//!
//! No browser, no clock, no randomness, no storage: time, ids and bytes come in as arguments, values and errors go
//! out. Rooms: [`template`] (the language of procedures and forms), [`ledger`] (ops, clock, fold, chain), [`work`]
//! (running a procedure: gates, commands, deadlines, numbers), [`print`] (a form resolved for paper),
//! [`listing`] (rows of lists, filters and order),
//! [`calendar`] (a customer's hours and holidays, and what is due by them), [`search`] (finding records by words),
//! [`codes`] (what a code on equipment says), [`handbook`] (conduct and phrases), [`exchange`] (bundles in and out), [`seal`] (what a device signs), [`verify`] (what can be said of a file) and
//! [`json`] (the one way in which anything is written or read).

pub mod calendar;
pub mod codes;
pub mod exchange;
pub mod gathered;
pub mod handbook;
pub mod ids;
pub mod json;
pub mod ledger;
pub mod listing;
pub mod marks;
pub mod print;
pub mod seal;
pub mod search;
pub mod template;
pub mod text;
pub mod time;
pub mod value;
pub mod verify;
pub mod work;
