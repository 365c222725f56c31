//! Captures: limits, options, columns, and what they refer to.
//!
//! It must not know whether the capture belongs to a step or to a basic record beyond what [`Place`] says.

use super::Around;
use super::keys::{Keys, called};
use super::lists;
use super::lookup::{field_of, is_number, is_time, is_words, limit_of};
use super::predicate::check_when;
use super::spot::{Problems, Spot, unique};
use crate::template::{Capture, CaptureKind, Column, ColumnKind, LimitKind, Preset, Procedure};
use crate::text::Text;

/// Where a capture stands.
pub(super) struct Place<'a> {
    /// `stage.step`, or the kind of record.
    pub(super) path: &'a str,
    /// The keys that it may name.
    pub(super) keys: &'a Keys<'a>,
    /// Everything else.
    pub(super) around: &'a Around<'a>,
    /// The procedure; none for a field of a basic record.
    pub(super) procedure: Option<&'a Procedure>,
}

/// Checks a capture of a step of a procedure, or a field of a basic record when there is no procedure; `path` is
/// `stage.step`, or the kind of record.
pub fn capture(
    at: &Spot,
    one: &Capture,
    (path, procedure): (&str, Option<&Procedure>),
    keys: &Keys<'_>,
    around: &Around<'_>,
    problems: &mut Problems,
) {
    check(at, one, &Place { path, keys, around, procedure }, problems);
}

fn check(at: &Spot, capture: &Capture, place: &Place<'_>, problems: &mut Problems) {
    let keys = place.keys;
    let own = format!("{}.{}", place.path, capture.id);
    check_when(at, capture.when.as_ref(), &own, keys, problems);
    if let Some(key) = &capture.suggest {
        suggest(&at.at("suggest"), key, &own, &capture.kind, keys, problems);
    }
    match &capture.kind {
        CaptureKind::Check | CaptureKind::Moment | CaptureKind::Person => {}
        CaptureKind::Phone | CaptureKind::Rating { .. } => {}
        CaptureKind::Text { max, phrases, .. } => {
            for (n, phrase) in phrases.iter().enumerate() {
                let longest = phrase.zh.chars().count().max(phrase.en.chars().count());
                if longest > usize::try_from(*max).unwrap_or(usize::MAX) {
                    let why = Text::of("有 {0} 字，最多 {1} 字", "it has {0} characters of at most {1}");
                    problems
                        .at(&at.item("phrases", n), Text::of("这句短语太长", "the phrase is too long"))
                        .why(why.with(&[&longest.to_string(), &max.to_string()]));
                }
            }
        }
        CaptureKind::Number { min, max, .. } => in_order(at, *min, *max, problems),
        CaptureKind::Photo { min, max } => {
            in_order(at, Some(f64::from(*min)), Some(f64::from(*max)), problems);
        }
        CaptureKind::Choice { options } => {
            let ids = options.iter().map(|option| option.id.as_str());
            unique(ids, |n| at.item("options", n).at("id"), &Text::of("选项", "an option"), problems);
        }
        CaptureKind::Checklist { items } => {
            let ids = items.iter().map(|item| item.id.as_str());
            unique(ids, |n| at.item("items", n).at("id"), &Text::of("一条", "an item"), problems);
            for (n, item) in items.iter().enumerate() {
                let own = format!("{own}.{}", item.id);
                check_when(&at.item("items", n), item.when.as_ref(), &own, keys, problems);
            }
        }
        CaptureKind::Stamp { not_before } => {
            if let Some(key) = not_before {
                let at = at.at("not-before");
                let needs = Text::of("“不早于”要用时间", "'not-before' needs a stamp or a moment");
                field_of(&at, key, keys, &needs, is_time, problems);
                not_itself(&at, key, &own, problems);
            }
        }
        CaptureKind::Signature { covers, .. } => signature(at, covers, place, problems),
        CaptureKind::Table { columns, presets, lines, .. } => {
            table(at, columns, presets, place, problems);
            lines.iter().for_each(|key| lines_of(at, key, columns, place, problems));
        }
        CaptureKind::Tally { of } => tally(at, of, place, problems),
        CaptureKind::Verdicts { .. } | CaptureKind::Series { .. } | CaptureKind::Score { .. } => {
            lists::check(at, capture, &own, place, problems);
        }
        CaptureKind::Computed { value, .. } => lists::expr(&at.at("value"), value, &own, keys, problems),
        CaptureKind::Serial { pattern } => lists::pattern(&at.at("pattern"), pattern, problems),
        CaptureKind::Ref { to, within } => {
            reference(at, to, within.as_deref(), place, problems);
        }
    }
}

pub(super) fn in_order(at: &Spot, min: Option<f64>, max: Option<f64>, problems: &mut Problems) {
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let words = Text::of("最小 {0} 大于最大 {1}", "min {0} is more than max {1}");
        problems
            .at(&at.either("min", "max"), words.with(&[&min.to_string(), &max.to_string()]))
            .why(Text::of("什么值都填不进去", "no value could ever be accepted"));
    }
}

pub(super) fn not_itself(at: &Spot, key: &str, own: &str, problems: &mut Problems) {
    if key == own {
        problems.at(at, Text::of("“{0}”引用了自己", "'{0}' refers to itself").with(&[own]));
    }
}

/// A suggestion must be of a kind that the capture can take over.
fn suggest(at: &Spot, key: &str, own: &str, kind: &CaptureKind, keys: &Keys<'_>, problems: &mut Problems) {
    let fits = |offered: &CaptureKind| match kind {
        CaptureKind::Check => matches!(offered, CaptureKind::Check),
        CaptureKind::Text { .. } | CaptureKind::Person | CaptureKind::Phone => is_words(offered),
        // The name of the signer.
        CaptureKind::Signature { .. } => is_words(offered),
        CaptureKind::Number { .. } | CaptureKind::Rating { .. } => is_number(offered),
        CaptureKind::Moment => is_time(offered),
        CaptureKind::Choice { options } => match offered {
            CaptureKind::Choice { options: others } => {
                others.iter().all(|other| options.iter().any(|option| option.id == other.id))
            }
            _ => false,
        },
        CaptureKind::Ref { to, .. } => {
            matches!(offered, CaptureKind::Ref { to: other, .. } if other == to)
        }
        CaptureKind::Checklist { .. }
        | CaptureKind::Stamp { .. }
        | CaptureKind::Photo { .. }
        | CaptureKind::Table { .. }
        | CaptureKind::Series { .. }
        | CaptureKind::Verdicts { .. }
        | CaptureKind::Score { .. }
        | CaptureKind::Computed { .. }
        | CaptureKind::Serial { .. }
        | CaptureKind::Tally { .. } => false,
    };
    let needs = Text::of("{0}接不了它的值", "{0} cannot take its value over").with_texts(&[&called(kind)]);
    field_of(at, key, keys, &needs, fits, problems);
    not_itself(at, key, own, problems);
}

fn signature(at: &Spot, covers: &[String], place: &Place<'_>, problems: &mut Problems) {
    let Some(procedure) = place.procedure else {
        return visit_only(at, problems);
    };
    let ids = covers.iter().map(String::as_str);
    unique(ids, |n| at.item("covers", n), &Text::of("表单", "a form"), problems);
    for (n, id) in covers.iter().enumerate() {
        if !procedure.forms.contains(id) {
            problems
                .at(&at.item("covers", n), Text::of("签字涵盖“{0}”", "the signature covers '{0}'").with(&[id]))
                .why(Text::of("{0}没有列出这张表单", "{0} does not list that form").with_texts(&[&place.keys.owner]))
                .meant(id, procedure.forms.iter().map(String::as_str));
        }
    }
}

pub(super) fn visit_only(at: &Spot, problems: &mut Problems) {
    problems
        .at(&at.at("kind"), Text::of("签字和清点只能用在服务里", "signatures and tallies belong to visits"))
        .why(Text::of("基本资料里放不了", "a basic record cannot hold one"));
}

/// Columns as they are written: of a table, or of a series beside those that it has anyway.
pub(super) fn own_columns(at: &Spot, columns: &[Column], problems: &mut Problems) {
    let ids = columns.iter().map(|column| column.id.as_str());
    unique(ids, |n| at.item("columns", n).at("id"), &Text::of("列", "a column"), problems);
    for (n, column) in columns.iter().enumerate() {
        let at = at.item("columns", n);
        match &column.kind {
            ColumnKind::Number { min, max, .. } => in_order(&at, *min, *max, problems),
            ColumnKind::Choice { options } => {
                let ids = options.iter().map(|option| option.id.as_str());
                unique(ids, |n| at.item("options", n).at("id"), &Text::of("选项", "an option"), problems);
            }
            ColumnKind::Text { .. } | ColumnKind::Check | ColumnKind::Moment | ColumnKind::Person => {}
        }
    }
}

fn table(at: &Spot, columns: &[Column], presets: &[Preset], place: &Place<'_>, problems: &mut Problems) {
    own_columns(at, columns, problems);
    let has_text = columns.iter().any(|column| matches!(column.kind, ColumnKind::Text { .. }));
    if !presets.is_empty() && !has_text {
        problems
            .at(&at.at("presets"), Text::of("表格没有文字列", "the table has no text column"))
            .why(Text::of("预设内容要填进第一个文字列", "a preset becomes the value of the first text column"));
    }
    for (n, preset) in presets.iter().enumerate() {
        // A preset has no key of its own, so nothing can name it.
        check_when(&at.item("presets", n), preset.when.as_ref(), "", place.keys, problems);
    }
}

/// What a table works through: the lines of a limit, in its first text column.
fn lines_of(at: &Spot, key: &str, columns: &[Column], place: &Place<'_>, problems: &mut Problems) {
    let at = at.at("lines");
    let needs = Text::of("“lines”逐行做的是名单类设置", "'lines' works through a limit of the kind 'list'");
    limit_of(&at, key, place.keys, &needs, |kind| matches!(kind, LimitKind::List), problems);
    if !columns.iter().any(|column| matches!(column.kind, ColumnKind::Text { .. })) {
        problems
            .at(&at, Text::of("表格没有文字列", "the table has no text column"))
            .why(Text::of("名单的每一行要填进第一个文字列", "a line becomes the value of the first text column"));
    }
}

fn tally(at: &Spot, of: &str, place: &Place<'_>, problems: &mut Problems) {
    if place.procedure.is_none() {
        return visit_only(at, problems);
    }
    let at = at.at("of");
    let is_table = |kind: &CaptureKind| matches!(kind, CaptureKind::Table { .. });
    let needs = Text::of("清点的是一张表格的各行", "a tally counts the rows of a table");
    let Some(CaptureKind::Table { columns, .. }) = field_of(&at, of, place.keys, &needs, is_table, problems) else {
        return;
    };
    let column = |id: &str| columns.iter().find(|column| column.id == id);
    if column("item").is_none() {
        let words = Text::of("表格“{0}”没有“item”列", "the table '{0}' has no column 'item'").with(&[of]);
        problems.at(&at, words).why(Text::of("清点时要显示它", "a tally shows it beside what is counted"));
    }
    match column("quantity").map(|column| &column.kind) {
        Some(ColumnKind::Number { .. }) => {}
        Some(_) => {
            let words = Text::of("“{0}”的“quantity”列不是数字", "the column 'quantity' of '{0}' is not a number");
            problems.at(&at, words.with(&[of]));
        }
        None => {
            let words = Text::of("表格“{0}”没有“quantity”列", "the table '{0}' has no column 'quantity'");
            problems.at(&at, words.with(&[of])).why(Text::of("清点时要与它比对", "a tally compares with it"));
        }
    }
    if column("out").is_some() {
        let words = Text::of("表格“{0}”自己有“out”列", "the table '{0}' has a column 'out' of its own");
        problems
            .at(&at, words.with(&[of]))
            .why(Text::of("清点数就记在那一列", "the tally keeps there what was counted"));
    }
}

fn reference(at: &Spot, to: &str, within: Option<&str>, place: &Place<'_>, problems: &mut Problems) {
    if place.procedure.is_some() {
        problems
            .at(&at.at("kind"), Text::of("引用只能用在基本资料里", "references belong to basic records"))
            .why(Text::of("服务已经知道它的相关资料", "a visit knows its records already"));
        return;
    }
    let Some(target) = place.around.record(to) else {
        if !place.around.lost_records.contains(to) {
            let kinds = place.around.records.iter().map(|record| record.id.as_str());
            problems
                .at(&at.at("to"), Text::of("没有“{0}”这种资料", "unknown kind of record '{0}'").with(&[to]))
                .why(Text::of("没有文件 records/{0}.toml", "there is no records/{0}.toml").with(&[to]))
                .meant(to, kinds);
        }
        return;
    };
    let Some(within) = within else { return };
    let here = place.keys.kind(&format!("{}.{within}", place.path));
    let there = target.field(within).map(|field| &field.kind);
    let refers = |kind: Option<&CaptureKind>| match kind {
        Some(CaptureKind::Ref { to, .. }) => Some(to.clone()),
        _ => None,
    };
    if refers(here).is_none() || refers(here) != refers(there) {
        problems
            .at(&at.at("within"), Text::of("“{0}”连不起两者", "'{0}' does not connect the two").with(&[within]))
            .why(
                Text::of(
                    "“{0}”和“{1}”都要有这个名字、指向同一种资料的引用",
                    "both '{0}' and '{1}' need a reference of that name to the same kind",
                )
                .with(&[place.path, to]),
            );
    }
}
