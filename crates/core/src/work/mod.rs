//! Running a procedure over a record: what is done, what is locked and why, what is due, what a command changes.
//!
//! It must not know where records are stored or how a screen looks. Definitions come from [`crate::template`],
//! records from [`crate::ledger`]; [`Command`]s come in, [`crate::ledger::Change`]s or a [`Refusal`] go out.

mod back;
mod basic;
mod board;
mod check;
mod command;
mod compute;
mod conflict;
mod deadline;
mod decide;
mod erase;
mod eval;
mod events;
mod explain;
mod figures;
mod foretold;
mod history;
mod hours;
mod limits;
mod lines;
mod number;
mod overview;
mod reach;
mod refusal;
mod remind;
mod rows;
mod run;
mod scope;
mod seen;
mod summary;
mod told;
mod trace;
mod unset;

pub use back::undo;
pub use board::{Board, BoardItem, BoardPhase, Next, board, programme_of};
pub use command::{Command, Context, Target};
pub use compute::{Watch, answers, watch};
pub use conflict::{Claim, Conflict, conflicts};
pub use deadline::{Due, deadlines};
pub use decide::decide;
pub use erase::check_erase;
pub use eval::{capture_answered, holds, row_complete};
pub use events::{Dated, appointment, due_date};
pub use explain::{Need, label_of, needs_of};
pub use figures::{Figures, Kept, Span, load};
pub use foretold::{condition_words, deadline_words, without_keys};
pub use history::{Back, Entry, History, change_words};
pub use hours::clock_window;
pub use limits::standing_for;
pub use lines::{Line, lines_left, lines_of};
pub use number::{Serials, next_number, number_by, pattern_words};
pub use overview::{Overview, StepLine, Wanted, step_lines};
pub use reach::{Reach, Touched, touched};
pub use refusal::Refusal;
pub use remind::{Leads, reminder};
pub use run::{Deviation, GateView, Run, StageStatus, StepState, StepStatus};
pub use scope::{Around, OtherRun, Scope};
pub use seen::{changed_since, seen_by, shown_by};
pub use summary::{Progress, Summary, summarise};
pub use told::Words;
pub use trace::{Trace, TracePhoto, names_part, trace};
pub use unset::blanks;
