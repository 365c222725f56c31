//! What is ahead: appointments of work orders and visits, running deadlines; each with who and where, and how long
//! before it people are reminded.
//!
//! It must not know who asks.

use super::error::StoreError;
use super::query::DueRow;
use super::whose::Whose;
use super::{Content, Store};
use crate::route::Route;
use sitebook_core::gathered::sorted;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::text::Text;
use sitebook_core::work::Summary;

/// One thing that is ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Upcoming {
    /// The same for the same thing, whenever it is asked for: record and deadline, as the due items are kept.
    pub key: String,
    /// When, milliseconds since 1970.
    pub at: i64,
    /// What is due; nothing for an appointment.
    pub due: Option<Text>,
    /// Name of the customer; may be empty.
    pub customer: String,
    /// Name of the site; may be empty.
    pub site: String,
    /// Minutes before it at which people are reminded, earliest first.
    pub leads: Vec<u32>,
    /// Where it is met.
    pub route: Route,
}

/// Most of each kind; more is no list that anybody reads.
const MOST: u32 = 200;

impl Store {
    /// What comes until a moment, milliseconds since 1970, and what is overdue; soonest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn upcoming(self, until: i64, now: i64) -> Result<Vec<Upcoming>, StoreError> {
        let dues: Vec<DueRow> = self.dues(MOST).await?.into_iter().filter(|due| begin(due, now) <= until).collect();
        let orders = self.appointments(now, until, MOST).await?;
        let whose = Whose::read(self, &dues, &orders).await?;
        let content = self.content();
        // A visit's own appointment is the truth, if it has one: it may have been agreed anew.
        let met: Vec<&String> = dues
            .iter()
            .filter(|due| due.appointment.is_some())
            .filter_map(|due| whose.visit(due)?.refs.get("order"))
            .collect();
        let of_orders: Vec<Upcoming> = orders
            .iter()
            .filter(|order| !met.contains(&&order.id))
            .filter_map(|order| of_order(&whose, &content, order))
            .collect();
        let all = dues.iter().filter_map(|due| of_visit(&whose, &content, due, now)).chain(of_orders).collect();
        Ok(sorted(all, |one: &Upcoming, other: &Upcoming| one.at.cmp(&other.at)))
    }
}

/// The appointment that a deadline counts from, while that is ahead; then the deadline itself.
fn begin(due: &DueRow, now: i64) -> i64 {
    due.appointment.filter(|from| *from > now).unwrap_or(due.at)
}

fn of_order(whose: &Whose, content: &Content, order: &Summary) -> Option<Upcoming> {
    Some(Upcoming {
        key: format!("{}/agreed", order.id),
        at: order.agreed()?,
        due: None,
        customer: whose.name(Some(order), "customer"),
        site: whose.name(Some(order), "site"),
        leads: whose.leads(content, Some(order)).appointment,
        route: Route::Show(RecordKind::Order, RecordId::parse(&order.id)?),
    })
}

fn of_visit(whose: &Whose, content: &Content, due: &DueRow, now: i64) -> Option<Upcoming> {
    let order = whose.order(due);
    let leads = whose.leads(content, order);
    let at = begin(due, now);
    let stage = due.step.split('.').next().unwrap_or_default().to_owned();
    let is_appointment = at != due.at;
    Some(Upcoming {
        key: format!("{}/{}", due.record, due.id),
        at,
        due: (!is_appointment).then(|| due.title.clone()),
        customer: whose.name(order, "customer"),
        site: whose.name(order, "site"),
        leads: if is_appointment { leads.appointment } else { leads.due },
        route: Route::Stage(RecordId::parse(&due.record)?, stage),
    })
}
