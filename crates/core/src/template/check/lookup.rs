//! Finds what a field key names and says in words why it does not fit.
//!
//! It must not know why somebody asks; the caller gives the name of what it needs.

use super::keys::{Keys, Known, called, first_part, holds};
use super::spot::{Problems, Spot};
use crate::template::{CaptureKind, ColumnKind, LimitKind, Operand};
use crate::text::Text;

/// The kind of the field with this key; reports when there is none.
pub fn field<'a>(at: &Spot, key: &str, keys: &Keys<'a>, problems: &mut Problems) -> Option<&'a CaptureKind> {
    let not_a_field = |what: Text, problems: &mut Problems| {
        let prefix = format!("{key}.");
        let first = keys.fields().find(|field| field.starts_with(&prefix));
        let words = Text::of("“{0}”是{1}，不是可填的项", "'{0}' is a {1}, not a field");
        let problem = problems.at(at, words.with_texts(&[&Text::same(key), &what]));
        if let Some(first) = first {
            problem.hint(Text::of("可用其中的“{0}”", "a field of it is '{0}'").with(&[first]));
        }
    };
    match keys.find(key) {
        Known::Field(kind) => return Some(kind),
        Known::Step => not_a_field(Text::of("步骤", "step"), problems),
        Known::Stage => not_a_field(Text::of("阶段", "stage"), problems),
        Known::Lost => {}
        Known::Nothing => {
            problems
                .at(at, Text::of("找不到“{0}”", "unknown field key '{0}'").with(&[key]))
                .why(keys.why_not(key))
                .meant(key, keys.fields());
        }
    }
    None
}

/// The kind of the field with this key, if it fits; reports when not. `needs` says who needs what:
/// "'signed' needs a signature".
pub fn field_of<'a>(
    at: &Spot,
    key: &str,
    keys: &Keys<'a>,
    needs: &Text,
    fits: impl Fn(&CaptureKind) -> bool,
    problems: &mut Problems,
) -> Option<&'a CaptureKind> {
    let kind = field(at, key, keys, problems)?;
    if fits(kind) {
        return Some(kind);
    }
    problems.at(at, is_called(key, kind)).why(needs.clone());
    None
}

/// Reports a key that is no limit of the wanted kind, and which ones there are. `needs` says who needs what:
/// "'listed' looks in a limit of the kind 'list'".
pub(super) fn limit_of(
    at: &Spot,
    key: &str,
    keys: &Keys<'_>,
    needs: &Text,
    fits: impl Fn(&LimitKind) -> bool,
    problems: &mut Problems,
) {
    let fitting = keys.limits(&fits);
    let known = match fitting.as_slice() {
        [] => Text::of("现在一个也没有，要先在 limits 文件里加", "there is none yet: add it to a limits file first"),
        some => Text::of("可用的有：{0}", "there is '{0}'").with(&[&some.join("', '")]),
    };
    if first_part(key) != "limit" {
        let Some(kind) = field(at, key, keys, problems) else { return };
        let words = Text::of("“{0}”是{1}，不是设置", "'{0}' is {1}, not a limit");
        problems.at(at, words.with_texts(&[&Text::same(key), &called(kind)])).why(needs.clone()).hint(known);
        return;
    }
    match keys.limit(key) {
        None => {
            let problem = problems.at(at, Text::of("找不到“{0}”", "unknown field key '{0}'").with(&[key]));
            problem.why(keys.why_not(key)).hint(known).meant(key, fitting);
        }
        Some(kind) if !fits(kind) => {
            let words = Text::of("“{0}”存的是{1}", "'{0}' holds {1}");
            problems.at(at, words.with_texts(&[&Text::same(key), &holds(kind)])).why(needs.clone()).hint(known);
        }
        Some(_) => {}
    }
}

/// "'arrive.now.at' is a stamp".
pub(super) fn is_called(key: &str, kind: &CaptureKind) -> Text {
    Text::of("“{0}”是{1}", "'{0}' is {1}").with_texts(&[&Text::same(key), &called(kind)])
}

/// Reports a key that is no step, or (where allowed) no stage.
pub fn step(at: &Spot, key: &str, stage_fits: bool, keys: &Keys<'_>, problems: &mut Problems) {
    match keys.find(key) {
        Known::Step | Known::Lost => {}
        Known::Stage if stage_fits => {}
        Known::Stage => {
            problems
                .at(at, Text::of("“{0}”是阶段", "'{0}' is a stage").with(&[key]))
                .why(Text::of("这里要的是步骤，写作 stage.step", "a step is needed here, 'stage.step'"));
        }
        Known::Field(_) => {
            let problem = problems.at(at, Text::of("“{0}”是可填的项", "'{0}' is a field").with(&[key]));
            problem.why(Text::of("这里要的是步骤，写作 stage.step", "a step is needed here, 'stage.step'"));
            if let Some((step, _)) = key.rsplit_once('.') {
                problem.hint(
                    Text::of("写步骤“{0}”，或改用“已填写”", "name the step '{0}', or use 'answered'").with(&[step]),
                );
            }
        }
        Known::Nothing => {
            problems
                .at(at, Text::of("找不到步骤“{0}”", "unknown step '{0}'").with(&[key]))
                .why(Text::of("{0}没有这个步骤", "{0} has no such step").with_texts(&[&keys.owner]))
                .meant(key, keys.places());
        }
    }
}

/// A stamp or a moment.
pub fn is_time(kind: &CaptureKind) -> bool {
    matches!(kind, CaptureKind::Stamp { .. } | CaptureKind::Moment)
}

/// A number, a rating or a computed value.
pub fn is_number(kind: &CaptureKind) -> bool {
    matches!(kind, CaptureKind::Number { .. } | CaptureKind::Rating { .. } | CaptureKind::Computed { .. })
}

/// A text, a person, a phone number or a number of a series.
pub fn is_words(kind: &CaptureKind) -> bool {
    matches!(kind, CaptureKind::Text { .. } | CaptureKind::Person | CaptureKind::Phone | CaptureKind::Serial { .. })
}

/// A table or a series of readings: whatever has rows.
pub fn has_rows(kind: &CaptureKind) -> bool {
    kind.columns().is_some()
}

/// Reports an amount that is no number from 0 up, nor the key of a limit that holds a number.
pub(super) fn amount(at: &Spot, amount: &Operand, keys: &Keys<'_>, problems: &mut Problems) {
    match amount {
        Operand::Number(number) if *number >= 0.0 => {}
        Operand::Number(number) => {
            problems
                .at(at, Text::of("{0} 小于 0", "{0} is less than 0").with(&[&number.to_string()]))
                .why(Text::of("数量从 0 算起", "an amount counts from 0"));
        }
        Operand::Field(key) => {
            let needs = Text::of(
                "数量是一个数，或者存有数字的项或设置",
                "an amount is a number, or a field or limit that holds one",
            );
            field_of(at, key, keys, &needs, is_number, problems);
        }
    }
}

/// Checks that rows have a column, and that it can hold a value.
pub(super) fn column(at: &Spot, table: &str, id: &str, value: Option<&str>, keys: &Keys<'_>, problems: &mut Problems) {
    let Some(columns) = keys.kind(table).and_then(CaptureKind::columns) else { return };
    let Some(found) = columns.iter().find(|column| column.id == id) else {
        problems
            .at(&at.at("column"), Text::of("“{0}”没有“{1}”这一列", "'{0}' has no column '{1}'").with(&[table, id]))
            .meant(id, columns.iter().map(|column| column.id.as_str()));
        return;
    };
    let (ColumnKind::Choice { options }, Some(value)) = (&found.kind, value) else { return };
    if !options.iter().any(|option| option.id == value) {
        let words = Text::of("“{0}”不是“{1}”列的选项", "'{0}' is no option of the column '{1}'");
        problems
            .at(&at.at("value"), words.with(&[value, id]))
            .meant(value, options.iter().map(|option| option.id.as_str()));
    }
}
