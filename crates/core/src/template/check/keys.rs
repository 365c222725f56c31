//! Every field key that a condition, a form or a deadline may name, and what is captured under it.
//!
//! It must not know who asks: checks ask for a key and decide whether its kind fits.

use super::Around;
use crate::template::{Capture, CaptureKind, Choice, LimitKind, NAMESPACES, Procedure, RecordTemplate, VERDICTS};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What the visit itself offers, filled by the app.
static VISIT: [(&str, CaptureKind); 5] = [
    ("number", WORDS),
    ("engineer", CaptureKind::Person),
    ("company", WORDS),
    ("created", CaptureKind::Moment),
    ("phone", CaptureKind::Phone),
];

const WORDS: CaptureKind = CaptureKind::Text { max: 500, long: false, phrases: Vec::new(), for_customer: false };

/// The app numbers work orders too.
static ORDER_NUMBER: CaptureKind = WORDS;

/// An item of a checklist answers like a tick.
static ITEM: CaptureKind = CaptureKind::Check;

/// An item of an inspection list.
static VERDICT: LazyLock<CaptureKind> = LazyLock::new(|| CaptureKind::Choice {
    options: VERDICTS.iter().map(|id| Choice { id: (*id).to_owned(), text: Text::same(id) }).collect(),
});
/// What was measured, and points.
static MEASURED: CaptureKind = CaptureKind::Number { unit: None, min: None, max: None, decimals: 6 };
static WORDS_OF_ITEM: CaptureKind = WORDS;

/// The keys that are known in one procedure or record template.
#[derive(Debug)]
pub struct Keys<'a> {
    /// In whose name messages speak: "the procedure field-visit".
    pub owner: Text,
    fields: BTreeMap<String, &'a CaptureKind>,
    limits: BTreeMap<String, &'a LimitKind>,
    stages: BTreeSet<String>,
    steps: BTreeSet<String>,
    lost: BTreeSet<String>,
}

/// What a key stands for.
#[derive(Debug, Clone, Copy)]
pub enum Known<'a> {
    /// A field, with its kind.
    Field(&'a CaptureKind),
    /// A step of the procedure.
    Step,
    /// A stage of the procedure.
    Stage,
    /// It belongs to a record template that could not be read: nobody can tell.
    Lost,
    /// Nothing has this key.
    Nothing,
}

impl<'a> Keys<'a> {
    /// The keys that a procedure's conditions and forms may name.
    pub fn of_procedure(procedure: &'a Procedure, around: &Around<'a>) -> Keys<'a> {
        let owner = Text::of("流程 {0} ", "the procedure {0}").with(&[&procedure.id]);
        let mut keys = Keys::new(owner, around);
        for (field, kind) in &VISIT {
            keys.fields.insert(format!("visit.{field}"), kind);
        }
        for record in &around.records {
            keys.add_record(record);
        }
        keys.fields.entry("order.number".to_owned()).or_insert(&ORDER_NUMBER);
        keys.add_limits(around);
        for stage in &procedure.stages {
            keys.stages.insert(stage.id.clone());
            for step in &stage.steps {
                let path = format!("{}.{}", stage.id, step.id);
                for capture in &step.captures {
                    keys.add(&path, capture);
                }
                keys.steps.insert(path);
            }
        }
        keys
    }

    /// The keys that a record template may name: its own, and those of the records that it refers to.
    pub fn of_record(record: &'a RecordTemplate, around: &Around<'a>) -> Keys<'a> {
        let mut keys = Keys::new(Text::of("记录模板 {0} ", "the record template {0}").with(&[&record.id]), around);
        keys.add_record(record);
        for field in &record.fields {
            if let CaptureKind::Ref { to, .. } = &field.kind {
                around.record(to).into_iter().for_each(|found| keys.add_record(found));
            }
        }
        keys
    }

    fn new(owner: Text, around: &Around<'a>) -> Keys<'a> {
        Keys {
            owner,
            fields: BTreeMap::new(),
            limits: around.limits.iter().map(|limit| (format!("limit.{}", limit.id), &limit.kind)).collect(),
            stages: BTreeSet::new(),
            steps: BTreeSet::new(),
            lost: around.lost_records.clone(),
        }
    }

    /// The keys of a programme's conditions: there is no run yet, only the records around it and limits.
    pub fn of_programme(id: &str, around: &Around<'a>) -> Keys<'a> {
        let mut keys = Keys::new(Text::of("方案 {0} ", "the programme {0}").with(&[id]), around);
        around.records.iter().for_each(|record| keys.add_record(record));
        keys.add_limits(around);
        keys
    }

    fn add_limits(&mut self, around: &Around<'a>) {
        for field in around.profile.iter().flat_map(|profile| &profile.fields) {
            let id = field.id.strip_prefix("limit-").unwrap_or(&field.id);
            self.fields.insert(format!("limit.{id}"), &field.kind);
        }
    }

    fn add_record(&mut self, record: &'a RecordTemplate) {
        for field in &record.fields {
            self.add(&record.id, field);
        }
    }

    fn add(&mut self, path: &str, capture: &'a Capture) {
        let key = format!("{path}.{}", capture.id);
        match &capture.kind {
            CaptureKind::Checklist { items } => {
                for item in items {
                    self.fields.insert(format!("{key}.{}", item.id), &ITEM);
                }
            }
            CaptureKind::Verdicts { items, .. } => {
                for item in items {
                    self.fields.insert(format!("{key}.{}", item.id), &*VERDICT);
                    self.fields.insert(format!("{key}.{}.value", item.id), &MEASURED);
                    self.fields.insert(format!("{key}.{}.note", item.id), &WORDS_OF_ITEM);
                }
            }
            CaptureKind::Score { items, .. } => {
                for item in items {
                    self.fields.insert(format!("{key}.{}", item.id), &MEASURED);
                }
                self.fields.insert(format!("{key}.total"), &MEASURED);
            }
            _ => {}
        }
        self.fields.insert(key, &capture.kind);
    }

    /// What stands under a key.
    pub fn find(&self, key: &str) -> Known<'a> {
        let first = first_part(key);
        if let Some(kind) = self.fields.get(key) {
            Known::Field(kind)
        } else if self.steps.contains(key) {
            Known::Step
        } else if self.stages.contains(key) {
            Known::Stage
        } else if self.lost.contains(first) {
            Known::Lost
        } else {
            Known::Nothing
        }
    }

    /// The kind of a field; none if the key is no field.
    pub fn kind(&self, key: &str) -> Option<&'a CaptureKind> {
        self.fields.get(key).copied()
    }

    /// What a limit holds; none if the key is no limit.
    pub fn limit(&self, key: &str) -> Option<&'a LimitKind> {
        self.limits.get(key).copied()
    }

    /// The keys of the limits that hold what is wanted.
    pub fn limits(&self, fits: impl Fn(&LimitKind) -> bool) -> Vec<&str> {
        self.limits.iter().filter(|(_, kind)| fits(kind)).map(|(key, _)| key.as_str()).collect()
    }

    /// Whether a tally counts the rows of this table.
    pub fn is_tallied(&self, table: &str) -> bool {
        self.fields.values().any(|kind| matches!(kind, CaptureKind::Tally { of } if of == table))
    }

    /// All field keys.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    /// All ids of steps and stages.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().chain(&self.stages).map(String::as_str)
    }

    /// Why there is no such field.
    pub fn why_not(&self, key: &str) -> Text {
        let first = first_part(key);
        if first == "self" {
            Text::of(
                "“self”只在 procedures/shared 的文件里代表本阶段",
                "'self' means the stage only in a file of procedures/shared",
            )
        } else if first == "limit" {
            Text::of(
                "没有这个设置；设置写在 profiles 下的 limits 文件里，写作 limit.编号",
                "there is no such limit; limits stand in the files profiles/limits… and are written 'limit.<id>'",
            )
        } else if NAMESPACES.contains(&first) && !self.has_namespace(first) {
            Text::of("{0}看不到记录模板“{1}”", "{0} does not see a record template '{1}'")
                .with_texts(&[&self.owner, &Text::same(first)])
        } else if NAMESPACES.contains(&first) {
            Text::of("“{0}”没有这个字段", "'{0}' has no such field").with(&[first])
        } else {
            Text::of("{0}没有这一项", "{0} has no such capture").with_texts(&[&self.owner])
        }
    }

    fn has_namespace(&self, name: &str) -> bool {
        self.fields().any(|key| first_part(key) == name && key != "order.number")
    }
}

/// The part before the first dot.
pub fn first_part(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

/// Whether a key belongs to a stage, step or capture with this path.
pub fn is_within(key: &str, path: &str) -> bool {
    key.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// What a limit holds, in words.
pub(super) fn holds(kind: &LimitKind) -> Text {
    match kind {
        LimitKind::Number { .. } => Text::of("数字", "a number"),
        LimitKind::ClockWindow => Text::of("时段", "a window of the day"),
        LimitKind::Choice { .. } => Text::of("单选", "a choice"),
        LimitKind::Text => Text::of("文字", "words"),
        LimitKind::List => Text::of("名单", "a list"),
        LimitKind::WeeklyHours => Text::of("每周时段", "hours of the week"),
        LimitKind::Freeze => Text::of("封网期", "freeze periods"),
    }
}

/// What a kind of capture is called.
pub fn called(kind: &CaptureKind) -> Text {
    match kind {
        CaptureKind::Check => Text::of("勾选", "a tick"),
        CaptureKind::Text { .. } => Text::of("文字", "a text"),
        CaptureKind::Number { .. } => Text::of("数字", "a number"),
        CaptureKind::Choice { .. } => Text::of("单选", "a choice"),
        CaptureKind::Checklist { .. } => Text::of("清单", "a checklist"),
        CaptureKind::Stamp { .. } => Text::of("时间打点", "a stamp"),
        CaptureKind::Moment => Text::of("约定时间", "a moment"),
        CaptureKind::Person => Text::of("姓名", "a person"),
        CaptureKind::Phone => Text::of("电话", "a phone number"),
        CaptureKind::Rating { .. } => Text::of("评分", "a rating"),
        CaptureKind::Photo { .. } => Text::of("照片", "photos"),
        CaptureKind::Signature { .. } => Text::of("签字", "a signature"),
        CaptureKind::Table { .. } => Text::of("表格", "a table"),
        CaptureKind::Tally { .. } => Text::of("清点", "a tally"),
        CaptureKind::Ref { .. } => Text::of("引用", "a reference"),
        CaptureKind::Verdicts { .. } => Text::of("检查表", "an inspection list"),
        CaptureKind::Series { .. } => Text::of("连续读数", "a series of readings"),
        CaptureKind::Score { .. } => Text::of("打分表", "a list of points"),
        CaptureKind::Computed { .. } => Text::of("计算值", "a computed value"),
        CaptureKind::Serial { .. } => Text::of("流水号", "a number of a series"),
    }
}
