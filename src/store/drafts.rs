//! Half-filled forms of basic records, kept in `localStorage` until they are saved, and the way back to the form
//! from which a missing record was created.

use super::local;
use serde::{Deserialize, Serialize};
use sitebook_core::ledger::RecordKind;
use sitebook_core::value::Value;
use std::collections::BTreeMap;

const RETURN: &str = "sitebook.return";

fn key(place: &str) -> String {
    format!("sitebook.draft.{place}")
}

/// The draft of a form, if one was left.
pub fn load(place: &str) -> Option<BTreeMap<String, Value>> {
    local::get(&key(place))
}

/// Keeps the draft of a form.
pub fn keep(place: &str, draft: &BTreeMap<String, Value>) {
    local::set(&key(place), draft);
}

/// Forgets the draft of a form.
pub fn forget(place: &str) {
    local::forget(&key(place));
}

/// A form that waits for a record to be created.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// Address of the form.
    pub place: String,
    /// Field that takes the new record's id.
    pub field: String,
    /// Kind of the new record.
    pub kind: RecordKind,
    /// The form that waits for this form.
    pub before: Option<Box<Waiting>>,
}

/// Remembers the form at hand before going to create a record of this kind for its field.
pub fn leave_for(kind: RecordKind, field: &str) {
    let place = crate::browser::route::current();
    let before = local::get::<Waiting>(RETURN).map(Box::new);
    let waiting = Waiting { place, field: field.to_owned(), kind, before };
    local::set(RETURN, &waiting);
}

/// The form that waits for a record of this kind, with the id put into its draft. Forgets that it waited.
pub fn come_back(kind: RecordKind, id: &str) -> Option<String> {
    let waiting = local::get::<Waiting>(RETURN)?;
    match waiting.before {
        Some(before) => local::set(RETURN, &*before),
        None => local::forget(RETURN),
    }
    if waiting.kind != kind {
        return None;
    }
    let mut draft = load(&waiting.place).unwrap_or_default();
    draft.insert(waiting.field, Value::text(id));
    keep(&waiting.place, &draft);
    Some(waiting.place)
}

/// What a new record of this kind takes over from the form that waits for it: the same customer, the same site.
pub fn inherited(kind: RecordKind, fields: &[String]) -> BTreeMap<String, Value> {
    let Some(waiting) = local::get::<Waiting>(RETURN).filter(|waiting| waiting.kind == kind) else {
        return BTreeMap::new();
    };
    let mut draft = load(&waiting.place).unwrap_or_default();
    draft.retain(|field, _| fields.contains(field));
    draft
}

/// Forgets that any form waits: the user went elsewhere.
pub fn stay() {
    local::forget(RETURN);
}
