//! What is kept beside the ledger so that screens need not read it: the folded record, its list line, its deadlines and
//! the words by which it is found. All of it can be made again from the ops.
//!
//! Nothing here may cost more with more records: a tap writes what it changed and asks the indexes for the rest.

use super::Store;
use super::commit::{TABLES, put_json};
use super::error::StoreError;
use super::query::{self, DueRow, View, parse};
use crate::browser::db::{Key, Range, Table, Tx};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind, Sealed, State};
use sitebook_core::search::{pieces, text_of, youth};
use sitebook_core::work::{Summary, deadlines, summarise};

/// Version of what is kept. A device with an older one makes all of it again, once, in the background.
const VERSION: u32 = 2;
/// Where that version is noted.
const NOTE: &str = "projection";
/// Records of one transaction while everything is made again: short enough that a tap in between does not wait long.
const AT_ONCE: usize = 20;

#[expect(clippy::cast_precision_loss, reason = "milliseconds of this century fit a double")]
fn number(millis: i64) -> Key {
    Key::Number(millis as f64)
}

/// A list line under its state.
fn put_line(tx: &Tx, line: &Summary, state: &str) -> Result<(), StoreError> {
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

fn state_of(line: &Summary) -> &'static str {
    match (line.void, line.state) {
        _ if line.erased => "erased",
        (true, _) => "void",
        (false, State::Open) => "open",
        (false, State::Closed) => "closed",
    }
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
    let Some(line) = summarise(&view.record, &content.library, scope.as_ref()) else { return Ok(()) };
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
            let row = DueRow { record, id, title: due.title, clause: due.clause, at: due.at, step: due.step };
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

/// How far a rebuild is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// Records looked at.
    pub checked: usize,
    /// Of these, such that were kept otherwise than their ops say.
    pub differing: usize,
    /// How many there are, about.
    pub of: usize,
}

impl Store {
    /// Folds every record anew from its ops and writes those that differ, a few in each transaction, so that work can
    /// go on meanwhile and memory stays small. `tell` hears how far it is and answers whether to go on; what was
    /// done until then stays done. An entry that cannot be read is left where it is and does not stop the others.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn rebuild(self, tell: impl Fn(Rebuilt) -> bool) -> Result<Rebuilt, StoreError> {
        let of = self.db()?.read(&[Table::Records])?.count(Table::Records).await?;
        let mut so_far = Rebuilt { of: 2 * of as usize, ..Rebuilt::default() };
        // Records first: the lines of visits look at their orders and customers.
        let mut after = String::new();
        let mut all = Vec::new();
        loop {
            let found = self.fold_some(&mut after, &mut so_far).await?;
            let ended = found.len() < AT_ONCE;
            all.extend(found);
            so_far.of = so_far.of.max(all.len() * 2);
            if ended {
                break;
            }
            if !tell(so_far) {
                return Ok(so_far);
            }
        }
        let count = all.len();
        for (round, some) in all.chunks(AT_ONCE).enumerate() {
            let tx = self.db()?.write(&TABLES)?;
            for id in some {
                if let Some(view) = query::read_view(&tx, self, id).await? {
                    put_view(&tx, self, &view).await?;
                }
            }
            tx.done().await?;
            so_far.checked = count + round * AT_ONCE;
            so_far.of = count * 2;
            if !tell(so_far) {
                return Ok(so_far);
            }
        }
        let tx = self.db()?.write(&[Table::Meta])?;
        put_json(&tx, Table::Meta, NOTE, &VERSION, Vec::new())?;
        tx.done().await?;
        self.mended();
        Ok(Rebuilt { checked: count, of: count, ..so_far })
    }

    /// Folds the next few records from their ops. Gives their ids.
    async fn fold_some(self, after: &mut String, so_far: &mut Rebuilt) -> Result<Vec<RecordId>, StoreError> {
        let tx = self.db()?.write(&TABLES)?;
        let mut found = Vec::new();
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
                so_far.differing += 1;
                put_json(&tx, Table::Records, id.as_str(), &record, Vec::new())?;
            }
            so_far.checked += 1;
            found.push(id);
        }
        tx.done().await?;
        Ok(found)
    }

    /// Whether what is kept here is of an older version of the app and must be made again.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_outdated(self) -> Result<bool, StoreError> {
        let tx = self.db()?.read(&[Table::Meta, Table::Records])?;
        let known = tx.get(Table::Meta, NOTE).await?.and_then(|json| parse::<u32>(&json).ok());
        Ok(known.unwrap_or(0) < VERSION)
    }
}
