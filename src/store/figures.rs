//! What the figures are counted from: visits of a period with their procedures, and what lies ahead.

use super::going::{Step, Tell, go_on};
use super::{Store, StoreError};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::work::Figures;

/// Most of what lies ahead that is counted.
const MOST: u32 = 2_000;
/// So often it is told how far the counting is.
const TELL_EVERY: usize = 10;

/// Moments that lie ahead, or should have been.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ahead {
    /// Agreed times of work orders that were not begun.
    pub visits: Vec<i64>,
    /// Running deadlines.
    pub dues: Vec<i64>,
}

impl Store {
    /// Counts the visits begun at or after a moment.
    ///
    /// # Errors
    /// When the database cannot be read, or the user goes away.
    pub async fn figures(self, since: i64, now: i64, tell: Tell<'_>) -> Result<Figures, StoreError> {
        let ground = self.ground(RecordKind::Visit).await?;
        let rows: Vec<_> = ground.rows.iter().filter(|row| row.at >= since).collect();
        let mut figures = Figures::default();
        for (done, row) in rows.iter().enumerate() {
            if done % TELL_EVERY == 0 {
                go_on(tell, Step::Records(done, rows.len()))?;
            }
            let Some(id) = RecordId::parse(&row.line.id) else { continue };
            let Some(view) = self.view(&id).await? else { continue };
            let content = self.content();
            if let Some(scope) = view.scope(&content.library) {
                figures.add(&scope, now);
            }
        }
        Ok(figures)
    }

    /// What lies ahead.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn ahead(self) -> Result<Ahead, StoreError> {
        let mut visits = Vec::new();
        for line in self.lines(RecordKind::Order, "open", Some(MOST)).await? {
            // Without an agreed time the line has that of its latest change.
            visits.extend((line.sort != line.updated).then_some(line.sort));
        }
        let dues = self.dues(MOST).await?.into_iter().map(|due| due.at).collect();
        Ok(Ahead { visits, dues })
    }
}
