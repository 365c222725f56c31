//! What of the handbook belongs to one visit: the briefing before it, and the lists to tick.

use super::book::{Entry, Handbook, Level};
use super::moment::{Moment, Place, Use};

/// What is known of a visit. What is not known leaves the defaults: every kind of work, the strictest dress, one's own
/// company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visit<'a> {
    /// Kind of work: an answer of `order.kind`.
    pub work: Option<&'a str>,
    /// Dress profile: an answer of `customer.dress`.
    pub dress: Option<&'a str>,
    /// Identity mode: an answer of `order.identity`.
    pub identity: Option<&'a str>,
}

/// What matters at one moment, the most binding first.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<'a> {
    /// The moment.
    pub moment: Moment,
    /// The guidance.
    pub entries: Vec<&'a Entry>,
}

/// What to read before a visit, at the given moments (none given: all). Guidance of several moments stands at the
/// first of them.
pub fn briefing<'a>(book: &'a Handbook, visit: &Visit<'_>, moments: &[Moment]) -> Vec<Part<'a>> {
    parts(book, visit, moments, |entry| entry.uses.contains(&Use::Briefing) || entry.uses.contains(&Use::SelfCheck))
}

/// What to tick, at the given moments (none given: all).
pub fn self_check<'a>(book: &'a Handbook, visit: &Visit<'_>, moments: &[Moment]) -> Vec<Part<'a>> {
    parts(book, visit, moments, |entry| entry.uses.contains(&Use::SelfCheck))
}

fn parts<'a>(
    book: &'a Handbook,
    visit: &Visit<'_>,
    moments: &[Moment],
    is_used: impl Fn(&Entry) -> bool,
) -> Vec<Part<'a>> {
    let wanted = |moment: &Moment| moments.is_empty() || moments.contains(moment);
    let all: Vec<&Entry> = book.entries().filter(|entry| is_used(entry) && belongs(book, entry, visit)).collect();
    let mut parts = Vec::new();
    for moment in Moment::ALL.into_iter().filter(wanted) {
        let here = |entry: &&&Entry| entry.moments.iter().filter(|moment| wanted(moment)).min() == Some(&moment);
        let mut entries = Vec::new();
        for level in Level::ALL {
            entries.extend(all.iter().filter(here).filter(|entry| entry.level == level).copied());
        }
        if !entries.is_empty() {
            parts.push(Part { moment, entries });
        }
    }
    parts
}

/// Whether guidance is for this visit: its work, its dress profile with the places of that, its identity.
fn belongs(book: &Handbook, entry: &Entry, visit: &Visit<'_>) -> bool {
    let dress = book.dress(visit.dress);
    let identity = book.identity(visit.identity);
    let fits_work = entry.works.is_empty() || visit.work.is_none_or(|work| entry.works.iter().any(|one| one == work));
    let fits_dress = entry.profiles.is_empty() || dress.is_some_and(|dress| entry.profiles.contains(&dress.id));
    let fits_identity = entry.identity.is_none() || identity.map(|identity| &identity.id) == entry.identity.as_ref();
    let own = dress.map(|dress| dress.places.as_slice()).unwrap_or_default();
    let fits_place = entry.places.iter().any(|place| Place::OF_EVERY_VISIT.contains(place) || own.contains(place));
    fits_work && fits_dress && fits_identity && fits_place
}
