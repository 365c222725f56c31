//! What the phone's own calendar is given: agreed times of work orders and due dates of visits.

use super::query::DueRow;
use super::{Store, StoreError};
use crate::browser::clock;
use sitebook_core::calendar::{Event, When};
use sitebook_core::gathered::sorted;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{RecordKind, State};
use sitebook_core::text::Lang;
use sitebook_core::work::{Dated, Leads, Summary, appointment, due_date};
use std::collections::BTreeMap;

/// Whose times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// All that lie ahead.
    All,
    /// Those of a work order or a visit.
    Record(RecordId),
}

/// Most entries of each kind in one file.
const MOST: u32 = 500;
/// What was agreed for earlier than this, in milliseconds, is over.
const OVER: i64 = 12 * 3_600_000;

impl Store {
    /// The events, by time.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn events(self, of: &Of, lang: Lang) -> Result<Vec<Event>, StoreError> {
        let events = match of {
            Of::All => self.all_events(lang).await?,
            Of::Record(id) => self.events_of(id, lang).await?,
        };
        Ok(sorted(events, |one, other| begin(one).cmp(&begin(other))))
    }

    async fn all_events(self, lang: Lang) -> Result<Vec<Event>, StoreError> {
        let mut events = self.due_events(self.dues(MOST).await?, lang).await?;
        let over = clock::now_ms() - OVER;
        for order in self.appointments(over, i64::MAX, MOST).await? {
            let Some(id) = RecordId::parse(&order.id) else { continue };
            events.extend(self.appointment_of(&id, lang).await?);
        }
        Ok(events)
    }

    async fn events_of(self, id: &RecordId, lang: Lang) -> Result<Vec<Event>, StoreError> {
        let Some(view) = self.view(id).await? else { return Ok(Vec::new()) };
        let (order, visits) = match view.record.kind() {
            Some(RecordKind::Visit) => (view.around.order.as_ref().map(|order| order.id.clone()), vec![id.to_string()]),
            _ => {
                let visits = self.visits_of(id.as_str()).await?.into_iter();
                let open = visits.filter(|visit| visit.state == State::Open && !visit.void);
                (Some(id.clone()), open.map(|visit| visit.id).collect())
            }
        };
        let mut dues = Vec::new();
        for visit in visits {
            dues.extend(self.dues_of(&visit).await?);
        }
        let mut events = self.due_events(dues, lang).await?;
        if let Some(order) = order {
            events.extend(self.appointment_of(&order, lang).await?);
        }
        Ok(events)
    }

    async fn appointment_of(self, order: &RecordId, lang: Lang) -> Result<Option<Event>, StoreError> {
        let Some(view) = self.view(order).await? else { return Ok(None) };
        let content = self.content();
        let leads = Leads::of(&content.library, view.around.customer.as_ref(), view.around.profile.as_ref());
        Ok(appointment(&view.record, &view.around, &leads, lang))
    }

    async fn due_events(self, dues: Vec<DueRow>, lang: Lang) -> Result<Vec<Event>, StoreError> {
        let visits: Vec<String> = dues.iter().map(|due| due.record.clone()).collect();
        let visits = self.lines_of(&visits).await?;
        let orders = self.lines_of(&named(&visits, "order")).await?;
        let customers = self.lines_of(&named(&orders, "customer")).await?;
        let mut with_limits: Vec<String> = customers.keys().cloned().collect();
        with_limits.push(RecordId::profile().to_string());
        let (records, content) = (self.records_of(&with_limits).await?, self.content());
        let profile = records.get(RecordId::profile().as_str());
        let event = |due: &DueRow| {
            let visit = visits.get(&due.record);
            let order = visit.and_then(|visit| orders.get(visit.refs.get("order")?));
            let customer = order.and_then(|order| customers.get(order.refs.get("customer")?));
            let own = customer.and_then(|customer| records.get(&customer.id));
            let leads = Leads::of(&content.library, own, profile);
            let number = visit.and_then(|visit| visit.number.clone()).unwrap_or_default();
            let customer = customer.map(|customer| customer.name.clone()).unwrap_or_default();
            let dated = Dated { record: &due.record, id: &due.id, title: &due.title, clause: &due.clause, at: due.at };
            due_date(dated, &number, &customer, &leads, lang)
        };
        Ok(dues.iter().map(event).collect())
    }
}

fn named(lines: &BTreeMap<String, Summary>, field: &str) -> Vec<String> {
    lines.values().filter_map(|line| line.refs.get(field).cloned()).collect()
}

/// When an event is.
pub fn begin(event: &Event) -> i64 {
    match event.when {
        When::At(at, _) | When::Due(at) => at.at,
    }
}
