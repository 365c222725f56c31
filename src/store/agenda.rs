//! What the phone's own calendar is given: agreed times of work orders and due dates of visits.

use super::query::DueRow;
use super::whose::Whose;
use super::{Store, StoreError};
use crate::browser::clock;
use sitebook_core::calendar::{Event, When};
use sitebook_core::gathered::sorted;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{RecordKind, State};
use sitebook_core::text::Lang;
use sitebook_core::work::{Dated, Leads, appointment, due_date};

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
        let whose = Whose::read(self, &dues, &[]).await?;
        let content = self.content();
        let event = |due: &DueRow| {
            let order = whose.order(due);
            let number = whose.visit(due).and_then(|visit| visit.number.clone()).unwrap_or_default();
            let dated = Dated { record: &due.record, id: &due.id, title: &due.title, clause: &due.clause, at: due.at };
            due_date(dated, &number, &whose.name(order, "customer"), &whose.leads(&content, order), lang)
        };
        Ok(dues.iter().map(event).collect())
    }
}

/// When an event is.
pub fn begin(event: &Event) -> i64 {
    match event.when {
        When::At(at, _) | When::Due(at) => at.at,
    }
}
