//! A change in words, for the history of a record.

use super::{Scope, label_of};
use crate::ledger::{Change, State};
use crate::print::words_of_value;
use crate::template::CaptureKind;
use crate::text::{Lang, Text};
use crate::value::Value;

/// What the change did.
pub fn change_words(change: &Change, scope: &Scope<'_>) -> Text {
    let label = |key: &str| label_of(key, scope);
    match change {
        Change::Create { .. } => Text::of("新建", "Created"),
        Change::Set { field, .. } if field == "visit.order" => Text::of("按工单开始", "Begun for a work order"),
        Change::Set { field, value, .. } if value.is_empty() => {
            Text::of("清除 {0}", "{0}: cleared").with_texts(&[&label(field)])
        }
        Change::Set { field, value, .. } => {
            Text::of("{0}：{1}", "{0}: {1}").with_texts(&[&label(field), &value_text(field, value, scope)])
        }
        Change::RowAdd { table, cells, .. } => {
            let cells = cells.values().filter_map(Value::as_text).collect::<Vec<_>>().join(" ");
            Text::of("{0}：添加一行 {1}", "{0}: row added {1}").with_texts(&[&label(table), &Text::same(&cells)])
        }
        Change::RowSet { table, column, value, .. } => {
            let heading = match scope.procedure.capture(table).map(|capture| &capture.kind) {
                Some(CaptureKind::Table { columns, .. }) => {
                    columns.iter().find(|candidate| candidate.id == *column).map(|column| column.label.clone())
                }
                _ => None,
            };
            let heading = heading.unwrap_or_else(|| match column.as_str() {
                "out" => Text::of("带出", "out"),
                other => Text::same(other),
            });
            Text::of("{0} · {1}：{2}", "{0} · {1}: {2}").with_texts(&[
                &label(table),
                &heading,
                &value_text("", value, scope),
            ])
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
    }
}

fn value_text(key: &str, value: &Value, scope: &Scope<'_>) -> Text {
    let words = |lang: Lang| words_of_value(key, value, lang, scope);
    Text::owned(words(Lang::Zh), words(Lang::En))
}
