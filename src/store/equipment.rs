//! A piece of equipment: the orders and visits that were about it, and which equipment a customer or site has.
//!
//! All of it is read from the list lines; nothing is kept beside the ledger for it.

use super::error::StoreError;
use super::{Store, query::View};
use sitebook_core::gathered::sorted;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind};
use sitebook_core::search::normal;
use sitebook_core::work::{Summary, Trace, trace};

/// States under which the lines of orders and equipment are kept.
const STATES: [&str; 5] = ["open", "begun", "done", "closed", "void"];

/// A visit that was about the equipment.
#[derive(Debug, Clone, PartialEq)]
pub struct Visited {
    /// The visit's line.
    pub visit: Summary,
    /// What was reported, as its order says.
    pub about: String,
    /// What the visit left.
    pub trace: Trace,
}

/// What is known of a piece of equipment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Life {
    /// Orders about it without a visit yet, latest first.
    pub orders: Vec<Summary>,
    /// Visits, latest first, as far as they were read.
    pub visits: Vec<Visited>,
    /// How many visits there are.
    pub all: usize,
    /// Visits of other equipment in which its serial number occurs.
    pub mentioned: Vec<Summary>,
}

impl Store {
    /// What happened to a piece of equipment. Of the latest `read` visits what they left is told.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn life_of(self, asset: &Record, read: usize) -> Result<Life, StoreError> {
        let mut life = Life::default();
        let mut visits: Vec<(Summary, String)> = Vec::new();
        for state in STATES {
            for order in self.lines(RecordKind::Order, state, None).await? {
                if order.refs.get("asset").is_none_or(|id| id != asset.id.as_str()) {
                    continue;
                }
                let runs = self.visits_of(&order.id).await?;
                if runs.is_empty() {
                    if state != "void" {
                        life.orders.push(order);
                    }
                } else {
                    visits.extend(runs.into_iter().map(|run| (run, order.name.clone())));
                }
            }
        }
        let visits = sorted(visits, |one: &(Summary, String), other| other.0.updated.cmp(&one.0.updated));
        life.all = visits.len();
        if let Some(serial) = asset.text("serial").filter(|serial| serial.chars().count() >= 4) {
            let found = self.find(serial, 50).await?;
            let known = |line: &Summary| visits.iter().any(|(visit, _)| visit.id == line.id);
            life.mentioned = found.into_iter().filter(|line| line.kind == RecordKind::Visit && !known(line)).collect();
        }
        for (visit, about) in visits.into_iter().take(read) {
            let trace = self.trace_of(&visit).await?;
            life.visits.push(Visited { visit, about, trace });
        }
        Ok(life)
    }

    async fn trace_of(self, visit: &Summary) -> Result<Trace, StoreError> {
        let Some(id) = RecordId::parse(&visit.id) else { return Ok(Trace::default()) };
        // A visit that cannot be read says so on its own page.
        let Ok(Some(view)) = self.view(&id).await else { return Ok(Trace::default()) };
        let content = self.content();
        Ok(View::scope(&view, &content.library).map(|scope| trace(&scope)).unwrap_or_default())
    }

    /// The equipment of a customer or site, or the piece itself, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn equipment_of(self, kind: RecordKind, id: &RecordId) -> Result<Vec<Record>, StoreError> {
        let mut found = Vec::new();
        for line in self.lines(RecordKind::Asset, "open", None).await? {
            let belongs = match kind {
                RecordKind::Asset => line.id == id.as_str(),
                other => line.refs.get(other.id()).is_some_and(|one| one == id.as_str()),
            };
            if let Some(own) = RecordId::parse(&line.id).filter(|_| belongs)
                && let Some(view) = self.view(&own).await?
            {
                found.push(view.record);
            }
        }
        Ok(sorted(found, |one: &Record, other| one.text("name").cmp(&other.text("name"))))
    }

    /// The equipment whose serial number or name is exactly this code.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn equipment_with(self, code: &str) -> Result<Vec<Summary>, StoreError> {
        let sought = normal(code);
        let mut found = Vec::new();
        for line in self.find(code, 50).await? {
            let Some(id) = RecordId::parse(&line.id).filter(|_| line.kind == RecordKind::Asset) else { continue };
            if let Some(view) = self.view(&id).await?
                && ["serial", "name"].iter().any(|field| view.record.text(field).is_some_and(|is| normal(is) == sought))
            {
                found.push(line);
            }
        }
        Ok(found)
    }
}
