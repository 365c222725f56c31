//! Finding records by what was typed: the index names candidates, their text decides.

use super::Store;
use super::error::StoreError;
use super::query::parse;
use crate::browser::db::{Key, Range, Table, Tx};
use sitebook_core::gathered::sorted;
use sitebook_core::search::{Lookup, Query};
use sitebook_core::work::Summary;
use std::collections::BTreeSet;

/// So many of the youngest records under each piece are looked at first. Nearly always that is enough; if not, the
/// next round looks at ten times as many.
const FIRST_LOOK: u32 = 200;

fn range(lookup: &Lookup) -> Range {
    let (from, to) = match lookup {
        Lookup::Piece(piece) => (format!("{piece}\u{1}"), format!("{piece}\u{2}")),
        Lookup::Beginning(start) => (start.clone(), format!("{start}\u{FFFF}")),
    };
    Range::Between(vec![Key::Text(from)], vec![Key::Text(to)])
}

/// Records that may fit, youngest first, and whether these are all.
async fn candidates(tx: &Tx, lookups: &[Lookup], limit: u32) -> Result<(Vec<String>, bool), StoreError> {
    let mut common: Option<BTreeSet<String>> = None;
    let mut shortest: Option<BTreeSet<String>> = None;
    for lookup in lookups {
        let keys = tx.keys(Table::Texts, "pieces", &range(lookup), Some(limit)).await?;
        let whole = keys.len() < limit as usize;
        let keys: BTreeSet<String> = keys.into_iter().collect();
        if whole {
            common = Some(match common {
                Some(known) => known.intersection(&keys).cloned().collect(),
                None => keys,
            });
        } else if shortest.as_ref().is_none_or(|known| keys.len() < known.len()) {
            shortest = Some(keys);
        }
    }
    let whole = common.is_some();
    let found = common.or(shortest).unwrap_or_default().into_iter().collect();
    Ok((sorted(found, |one: &String, other| other.cmp(one)), whole))
}

impl Store {
    /// The lines of records that have everything typed in them, youngest first, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find(self, typed: &str, limit: usize) -> Result<Vec<Summary>, StoreError> {
        self.find_among(typed, limit, &|_| true).await
    }

    /// The same, only of the records whose ids are wanted: no other is looked at, so that the limit is one of what is
    /// wanted.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_among(
        self,
        typed: &str,
        limit: usize,
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Summary>, StoreError> {
        let query = Query::parse(typed);
        let lookups = query.lookups();
        if lookups.is_empty() {
            return Ok(Vec::new());
        }
        let tx = self.db()?.read(&[Table::Texts, Table::Lines])?;
        let mut look = FIRST_LOOK;
        loop {
            let (ids, whole) = candidates(&tx, &lookups, look).await?;
            let mut found = Vec::new();
            for id in ids.into_iter().filter(|id| is_wanted(id)) {
                if found.len() >= limit {
                    break;
                }
                let Some(text) = tx.get(Table::Texts, &id).await? else { continue };
                if query.fits(&parse::<String>(&text)?)
                    && let Some(line) = tx.get(Table::Lines, &id).await?
                {
                    found.extend(self.readable(&[line]));
                }
            }
            if whole || found.len() >= limit || look > 1_000_000 {
                return Ok(found);
            }
            look *= 10;
        }
    }
}
