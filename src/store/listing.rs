//! All rows of a kind, for lists that are filtered and sorted: read once, then chosen from in memory.

use super::query::parse;
use super::{Store, StoreError};
use crate::browser::db::{Key, Range, Table};
use sitebook_core::ledger::RecordKind;
use sitebook_core::listing::{Row, row, standing};
use sitebook_core::work::Summary;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where records may stand; the order is that of the filter's choices.
pub const STANDINGS: [&str; 6] = ["open", "begun", "done", "closed", "void", "erased"];
/// Kinds that lines of a kind refer to, and these in turn.
const NAMED: [RecordKind; 3] = [RecordKind::Order, RecordKind::Customer, RecordKind::Site];

/// The rows of a kind, and what they can be chosen by.
#[derive(Debug, Clone, Default)]
pub struct Ground {
    /// The rows, in no order.
    pub rows: Vec<Row>,
    /// Customers that rows have: id and name, by name.
    pub customers: Vec<(String, String)>,
    /// Kinds of work that rows have.
    pub works: Vec<String>,
    /// People who began some.
    pub people: Vec<String>,
    /// Where some stand.
    pub standings: Vec<&'static str>,
}

impl Store {
    /// Reads all rows of a kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn ground(self, kind: RecordKind) -> Result<Arc<Ground>, StoreError> {
        let mut named = BTreeMap::new();
        for other in NAMED {
            if other != kind {
                named.extend(self.lines_by_standing(other).await?.into_iter().map(|(line, _)| (line.id.clone(), line)));
            }
        }
        let lines = self.lines_by_standing(kind).await?;
        let rows: Vec<Row> =
            lines.into_iter().map(|(line, standing)| row(line, standing, &|id| named.get(id))).collect();
        Ok(Arc::new(Ground::of(rows)))
    }

    async fn lines_by_standing(self, kind: RecordKind) -> Result<Vec<(Summary, &'static str)>, StoreError> {
        let mut found = Vec::new();
        for standing in STANDINGS {
            let key =
                |sort: f64| vec![Key::Text(kind.id().to_owned()), Key::Text(standing.to_owned()), Key::Number(sort)];
            let tx = self.db()?.read(&[Table::Lines])?;
            let rows = tx.list(Table::Lines, "recent", &Range::Between(key(-9e15), key(9e15)), None).await?;
            // A line that cannot be read says so where it is shown first; here it only lacks.
            found.extend(rows.iter().filter_map(|json| parse(json).ok()).map(|line| (line, standing)));
        }
        Ok(found)
    }

    /// The rows of lines of any kind, as a search finds them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn rows_of(self, lines: Vec<Summary>) -> Result<Vec<Row>, StoreError> {
        let mut named = BTreeMap::new();
        let mut ask: Vec<String> = lines.iter().flat_map(|line| line.refs.values().cloned()).collect();
        // An order names its customer, which is as far as rows look.
        for _ in 0..2 {
            let found = self.lines_of(&ask).await?;
            ask = found.values().flat_map(|line| line.refs.values().cloned()).collect();
            named.extend(found);
        }
        let row_of = |line: Summary| {
            let standing = standing(&line);
            row(line, standing, &|id| named.get(id))
        };
        Ok(lines.into_iter().map(row_of).collect())
    }
}

impl Ground {
    fn of(rows: Vec<Row>) -> Ground {
        let (mut customers, mut works, mut people, mut standings) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), Vec::new());
        for row in &rows {
            if !row.customer_id.is_empty() {
                customers.insert((row.customer.clone(), row.customer_id.clone()), ());
            }
            works.insert(row.work.clone(), ());
            people.insert(row.line.by.clone(), ());
            if !standings.contains(&row.standing) {
                standings.push(row.standing);
            }
        }
        let kept = |all: BTreeMap<String, ()>| all.into_keys().filter(|one| !one.is_empty()).collect();
        Ground {
            rows,
            customers: customers.into_keys().map(|(name, id)| (id, name)).collect(),
            works: kept(works),
            people: kept(people),
            standings: STANDINGS.into_iter().filter(|one| standings.contains(one)).collect(),
        }
    }

    /// The name of a customer that rows have.
    pub fn customer(&self, id: &str) -> Option<&str> {
        self.customers.iter().find(|(known, _)| known == id).map(|(_, name)| name.as_str())
    }
}
