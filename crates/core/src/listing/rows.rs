//! A row of a list, and which rows a filter leaves.

use super::{Facet, Filter, Sort};
use crate::gathered::sorted;
use crate::ledger::{RecordKind, State};
use crate::time::Stamp;
use crate::work::Summary;

/// A line of a list with the names around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The record's own line.
    pub line: Summary,
    /// Where it stands: `open`, `begun`, `done`, `closed`, `void`, `erased`.
    pub standing: &'static str,
    /// Id of its customer; empty without one.
    pub customer_id: String,
    /// Name of its customer.
    pub customer: String,
    /// Name of its site.
    pub site: String,
    /// What it is about: the fault of its work order, or its own name.
    pub about: String,
    /// Kind of work, as a choice of the work order.
    pub work: String,
    /// The moment by which it stands in the list: agreed, begun or changed.
    pub at: i64,
}

/// Where a record stands by itself. Of a work order, its visits say more.
pub fn standing(line: &Summary) -> &'static str {
    match (line.void, line.state) {
        _ if line.erased => "erased",
        (true, _) => "void",
        (false, State::Open) => "open",
        (false, State::Closed) => "closed",
    }
}

/// The row of a line; `named` knows the lines of the records that it refers to.
pub fn row<'a>(line: Summary, standing: &'static str, named: &dyn Fn(&str) -> Option<&'a Summary>) -> Row {
    let refers = |line: &Summary, field: &str| line.refs.get(field).cloned().unwrap_or_default();
    let order = match line.kind {
        RecordKind::Visit => line.refs.get("order").and_then(|id| named(id)),
        _ => None,
    };
    let of = order.unwrap_or(&line);
    let name = |id: &str| named(id).map(|line| line.name.clone()).unwrap_or_default();
    let (customer_id, customer) = match line.kind {
        RecordKind::Customer => (line.id.clone(), line.name.clone()),
        _ => {
            let id = refers(of, "customer");
            let customer = name(&id);
            (id, customer)
        }
    };
    let site = name(&refers(of, "site"));
    let work = if of.kind == RecordKind::Order { of.tags.first().cloned().unwrap_or_default() } else { String::new() };
    let at = match line.kind {
        RecordKind::Order => line.sort,
        RecordKind::Visit => line.begun.unwrap_or(line.updated),
        _ => line.updated,
    };
    Row { about: of.name.clone(), standing, customer_id, customer, site, work, at, line }
}

/// Whether rows of a kind stand under the day on which they were.
pub fn has_days(kind: RecordKind, sort: Sort) -> bool {
    matches!(kind, RecordKind::Visit | RecordKind::Order) && matches!(sort, Sort::Newest | Sort::Oldest)
}

impl Row {
    /// The day on which it stands, for somebody at this offset: `2026-11-21`.
    pub fn day(&self, tz: i16) -> String {
        Stamp { at: self.at, tz }.date()
    }

    /// Whether a filter leaves it in, as far as what was typed is not asked.
    pub fn fits(&self, filter: &Filter, tz: i16) -> bool {
        filter.facets().into_iter().all(|facet| {
            let wanted = filter.get(facet);
            match facet {
                Facet::Customer => self.customer_id == wanted,
                Facet::Standing => self.standing == wanted,
                Facet::Work => self.work == wanted,
                Facet::Person => self.line.by == wanted,
                // Days are written so that their words stand in their order.
                Facet::From => self.day(tz).as_str() >= wanted,
                Facet::To => self.day(tz).as_str() <= wanted,
            }
        })
    }
}

/// The places of the rows that a filter leaves, in its order. What was typed is not asked here.
pub fn chosen(rows: &[Row], filter: &Filter, tz: i16) -> Vec<usize> {
    let places: Vec<usize> =
        rows.iter().enumerate().filter(|(_, row)| row.fits(filter, tz)).map(|(place, _)| place).collect();
    let youngest = |one: &Row, other: &Row| other.at.cmp(&one.at).then_with(|| other.line.id.cmp(&one.line.id));
    sorted(places, |one, other| {
        let (Some(one), Some(other)) = (rows.get(*one), rows.get(*other)) else { return std::cmp::Ordering::Equal };
        match filter.sort {
            Sort::Newest => youngest(one, other),
            Sort::Oldest => youngest(other, one),
            Sort::Customer => one.customer.cmp(&other.customer).then_with(|| youngest(one, other)),
            Sort::Number => one.line.number.cmp(&other.line.number).then_with(|| youngest(one, other)),
        }
    })
}
