//! A form resolved for paper: every cell filled from the record, in one language.
//!
//! It must not know how a page is drawn. [`resolve`] gives a [`FormView`]; the app draws its pieces, measures them
//! and asks [`paginate`] where the pages break.

mod code;
mod listed;
mod pages;
mod photos;
mod resolve;
mod sheet_parts;
mod sheets;
mod view;
mod words;

pub use code::{PaperCode, PaperVerdict};
pub use pages::{Piece, paginate};
pub use photos::photo_rows;
pub use resolve::{blank, forms_of, resolve};
pub use sheets::{Book, BookMaker, ListWords, Sheet, SheetCell};
pub use view::{BlockView, CellView, DeviationView, FormView, Pair, PhotoView, SlotView};
pub use words::{words_of_value, words_under};
