//! The writer of spreadsheets. In a release build it is a part of the program of its own, as `later` is: fetched when
//! somebody exports the first spreadsheet, and there offline because every part is kept when the app is installed.
//!
//! Nothing but the entry in [`part`] may call the writer: it would come along with whatever calls it.

use crate::i18n::words;
use sitebook_core::print::Book;
use sitebook_core::text::Text;

/// The bytes of an `.xlsx` file.
///
/// # Errors
/// The words for the user: the part could not be loaded, or the writer refused.
pub async fn xlsx(book: Book) -> Result<Vec<u8>, Text> {
    match part::write(book).await {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(words::lists::XLSX_FAILED.clone()),
        Err(_) => Err(words::LATER_FAILED.clone()),
    }
}

#[cfg(split)]
mod part {
    use super::Book;
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    #[wasm_split(sheets, wasm_split_path = ::leptos::wasm_split, fallible)]
    pub fn write(book: Book) -> Result<Option<Vec<u8>>, SplitLoaderError> {
        Ok(sitebook_sheets::xlsx(&book).ok())
    }
}

/// The same where nothing has to be loaded.
#[cfg(not(split))]
mod part {
    use super::Book;
    use std::convert::Infallible;

    pub async fn write(book: Book) -> Result<Option<Vec<u8>>, Infallible> {
        Ok(sitebook_sheets::xlsx(&book).ok())
    }
}
