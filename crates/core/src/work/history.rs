//! The history of a record in words: who did what, from what to what, when and on which device; and how an old value
//! is put back.

use super::back;
use super::{Command, Context, Words, decide};
use crate::gathered::{gathered, sorted};
use crate::ids::{OpId, RowId};
use crate::ledger::{Change, Clock, Op, Record, Sealed, State, TOLERANCE_MS, jumps};
use crate::text::Text;
use crate::time::Stamp;
use crate::value::Value;
use std::collections::BTreeMap;

/// One entry of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The op.
    pub op: OpId,
    /// What it did.
    pub what: Text,
    /// When, as the order of the ledger has it, in the device's local time.
    pub at: Stamp,
    /// What the device's own clock showed, where that is another time.
    pub clock: Option<Stamp>,
    /// Who.
    pub actor: String,
    /// Short name of the device.
    pub device: String,
    /// Whether it was taken back later; it stays here.
    pub withdrawn: bool,
    /// What was wrong with the device's clock.
    pub clocks: Vec<Clock>,
    /// Whether its value can be put back.
    pub back: Back,
}

/// Whether the value of an entry can be put back.
#[derive(Debug, Clone, PartialEq)]
pub enum Back {
    /// There is nothing to put back, or it stands already.
    Nothing,
    /// By these commands.
    By(Vec<Command>),
    /// Not now, and why.
    Refused(Text),
}

/// The ops of a record, ready to be told. Made once; entries are made as they are shown.
#[derive(Debug)]
pub struct History<'a> {
    /// Latest first.
    ops: Vec<&'a Op>,
    by_id: BTreeMap<&'a OpId, &'a Op>,
    clocks: Vec<(OpId, Clock)>,
}

impl<'a> History<'a> {
    /// The history that these ops make; `now` tells which clocks are ahead.
    pub fn new(ops: &'a [Sealed], now: Stamp) -> History<'a> {
        let all = || ops.iter().map(|sealed| &sealed.op);
        let latest_first = sorted(all().collect(), |one: &&Op, other| (other.hlc, &other.id).cmp(&(one.hlc, &one.id)));
        History { ops: latest_first, by_id: gathered(all().map(|op| (&op.id, op))), clocks: jumps(all(), now.at) }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// Whether any clock went wrong.
    pub fn has_clocks(&self) -> bool {
        !self.clocks.is_empty()
    }

    /// Some entries, counted from the latest. `context` is what putting back is checked against.
    pub fn entries(
        &self,
        from: usize,
        count: usize,
        record: &Record,
        words: &Words<'_>,
        context: Option<&Context<'_>>,
    ) -> Vec<Entry> {
        let part = self.ops.iter().skip(from).take(count);
        part.map(|op| Entry {
            op: op.id.clone(),
            what: self.what(op, words),
            at: Stamp { at: i64::try_from(op.hlc.wall).unwrap_or(0), tz: op.tz },
            clock: own_clock(op),
            actor: op.actor.clone(),
            device: op.device.tag(),
            withdrawn: record.withdrawn.contains(&op.id),
            clocks: self.clocks.iter().filter(|(id, _)| *id == op.id).map(|(_, clock)| *clock).collect(),
            back: context.map_or(Back::Nothing, |context| back_of(op, record, words, context)),
        })
        .collect()
    }

    /// The values that these ops had set, as far as they are here.
    fn values_before(&self, was: &[OpId], slot: Slot<'_>) -> Vec<&'a Value> {
        let mut values: Vec<&Value> = Vec::new();
        for value in was.iter().filter_map(|id| slot.value_in(self.by_id.get(id)?)) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }

    /// What an op did.
    fn what(&self, op: &Op, words: &Words<'_>) -> Text {
        match &op.change {
            Change::Set { field, .. } if field == "visit.order" => Text::of("按工单开始", "Begun for a work order"),
            Change::Set { field, value, was } => {
                self.changed(&words.label(field), field, value, was, Slot::Field(field), words)
            }
            Change::RowSet { table, row, column, value, was } => {
                self.changed(&words.cell_label(table, column), "", value, was, Slot::Cell(row, column), words)
            }
            Change::Withdraw { fact } => match self.by_id.get(fact) {
                Some(fact) => Text::of("撤回：{0}", "Withdrawn: {0}").with_texts(&[&change_words(&fact.change, words)]),
                None => Text::of("撤回一项", "One entry withdrawn"),
            },
            other => change_words(other, words),
        }
    }

    fn changed(&self, label: &Text, key: &str, value: &Value, was: &[OpId], slot: Slot<'_>, words: &Words<'_>) -> Text {
        let mut before = Vec::new();
        for value in self.values_before(was, slot).into_iter().filter(|value| !value.is_empty()) {
            before.push(words.value(key, value));
        }
        let now = words.value(key, value);
        let Some(before) =
            before.into_iter().reduce(|one, other| Text::of("{0} / {1}", "{0} / {1}").with_texts(&[&one, &other]))
        else {
            return if value.is_empty() {
                Text::of("{0}：清除", "{0}: cleared").with_texts(&[label])
            } else {
                Text::of("{0}：{1}", "{0}: {1}").with_texts(&[label, &now])
            };
        };
        if value.is_empty() {
            Text::of("{0}：清除，原为“{1}”", "{0}: cleared, was “{1}”").with_texts(&[label, &before])
        } else {
            Text::of("{0}：由“{1}”改为“{2}”", "{0}: from “{1}” to “{2}”").with_texts(&[label, &before, &now])
        }
    }
}

/// What the device's clock showed, if it is worth a word.
fn own_clock(op: &Op) -> Option<Stamp> {
    let (shown, order) = (op.id.millis()?, i64::try_from(op.hlc.wall).ok()?);
    (shown.abs_diff(order) > TOLERANCE_MS.unsigned_abs()).then_some(Stamp { at: shown, tz: op.tz })
}

/// A field or a cell.
#[derive(Clone, Copy)]
enum Slot<'a> {
    Field(&'a str),
    Cell(&'a RowId, &'a str),
}

impl Slot<'_> {
    /// What an op set it to.
    fn value_in<'o>(&self, op: &'o Op) -> Option<&'o Value> {
        match (&op.change, self) {
            (Change::Set { field, value, .. }, Slot::Field(key)) if field == key => Some(value),
            (Change::RowSet { row, column, value, .. }, Slot::Cell(id, key)) if row == *id && column == key => {
                Some(value)
            }
            (Change::RowAdd { row, cells, .. }, Slot::Cell(id, key)) if row == *id => cells.get(*key),
            _ => None,
        }
    }
}

/// What a change did, told without what was before.
pub fn change_words(change: &Change, words: &Words<'_>) -> Text {
    let label = |key: &str| words.label(key);
    match change {
        Change::Create { .. } => Text::of("新建", "Created"),
        Change::Set { field, value, .. } => {
            Text::of("{0}：{1}", "{0}: {1}").with_texts(&[&label(field), &words.value(field, value)])
        }
        Change::RowSet { table, column, value, .. } => {
            Text::of("{0}：{1}", "{0}: {1}").with_texts(&[&words.cell_label(table, column), &words.value("", value)])
        }
        Change::RowAdd { table, cells, .. } => {
            let cells = cells.values().filter_map(Value::as_text).collect::<Vec<_>>().join(" ");
            Text::of("{0}：添加一行 {1}", "{0}: row added {1}").with_texts(&[&label(table), &Text::same(&cells)])
        }
        Change::RowRemove { table, .. } => Text::of("{0}：删除一行", "{0}: row removed").with_texts(&[&label(table)]),
        Change::RowRestore { table, .. } => Text::of("{0}：恢复一行", "{0}: row restored").with_texts(&[&label(table)]),
        Change::Stamp { field, at, by_hand } => {
            let pattern = if *by_hand {
                Text::of("{0}：{1}（手工填写）", "{0}: {1} (entered by hand)")
            } else {
                Text::of("{0}：{1}", "{0}: {1}")
            };
            pattern.with_texts(&[&label(field), &Text::same(&at.date_time())])
        }
        Change::Attach { field, .. } => Text::of("{0}：添加照片", "{0}: photo added").with_texts(&[&label(field)]),
        Change::Sign { field, name, role, .. } => Text::of("{0}：{1}（{2}）签字", "{0}: signed by {1} ({2})")
            .with_texts(&[&label(field), &Text::same(name), &Text::same(role)]),
        Change::Override { reason, approver, .. } => {
            Text::of("例外处理：{0}；批准人 {1}", "Override: {0}. Approved by {1}").with(&[reason, approver])
        }
        Change::Withdraw { .. } => Text::of("撤回一项", "One entry withdrawn"),
        Change::Transition { to: State::Closed } => Text::of("归档", "Filed"),
        Change::Transition { to: State::Open } => Text::of("重新打开", "Reopened"),
        Change::Void { reason } => Text::of("作废：{0}", "Void: {0}").with(&[reason]),
        Change::Erase { reason, records, entries, photos, .. } => Text::of(
            "清除客户资料：{1} 条记录、{2} 项内容、{3} 张图片。原因：{0}",
            "Customer data erased: {1} records, {2} entries, {3} pictures. Reason: {0}",
        )
        .with(&[reason, &records.to_string(), &entries.to_string(), &photos.to_string()]),
    }
}

/// Whether the value of an op can be put back now. Each command is decided as if it were given.
fn back_of(op: &Op, record: &Record, words: &Words<'_>, context: &Context<'_>) -> Back {
    let now = Stamp { at: i64::MAX, tz: op.tz };
    let mut commands = Vec::new();
    for command in back::commands(op, record, words) {
        match decide(&command, context, now, &op.actor) {
            Ok(changes) if changes.is_empty() => {}
            Ok(_) => commands.push(command),
            Err(refused) => return Back::Refused(refused.words()),
        }
    }
    if commands.is_empty() { Back::Nothing } else { Back::By(commands) }
}
