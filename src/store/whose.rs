//! Whose work is due: the orders, customers and sites behind due items and appointments, read together.
//!
//! It must not know what they are read for.

use super::error::StoreError;
use super::query::{DueRow, read_record};
use super::{Content, Store};
use crate::browser::db::Table;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::Record;
use sitebook_core::work::{Leads, Summary};
use std::collections::BTreeMap;

/// What is known around them.
pub(super) struct Whose {
    /// Lines of visits, orders, customers, sites.
    lines: BTreeMap<String, Summary>,
    /// Customers and the company's profile, which may have limits of their own.
    records: BTreeMap<String, Record>,
}

impl Whose {
    /// Reads what these name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read(store: Store, dues: &[DueRow], orders: &[Summary]) -> Result<Whose, StoreError> {
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
        let records = records_of(store, &own).await?;
        lines.extend(store.lines_of(&around).await?);
        Ok(Whose { lines, records })
    }

    /// The line of a visit.
    pub fn visit(&self, due: &DueRow) -> Option<&Summary> {
        self.lines.get(&due.record)
    }

    /// The order that a due item belongs to.
    pub fn order(&self, due: &DueRow) -> Option<&Summary> {
        self.lines.get(self.visit(due)?.refs.get("order")?)
    }

    /// The name of an order's customer or site; empty where none is known.
    pub fn name(&self, order: Option<&Summary>, field: &str) -> String {
        let line = order.and_then(|order| self.lines.get(order.refs.get(field)?));
        line.map(|line| line.name.clone()).unwrap_or_default()
    }

    /// How long before something of an order people are reminded.
    pub fn leads(&self, content: &Content, order: Option<&Summary>) -> Leads {
        let customer = order.and_then(|order| self.records.get(order.refs.get("customer")?));
        Leads::of(&content.library, customer, self.records.get(RecordId::profile().as_str()))
    }
}

async fn records_of(store: Store, ids: &[String]) -> Result<BTreeMap<String, Record>, StoreError> {
    let tx = store.db()?.read(&[Table::Records])?;
    let mut found = BTreeMap::new();
    for id in ids {
        if let Some(record) = read_record(&tx, id).await? {
            found.insert(id.clone(), record);
        }
    }
    Ok(found)
}
