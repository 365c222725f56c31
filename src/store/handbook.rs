//! The handbook at hand: fetched and read once, for as many screens as ask.
//!
//! It must not know what is picked from it; that is the core's.

use super::assets::{self, Missing};
use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};
use sitebook_core::handbook::{Check, Handbook};
use std::cell::RefCell;
use std::sync::Arc;

/// The handbook, and what it says is to be avoided, ready to be looked for.
#[derive(Debug)]
pub struct Guide {
    /// What it says.
    pub book: Handbook,
    /// Looks through drafts.
    pub check: Check,
}

/// The guide, or why it is not at hand.
pub type Asked = Result<Arc<Guide>, Missing>;

thread_local! {
    static COMING: RefCell<Option<Shared<LocalBoxFuture<'static, Asked>>>> = const { RefCell::new(None) };
}

/// The handbook. Many may ask at once; it is fetched once, and again only after it failed.
///
/// # Errors
/// It is not here and cannot be fetched.
pub async fn guide() -> Asked {
    let coming = COMING.with_borrow_mut(|coming| coming.get_or_insert_with(|| read().boxed_local().shared()).clone());
    let guide = coming.await;
    if guide.is_err() {
        COMING.set(None);
    }
    guide
}

async fn read() -> Asked {
    let json = assets::text("handbook").await?;
    // The digest fits, so the build's own checker has read the same text.
    let book: Handbook = sitebook_core::json::read(&json).map_err(|_| Missing::Other)?;
    let check = Check::of(&book);
    Ok(Arc::new(Guide { book, check }))
}
