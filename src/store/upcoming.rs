//! What is ahead: appointments of work orders and visits, running deadlines; each with who and where, and how long
//! before it people are reminded.
//!
//! It must not know who asks.

use super::error::StoreError;
use super::query::{DueRow, read_record};
use super::{Content, Store};
use crate::browser::db::Table;
use crate::route::Route;
use sitebook_core::gathered::sorted;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind};
use sitebook_core::text::Text;
use sitebook_core::work::{Leads, Summary};
use std::collections::BTreeMap;

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
        let around = Around::read(self, &dues, &orders).await?;
        let content = self.content();
        // A visit's own appointment is the truth, if it has one: it may have been agreed anew.
        let met: Vec<&String> = dues
            .iter()
            .filter(|due| due.appointment.is_some())
            .filter_map(|due| around.lines.get(&due.record)?.refs.get("order"))
            .collect();
        let of_orders: Vec<Upcoming> = orders
            .iter()
            .filter(|order| !met.contains(&&order.id))
            .filter_map(|order| around.appointment(&content, order))
            .collect();
        let all = dues.iter().filter_map(|due| around.due(&content, due, now)).chain(of_orders).collect();
        Ok(sorted(all, |one: &Upcoming, other: &Upcoming| one.at.cmp(&other.at)))
    }

    pub(super) async fn records_of(self, ids: &[String]) -> Result<BTreeMap<String, Record>, StoreError> {
        let tx = self.db()?.read(&[Table::Records])?;
        let mut found = BTreeMap::new();
        for id in ids {
            if let Some(record) = read_record(&tx, id).await? {
                found.insert(id.clone(), record);
            }
        }
        Ok(found)
    }
}

/// The appointment that a deadline counts from, while that is ahead; then the deadline itself.
fn begin(due: &DueRow, now: i64) -> i64 {
    due.appointment.filter(|from| *from > now).unwrap_or(due.at)
}

/// What the lists name.
struct Around {
    /// Lines of visits, orders, customers, sites.
    lines: BTreeMap<String, Summary>,
    /// Customers and the company's profile, which may have limits of their own.
    records: BTreeMap<String, Record>,
}

impl Around {
    async fn read(store: Store, dues: &[DueRow], orders: &[Summary]) -> Result<Around, StoreError> {
        let visits: Vec<String> = dues.iter().map(|due| due.record.clone()).collect();
        let mut lines = store.lines_of(&visits).await?;
        let of_visits: Vec<String> = lines.values().filter_map(|line| line.refs.get("order").cloned()).collect();
        lines.extend(store.lines_of(&of_visits).await?);
        lines.extend(orders.iter().map(|order| (order.id.clone(), order.clone())));
        let named = |fields: &[&str]| -> Vec<String> {
            lines.values().flat_map(|line| fields.iter().filter_map(|field| line.refs.get(*field).cloned())).collect()
        };
        let (around, mut own) = (named(&["customer", "site"]), named(&["customer"]));
        own.push(RecordId::profile().to_string());
        let records = store.records_of(&own).await?;
        lines.extend(store.lines_of(&around).await?);
        Ok(Around { lines, records })
    }

    fn name(&self, order: Option<&Summary>, field: &str) -> String {
        let line = order.and_then(|order| self.lines.get(order.refs.get(field)?));
        line.map(|line| line.name.clone()).unwrap_or_default()
    }

    fn leads(&self, content: &Content, order: Option<&Summary>) -> Leads {
        let customer = order.and_then(|order| self.records.get(order.refs.get("customer")?));
        Leads::of(&content.library, customer, self.records.get(RecordId::profile().as_str()))
    }

    fn appointment(&self, content: &Content, order: &Summary) -> Option<Upcoming> {
        Some(Upcoming {
            key: format!("{}/agreed", order.id),
            at: order.agreed()?,
            due: None,
            customer: self.name(Some(order), "customer"),
            site: self.name(Some(order), "site"),
            leads: self.leads(content, Some(order)).appointment,
            route: Route::Show(RecordKind::Order, RecordId::parse(&order.id)?),
        })
    }

    fn due(&self, content: &Content, due: &DueRow, now: i64) -> Option<Upcoming> {
        let order = self.lines.get(&due.record).and_then(|visit| self.lines.get(visit.refs.get("order")?));
        let leads = self.leads(content, order);
        let at = begin(due, now);
        let stage = due.step.split('.').next().unwrap_or_default().to_owned();
        let appointment = at != due.at;
        Some(Upcoming {
            key: format!("{}/{}", due.record, due.id),
            at,
            due: (!appointment).then(|| due.title.clone()),
            customer: self.name(order, "customer"),
            site: self.name(order, "site"),
            leads: if appointment { leads.appointment } else { leads.due },
            route: Route::Stage(RecordId::parse(&due.record)?, stage),
        })
    }
}
