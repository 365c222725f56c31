//! What the phone's own calendar shall know of the work: agreed times and due dates, as events that ring.
//!
//! A due date becomes an appointment without length and not a task: the calendars of phones leave tasks out of a file.

use super::{Around, Leads};
use crate::calendar::{Event, When};
use crate::ledger::Record;
use crate::text::{Lang, Text};
use crate::time::Stamp;

const VISIT: Text = Text::of("现场服务：{0}", "On site: {0}");
const DUE: Text = Text::of("到期：{0}（{1}）", "Due: {0} ({1})");
const DUE_ALONE: Text = Text::of("到期：{0}", "Due: {0}");
const ORDER: Text = Text::of("工单 {0}", "Work order {0}");
const RUN: Text = Text::of("记录 {0}", "Record {0}");

/// Something that is due, as its list row says.
#[derive(Debug, Clone, Copy)]
pub struct Dated<'a> {
    /// The visit.
    pub record: &'a str,
    /// Id of the deadline.
    pub id: &'a str,
    /// What is due.
    pub title: &'a Text,
    /// The clause that sets it.
    pub clause: &'a str,
    /// When, milliseconds since 1970.
    pub at: i64,
}

/// The agreed time of a work order, which rings as people are reminded of it; `None` without one, or of an order that
/// is void.
pub fn appointment(order: &Record, around: &Around, leads: &Leads, lang: Lang) -> Option<Event> {
    let at = order.value("agreed")?.as_moment().filter(|_| !order.is_void())?;
    let of = |record: &Option<Record>, field: &str| {
        record.as_ref().and_then(|record| record.text(field)).unwrap_or_default().to_owned()
    };
    let customer = of(&around.customer, "name");
    let number = order.number().unwrap_or_default();
    let about = order.text("fault").unwrap_or_default().to_owned();
    let contact = joined([of(&around.contact, "name"), of(&around.contact, "phone")], " ");
    let who = if customer.is_empty() { number.to_owned() } else { customer };
    Some(Event {
        uid: format!("{}@sitebook", order.id),
        summary: VISIT.with(&[&who]).get(lang).to_owned(),
        description: joined([ORDER.with(&[number]).get(lang).to_owned(), about, contact], "\n"),
        location: joined([of(&around.site, "name"), of(&around.site, "address")], ", "),
        when: When::At(at, at),
        alarms: leads.appointment.clone(),
    })
}

/// A due date of a visit with this number, at this customer; it rings while there is time to do it, and when it is due.
pub fn due_date(due: Dated<'_>, number: &str, customer: &str, leads: &Leads, lang: Lang) -> Event {
    let at = Stamp { at: due.at, tz: 0 };
    let title = due.title.get(lang);
    let summary = if customer.is_empty() { DUE_ALONE.with(&[title]) } else { DUE.with(&[title, customer]) };
    let record = if number.is_empty() { String::new() } else { RUN.with(&[number]).get(lang).to_owned() };
    Event {
        uid: format!("{}.{}@sitebook", due.record, due.id),
        summary: summary.get(lang).to_owned(),
        description: joined([record, due.clause.to_owned()], "\n"),
        location: String::new(),
        when: When::At(at, at),
        alarms: leads.due.iter().copied().chain([0]).collect(),
    }
}

fn joined<const N: usize>(parts: [String; N], with: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(with)
}
