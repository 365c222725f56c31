//! What is kept beside the ledger so that screens need not read it: the folded record, its list line, its deadlines and
//! the words by which it is found. All of it can be made again from the ops.
//!
//! Nothing here may cost more with more records: a tap writes what it changed and asks the indexes for the rest.

use super::Store;
use super::commit::{TABLES, put_json};
use super::error::StoreError;
use super::going::{Step, Tell, go_on};
use super::query::{self, DueRow, View, parse};
use crate::browser::db::{Key, Range, Table, Tx};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind, Sealed};
use sitebook_core::listing::standing as state_of;
use sitebook_core::search::{pieces, text_of, youth};
use sitebook_core::work::{Summary, deadlines, summarise};

/// Version of what is kept. A device with an older one makes all of it again, once, in the background.
///
/// 2: words by which records are found. 3: in list lines, who began a record and when.
const VERSION: u32 = 3;
/// A device with this version lacks nothing but parts of list lines.
const LINES_ONLY: u32 = 2;
/// Where that version is noted.
const NOTE: &str = "projection";
/// Records of one transaction while everything is made again: short enough that a tap in between does not wait long.
const AT_ONCE: usize = 20;
/// Lines of one transaction while lines are brought up to date.
const LINES_AT_ONCE: usize = 100;

#[expect(clippy::cast_precision_loss, reason = "milliseconds of this century fit a double")]
fn number(millis: i64) -> Key {
    Key::Number(millis as f64)
}

/// A list line under its state.
pub(super) fn put_line(tx: &Tx, line: &Summary, state: &str) -> Result<(), StoreError> {
    let mut keys = vec![
        ("kind", Key::Text(line.kind.id().to_owned())),
        ("state", Key::Text(state.to_owned())),
        ("sort", number(line.sort)),
        ("recent", number(-line.updated)),
    ];
    if let Some(order) = line.refs.get("order") {
        keys.push(("order", Key::Text(order.clone())));
    }
    put_json(tx, Table::Lines, &line.id, line, keys)
}

/// The state of a work order follows its visits: `open` without any, `begun` while one is open, then `done`.
async fn state_of_order(tx: &Tx, order: &Summary) -> Result<&'static str, StoreError> {
    let own = state_of(order);
    if own != "open" {
        return Ok(own);
    }
    let range = Range::Only(vec![Key::Text(order.id.clone())]);
    let mut state = "open";
    for json in tx.list(Table::Lines, "order", &range, None).await? {
        let visit: Summary = parse(&json)?;
        match state_of(&visit) {
            "open" => return Ok("begun"),
            "closed" => state = "done",
            _ => {}
        }
    }
    Ok(state)
}

/// The folded record with everything that is kept beside it.
pub(super) async fn put_view(tx: &Tx, store: Store, view: &View) -> Result<(), StoreError> {
    let id = view.record.id.as_str();
    put_json(tx, Table::Records, id, &view.record, Vec::new())?;
    let content = store.content();
    let scope = view.scope(&content.library);
    let Some(mut line) = summarise(&view.record, &content.library, scope.as_ref()) else { return Ok(()) };
    if line.kind == RecordKind::Template {
        // Found in the catalogue, not among the records.
        line.title = view.procedure.as_ref().map(|procedure| procedure.title.clone());
        return put_line(tx, &line, state_of(&line));
    }
    match line.kind {
        RecordKind::Order => put_line(tx, &line, state_of_order(tx, &line).await?)?,
        RecordKind::Visit => {
            let before = tx.get(Table::Lines, id).await?.and_then(|json| parse::<Summary>(&json).ok());
            put_line(tx, &line, state_of(&line))?;
            let moved = before.is_none_or(|before| state_of(&before) != state_of(&line));
            if moved
                && let Some(order) = line.refs.get("order")
                && let Some(json) = tx.get(Table::Lines, order).await?
            {
                let order: Summary = parse(&json)?;
                put_line(tx, &order, state_of_order(tx, &order).await?)?;
            }
        }
        _ => put_line(tx, &line, state_of(&line))?,
    }
    if line.kind == RecordKind::Visit {
        for key in tx.keys(Table::Dues, "record", &Range::Only(vec![Key::Text(id.to_owned())]), None).await? {
            tx.delete(Table::Dues, &key)?;
        }
        for due in scope.as_ref().map(deadlines).unwrap_or_default() {
            let keys = vec![("at", number(due.at)), ("record", Key::Text(id.to_owned()))];
            let key = format!("{id}/{}", due.id);
            let (record, id) = (id.to_owned(), due.id);
            let appointment = due.appointment.then_some(due.from);
            let row =
                DueRow { record, id, title: due.title, clause: due.clause, at: due.at, step: due.step, appointment };
            put_json(tx, Table::Dues, &key, &row, keys)?;
        }
    }
    put_text(tx, store, view).await
}

/// The words of a record. Most taps change none of them, and then nothing is written.
async fn put_text(tx: &Tx, store: Store, view: &View) -> Result<(), StoreError> {
    let id = &view.record.id;
    let text = text_of(&view.record, &view.around, &store.content().library, view.procedure.as_deref());
    let json = sitebook_core::json::write(&text)?;
    if tx.get(Table::Texts, id.as_str()).await?.is_some_and(|known| known == json) {
        return Ok(());
    }
    let youth = youth(id);
    let pieces = pieces(&text).into_iter().map(|piece| format!("{piece}\u{1}{youth}")).collect();
    put_json(tx, Table::Texts, id.as_str(), &text, vec![("pieces", Key::Each(pieces))])
}

/// What a rebuild found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// Records looked at.
    pub checked: usize,
    /// Of these, such that were kept otherwise than their ops say.
    pub differing: usize,
}

impl Store {
    /// Folds every record anew from its ops and writes those that differ, a few in each transaction, so that work can
    /// go on meanwhile and memory stays small. An entry that cannot be read is left where it is and does not stop the
    /// others.
    ///
    /// # Errors
    /// When the database cannot be read or written, or `tell` says to stop; what was done until then stays done.
    pub async fn rebuild(self, tell: Tell<'_>) -> Result<Rebuilt, StoreError> {
        let known = self.db()?.read(&[Table::Records])?.count(Table::Records).await? as usize;
        let (mut after, mut all, mut differing) = (String::new(), Vec::new(), 0);
        // Records first: the lines of visits look at their orders and customers.
        loop {
            let (found, differ) = self.fold_some(&mut after).await?;
            differing += differ;
            let ended = found.len() < AT_ONCE;
            all.extend(found);
            if ended {
                break;
            }
            go_on(tell, Step::Records(all.len(), 2 * known.max(all.len())))?;
        }
        let checked = all.len();
        for (round, some) in all.chunks(AT_ONCE).enumerate() {
            go_on(tell, Step::Records(checked + round * AT_ONCE, 2 * checked))?;
            let tx = self.db()?.write(&TABLES)?;
            for id in some {
                if let Some(view) = query::read_view(&tx, self, id).await? {
                    put_view(&tx, self, &view).await?;
                }
            }
            tx.done().await?;
        }
        let tx = self.db()?.write(&[Table::Meta])?;
        put_json(&tx, Table::Meta, NOTE, &VERSION, Vec::new())?;
        tx.done().await?;
        self.mended();
        Ok(Rebuilt { checked, differing })
    }

    /// Folds the next few records from their ops. Gives their ids, and how many were kept otherwise.
    async fn fold_some(self, after: &mut String) -> Result<(Vec<RecordId>, usize), StoreError> {
        let tx = self.db()?.write(&TABLES)?;
        let (mut found, mut differing) = (Vec::new(), 0);
        while found.len() < AT_ONCE {
            let range = Range::After(vec![Key::Text(after.clone())]);
            let Some(next) = tx.first(Table::Ops, "record", &range, "record").await? else { break };
            after.clone_from(&next);
            let Some(id) = RecordId::parse(&next) else { continue };
            let rows = tx.list(Table::Ops, "record", &Range::Only(vec![Key::Text(next)]), None).await?;
            let ops: Vec<Sealed> = rows.iter().filter_map(|json| parse(json).ok()).collect();
            let record = Record::fold(&id, ops.iter().map(|sealed| &sealed.op));
            let stored = tx.get(Table::Records, id.as_str()).await?;
            if stored.and_then(|json| parse::<Record>(&json).ok()).as_ref() != Some(&record) {
                differing += 1;
                put_json(&tx, Table::Records, id.as_str(), &record, Vec::new())?;
            }
            found.push(id);
        }
        tx.done().await?;
        Ok((found, differing))
    }

    /// Brings what is kept here up to this version: all of it anew, or just the list lines where only those lack
    /// something, which takes seconds with a large book.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn renew(self) -> Result<(), StoreError> {
        if self.projected().await? != LINES_ONLY {
            return self.rebuild(&|_| true).await.map(drop);
        }
        let keys = self.db()?.read(&[Table::Lines])?.all_keys(Table::Lines).await?;
        for some in keys.chunks(LINES_AT_ONCE) {
            let tx = self.db()?.write(&[Table::Lines, Table::Records])?;
            for id in some {
                self.renew_line(&tx, id).await?;
            }
            tx.done().await?;
        }
        let tx = self.db()?.write(&[Table::Meta])?;
        put_json(&tx, Table::Meta, NOTE, &VERSION, Vec::new())?;
        tx.done().await?;
        self.look_again();
        Ok(())
    }

    /// Puts into a line who began its record and when. A line or record that cannot be read stays for the rebuild that
    /// its page offers.
    async fn renew_line(self, tx: &Tx, id: &str) -> Result<(), StoreError> {
        let line = tx.get(Table::Lines, id).await?.and_then(|json| parse::<Summary>(&json).ok());
        let record = tx.get(Table::Records, id).await?.and_then(|json| parse::<Record>(&json).ok());
        let (Some(mut line), Some(created)) = (line, record.and_then(|record| record.created)) else { return Ok(()) };
        if line.begun.is_some() {
            return Ok(());
        }
        line.begun = Some(created.touch.stamp().at);
        line.by = created.touch.actor;
        let state = match line.kind {
            RecordKind::Order => state_of_order(tx, &line).await?,
            _ => state_of(&line),
        };
        put_line(tx, &line, state)
    }

    async fn projected(self) -> Result<u32, StoreError> {
        let tx = self.db()?.read(&[Table::Meta])?;
        let known = tx.get(Table::Meta, NOTE).await?.and_then(|json| parse::<u32>(&json).ok());
        Ok(known.unwrap_or(0))
    }

    /// Whether what is kept here is of an older version of the app and must be made again.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_outdated(self) -> Result<bool, StoreError> {
        Ok(self.projected().await? < VERSION)
    }
}
