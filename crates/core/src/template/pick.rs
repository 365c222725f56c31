//! Conditions out of pickers: what can be asked, of which part of the procedure, and with which value.
//!
//! Every condition of the language can stand in a procedure and is shown in words; those that a picker makes are the
//! usual ones. It must not know the screen.

use super::check::{called, is_number, is_time};
use super::edit::Front;
use super::{CLOSED, STARTED};
use super::{
    CaptureKind, Choice, ColumnKind, Compare, CompareOp, Library, Limit, LimitKind, Operand, Predicate, Procedure,
    Stage, Step,
};
use crate::text::Text;

/// What a picker can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// A step or stage is done.
    Done,
    /// A field is filled in.
    Answered,
    /// A field has a value.
    Is,
    /// Somebody has signed.
    Signed,
    /// An inspection list has no failures.
    Passed,
    /// Something in an inspection list fails.
    Failed,
    /// A table has so many rows.
    Rows,
    /// A number compares with another.
    Compare,
    /// One moment is not after another.
    Before,
    /// A series went on long enough.
    Observed,
    /// Everything is counted back.
    Tallied,
    /// Another run has reached something.
    Outcome,
}

impl Asks {
    /// All of them, the usual ones first.
    pub const ALL: [Asks; 12] = [
        Asks::Done,
        Asks::Answered,
        Asks::Is,
        Asks::Signed,
        Asks::Passed,
        Asks::Failed,
        Asks::Rows,
        Asks::Compare,
        Asks::Before,
        Asks::Observed,
        Asks::Tallied,
        Asks::Outcome,
    ];

    /// Its word in the language.
    pub fn id(self) -> &'static str {
        match self {
            Asks::Done => "done",
            Asks::Answered => "answered",
            Asks::Is => "is",
            Asks::Signed => "signed",
            Asks::Passed => "passed",
            Asks::Failed => "failed",
            Asks::Rows => "rows",
            Asks::Compare => "compare",
            Asks::Before => "before",
            Asks::Observed => "observed",
            Asks::Tallied => "tallied",
            Asks::Outcome => "outcome",
        }
    }

    /// The one with this word.
    pub fn parse(id: &str) -> Option<Asks> {
        Asks::ALL.into_iter().find(|asks| asks.id() == id)
    }

    /// What it asks, for a picker.
    pub fn words(self) -> Text {
        match self {
            Asks::Done => Text::of("步骤或阶段已完成", "a step or stage is done"),
            Asks::Answered => Text::of("某项已填写", "something is filled in"),
            Asks::Is => Text::of("某项的值是…", "something has the value …"),
            Asks::Signed => Text::of("已签字", "somebody has signed"),
            Asks::Passed => Text::of("检查表没有不合格", "an inspection list has no failures"),
            Asks::Failed => Text::of("检查表有不合格", "an inspection list has a failure"),
            Asks::Rows => Text::of("表格至少有几行", "a table has at least so many rows"),
            Asks::Compare => Text::of("数字的大小", "a number compares with another"),
            Asks::Before => Text::of("时间的先后", "one time is not after another"),
            Asks::Observed => Text::of("观察够时间", "readings went on long enough"),
            Asks::Tallied => Text::of("清点一致", "everything is counted back"),
            Asks::Outcome => Text::of("别的流程到了哪一步", "another procedure has reached something"),
        }
    }

    /// Which one made a condition; `None` for one that only a file can say.
    pub fn of(predicate: &Predicate) -> Option<Asks> {
        Some(match predicate {
            Predicate::Done(_) => Asks::Done,
            Predicate::Answered(_) => Asks::Answered,
            Predicate::Is { .. } => Asks::Is,
            Predicate::Signed(_) => Asks::Signed,
            Predicate::Passed(_) => Asks::Passed,
            Predicate::Failed(_) => Asks::Failed,
            Predicate::Rows { column: None, .. } => Asks::Rows,
            Predicate::Compare(Compare { right: Operand::Number(_), .. }) => Asks::Compare,
            Predicate::Before { .. } => Asks::Before,
            Predicate::Observed(_) => Asks::Observed,
            Predicate::Tallied(_) => Asks::Tallied,
            Predicate::Outcome { .. } => Asks::Outcome,
            _ => return None,
        })
    }
}

/// What a picker offers: key or id, and words.
pub type Offer = (String, Text);

/// What can be asked of, in the order of the procedure.
pub fn offers(asks: Asks, procedure: &Procedure, library: &Library) -> Vec<Offer> {
    let fields = |fits: &dyn Fn(&CaptureKind) -> bool| fields(procedure, fits);
    match asks {
        Asks::Done => places(procedure),
        Asks::Answered => fields(&|_| true),
        Asks::Is => {
            let mut list = fields(&|kind| matches!(kind, CaptureKind::Choice { .. } | CaptureKind::Check));
            list.extend(items(procedure));
            list.extend(around_choices(library));
            list
        }
        Asks::Signed => fields(&|kind| matches!(kind, CaptureKind::Signature { .. })),
        Asks::Passed | Asks::Failed => fields(&|kind| matches!(kind, CaptureKind::Verdicts { .. })),
        Asks::Rows => fields(&|kind| kind.columns().is_some()),
        Asks::Compare => fields(&is_number),
        Asks::Before => fields(&is_time),
        Asks::Observed => fields(&|kind| matches!(kind, CaptureKind::Series { .. })),
        Asks::Tallied => fields(&|kind| matches!(kind, CaptureKind::Tally { .. })),
        Asks::Outcome => {
            let others = library.catalogue.values().filter(|line| line.id != procedure.id);
            others.map(|line| (line.id.clone(), line.title.clone())).collect()
        }
    }
}

/// The values that can be asked for of what was picked: answers of a choice, outcomes of a procedure.
pub fn values(asks: Asks, picked: &str, procedure: &Procedure, library: &Library) -> Vec<Offer> {
    let yes_no = || vec![("true".to_owned(), Text::of("是", "yes")), ("false".to_owned(), Text::of("否", "no"))];
    let of_choice = |options: &[Choice]| options.iter().map(|one| (one.id.clone(), one.text.clone())).collect();
    match asks {
        Asks::Is => {
            let capture = procedure.capture(picked).or_else(|| library.basic_field(picked));
            match capture.map(|capture| &capture.kind) {
                Some(CaptureKind::Choice { options }) => of_choice(options),
                Some(CaptureKind::Check | CaptureKind::Checklist { .. }) => yes_no(),
                Some(CaptureKind::Verdicts { .. }) => {
                    let all =
                        super::VERDICTS.iter().filter_map(|id| Some(((*id).to_owned(), super::verdict_words(id)?)));
                    all.collect()
                }
                _ => Vec::new(),
            }
        }
        Asks::Outcome => {
            let own = library.catalogue.get(picked).into_iter().flat_map(|line| &line.outcomes);
            let every = [
                (CLOSED.to_owned(), Text::of("已办结", "closed")),
                (STARTED.to_owned(), Text::of("已开始", "started")),
            ];
            every.into_iter().chain(own.map(|one| (one.id.clone(), one.title.clone()))).collect()
        }
        _ => Vec::new(),
    }
}

/// A condition of this sort about what was picked, with the first value that there is. Empty where nothing can be
/// picked; the checker says so.
pub fn begin(asks: Asks, picked: Option<&str>, procedure: &Procedure, library: &Library) -> Predicate {
    let offered = offers(asks, procedure, library);
    let first = || offered.first().map(|(key, _)| key.clone());
    let Some(key) = picked.map(str::to_owned).or_else(first) else { return Predicate::All(Vec::new()) };
    let value = || values(asks, &key, procedure, library).into_iter().next().map(|(id, _)| id).unwrap_or_default();
    match asks {
        Asks::Done => Predicate::Done(key),
        Asks::Answered => Predicate::Answered(key),
        Asks::Is => Predicate::Is { value: value(), field: key },
        Asks::Signed => Predicate::Signed(key),
        Asks::Passed => Predicate::Passed(key),
        Asks::Failed => Predicate::Failed(key),
        Asks::Rows => Predicate::Rows { table: key, at_least: 1, column: None, value: None },
        Asks::Compare => Predicate::Compare(Compare { left: key, op: CompareOp::Ge, right: Operand::Number(0.0) }),
        Asks::Before => {
            let other =
                offered.iter().find(|(other, _)| *other != key).map_or_else(|| key.clone(), |one| one.0.clone());
            Predicate::Before { first: key, then: other }
        }
        Asks::Observed => Predicate::Observed(key),
        Asks::Tallied => Predicate::Tallied(key),
        Asks::Outcome => Predicate::Outcome { is: value(), of: key },
    }
}

/// What usually comes before something: the step or stage in front of it; `None` where there is none.
pub fn before(procedure: &Procedure, front: Front) -> Option<String> {
    let stage = |n: usize| procedure.stages.get(n).map(|stage| stage.id.clone());
    match front {
        Front::Close => stage(procedure.stages.len().checked_sub(1)?),
        Front::Stage(n) | Front::Step((n, 0)) => stage(n.checked_sub(1)?),
        Front::Step((n, step)) => {
            let stage = procedure.stages.get(n)?;
            Some(format!("{}.{}", stage.id, stage.steps.get(step - 1)?.id))
        }
    }
}

/// What a condition is about.
pub fn picked(predicate: &Predicate) -> Option<&str> {
    if let Predicate::Outcome { of, .. } = predicate {
        return Some(of);
    }
    let mut found = None;
    predicate.keys(&mut |key| {
        if found.is_none() {
            found = Some(key);
        }
    });
    found
}

/// The conditions that are joined, and whether one of them is enough.
pub fn parts(predicate: &Predicate) -> (Vec<&Predicate>, bool) {
    match predicate {
        Predicate::All(parts) => (parts.iter().collect(), false),
        Predicate::Any(parts) => (parts.iter().collect(), true),
        one => (vec![one], false),
    }
}

/// Conditions joined: one stays alone.
pub fn join(mut parts: Vec<Predicate>, any: bool) -> Predicate {
    match (parts.len(), any) {
        (1, false) => parts.remove(0),
        (_, true) => Predicate::Any(parts),
        (_, false) => Predicate::All(parts),
    }
}

fn place_words(stage: &Stage, step: &Step) -> Text {
    Text::of("{0} › {1}", "{0} › {1}").with_texts(&[&stage.title, &step.title])
}

fn places(procedure: &Procedure) -> Vec<Offer> {
    let mut list = Vec::new();
    for stage in &procedure.stages {
        list.push((stage.id.clone(), Text::of("整个阶段“{0}”", "all of “{0}”").with_texts(&[&stage.title])));
        list.extend(stage.steps.iter().map(|step| (format!("{}.{}", stage.id, step.id), place_words(stage, step))));
    }
    list
}

fn fields(procedure: &Procedure, fits: &dyn Fn(&CaptureKind) -> bool) -> Vec<Offer> {
    let mut list = Vec::new();
    for stage in &procedure.stages {
        for step in &stage.steps {
            for capture in step.captures.iter().filter(|capture| fits(&capture.kind)) {
                let words = Text::of("{0} · {1}（{2}）", "{0} · {1} ({2})");
                let place = place_words(stage, step);
                let words = words.with_texts(&[&place, &capture.label, &called(&capture.kind)]);
                list.push((format!("{}.{}.{}", stage.id, step.id, capture.id), words));
            }
        }
    }
    list
}

/// What a deadline can count from: moments, columns of moments, signatures; then what stands around a run.
pub fn starts(procedure: &Procedure, library: &Library) -> Vec<Offer> {
    let mut list = fields(procedure, &|kind| is_time(kind) || matches!(kind, CaptureKind::Signature { .. }));
    for stage in &procedure.stages {
        for step in &stage.steps {
            for capture in &step.captures {
                let columns = capture.kind.columns().unwrap_or_default();
                for column in columns.iter().filter(|column| matches!(column.kind, ColumnKind::Moment)) {
                    let words = Text::of("{0} · {1} · {2}", "{0} · {1} · {2}");
                    let words = words.with_texts(&[&place_words(stage, step), &capture.label, &column.label]);
                    list.push((format!("{}.{}.{}.{}", stage.id, step.id, capture.id, column.id), words));
                }
            }
        }
    }
    list.push(("visit.created".to_owned(), Text::of("开始这条记录的时间", "when the record was begun")));
    list.extend(around(library, &is_time));
    list
}

/// All steps.
pub fn steps(procedure: &Procedure) -> Vec<Offer> {
    let steps = procedure.stages.iter().flat_map(|stage| stage.steps.iter().map(move |step| (stage, step)));
    steps.map(|(stage, step)| (format!("{}.{}", stage.id, step.id), place_words(stage, step))).collect()
}

/// The limits that are numbers: what a deadline can take its amount from, so that it stands in Settings.
pub fn amounts(library: &Library) -> Vec<Offer> {
    let number = |limit: &Limit| match &limit.kind {
        LimitKind::Number { unit, .. } => Some(unit.clone()),
        _ => None,
    };
    let offer = |(id, limit): (&String, &Limit)| {
        let words = match number(limit)? {
            Some(unit) => Text::of("{0}（{1}）", "{0} ({1})").with_texts(&[&limit.title, &unit]),
            None => limit.title.clone(),
        };
        Some((format!("limit.{id}"), words))
    };
    library.limits.iter().filter_map(offer).collect()
}

/// Items of lists, each of which can be asked for.
fn items(procedure: &Procedure) -> Vec<Offer> {
    let mut list = Vec::new();
    for stage in &procedure.stages {
        for step in &stage.steps {
            for capture in &step.captures {
                let key = format!("{}.{}.{}", stage.id, step.id, capture.id);
                let items: Vec<(&String, &Text)> = match &capture.kind {
                    CaptureKind::Checklist { items } => items.iter().map(|item| (&item.id, &item.text)).collect(),
                    CaptureKind::Verdicts { items, .. } => items.iter().map(|item| (&item.id, &item.text)).collect(),
                    _ => Vec::new(),
                };
                for (id, text) in items {
                    let words = Text::of("{0} · {1}", "{0} · {1}").with_texts(&[&place_words(stage, step), text]);
                    list.push((format!("{key}.{id}"), words));
                }
            }
        }
    }
    list
}

/// Choices of the records around a run.
pub fn around_choices(library: &Library) -> Vec<Offer> {
    around(library, &|kind| matches!(kind, CaptureKind::Choice { .. }))
}

/// Fields of the records around a run: kind and severity of the order, what the customer asks for.
fn around(library: &Library, fits: &dyn Fn(&CaptureKind) -> bool) -> Vec<Offer> {
    let mut list = Vec::new();
    for record in library.records.values().filter(|record| record.id != "profile") {
        for field in record.fields.iter().filter(|field| fits(&field.kind)) {
            let words = Text::of("{0} · {1}", "{0} · {1}").with_texts(&[&record.title, &field.label]);
            list.push((format!("{}.{}", record.id, field.id), words));
        }
    }
    list
}
