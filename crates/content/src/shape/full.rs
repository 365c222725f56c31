//! One document of each kind with every field filled, for the tests of the table of keys. The literals name every
//! field, so a new field of the core does not compile here until somebody has thought about its key.

use sitebook_core::calendar::{DayKind, HolidayFile, HolidayRun};
use sitebook_core::handbook::{
    Category, Chapter, Dress, Entry, Identity, Level as Bound, Moment, Phrase, Place, Say, Use,
};
use sitebook_core::template::{
    Block, Capture, CaptureKind, Cell, Choice, Column, ColumnKind, ColumnOf, Compare, CompareOp, Deadline, Demand,
    Expr, Form, Format, Gate, Item, Keys, Level, Limit, LimitKind, Operand, Outcome, Phase, PhaseItem, Predicate,
    Preset, Procedure, Programme, RecordTemplate, Repeats, Sample, SampleRecord, SampleValue, ScoreItem, Side,
    SignSlot, Stage, Starts, Step, TableColumn, Verdict, Within,
};
use sitebook_core::text::Text;
use std::collections::BTreeMap;

const TEXT: Text = Text::of("字", "word");

fn id(word: &str) -> String {
    word.to_owned()
}

fn predicates() -> Vec<Predicate> {
    let key = || id("a.b.c");
    let pair = |right| Predicate::Compare(Compare { left: key(), op: CompareOp::Ge, right });
    vec![
        Predicate::Done(key()),
        Predicate::Answered(key()),
        Predicate::Is { field: key(), value: id("x") },
        Predicate::OneOf { field: key(), values: vec![id("x")] },
        pair(Operand::Number(2.5)),
        pair(Operand::Field(key())),
        Predicate::Signed(key()),
        Predicate::Before { first: key(), then: key() },
        Predicate::Later { moment: key(), than: key(), minutes: Operand::from(5) },
        Predicate::InsideWindow {
            moment: key(),
            from: Some(id("20:00")),
            to: Some(id("06:00")),
            window: Some(id("limit.x")),
        },
        Predicate::Rows { table: key(), at_least: 1, column: Some(id("c")), value: Some(id("x")) },
        Predicate::Every { table: key(), column: id("c"), value: Some(id("x")) },
        Predicate::Tallied(key()),
        Predicate::Passed(key()),
        Predicate::Failed(key()),
        Predicate::Observed(key()),
        Predicate::Same { left: key(), right: key() },
        Predicate::Outcome { of: id("p"), is: id("o") },
        Predicate::AtPeak(key()),
        Predicate::WorkingTime(key()),
        Predicate::Frozen(key()),
        Predicate::Listed { field: key(), list: id("limit.x") },
        Predicate::Any(vec![Predicate::Done(key())]),
        Predicate::Not(Box::new(Predicate::Done(key()))),
    ]
}

fn when() -> Option<Predicate> {
    Some(Predicate::All(predicates()))
}

fn choices() -> Vec<Choice> {
    let choice = |name| Choice { id: id(name), text: TEXT };
    vec![choice("x"), choice("y")]
}

fn columns() -> Vec<Column> {
    let kinds = [
        ColumnKind::Text { max: 9 },
        ColumnKind::Number { min: Some(0.5), max: Some(1.5), decimals: 1 },
        ColumnKind::Choice { options: choices() },
        ColumnKind::Check,
        ColumnKind::Moment,
        ColumnKind::Person,
    ];
    let column = |kind| Column { id: id("c"), label: TEXT, required: true, kind };
    kinds.into_iter().map(column).collect()
}

fn captures() -> Vec<Capture> {
    let kinds = [
        CaptureKind::Check,
        CaptureKind::Text { max: 9, long: true, phrases: vec![TEXT], for_customer: true },
        CaptureKind::Number { unit: Some(TEXT), min: Some(0.5), max: Some(1.5), decimals: 1 },
        CaptureKind::Choice { options: choices() },
        CaptureKind::Checklist { items: vec![Item { id: id("i"), text: TEXT, when: when() }] },
        CaptureKind::Stamp { not_before: Some(id("a.b.c")) },
        CaptureKind::Moment,
        CaptureKind::Person,
        CaptureKind::Phone,
        CaptureKind::Rating { of: 3 },
        CaptureKind::Photo { min: 1, max: 2 },
        CaptureKind::Signature { side: Side::Company, role: TEXT, covers: vec![id("F-01")], seal: true },
        CaptureKind::Table {
            columns: columns(),
            min_rows: 1,
            presets: vec![Preset { text: TEXT, when: when() }],
            lines: Some(id("limit.x")),
        },
        CaptureKind::Tally { of: id("a.b.c") },
        CaptureKind::Verdicts {
            items: vec![Verdict {
                id: id("i"),
                text: TEXT,
                standard: Some(TEXT),
                unit: Some(TEXT),
                min: Some(0.5),
                max: Some(1.5),
                when: when(),
            }],
            measure: true,
        },
        CaptureKind::Score {
            items: vec![ScoreItem { id: id("i"), text: TEXT, of: 2.5 }],
            pass: Some(Operand::from(60)),
        },
        CaptureKind::Serial { pattern: id("XM{serial:3}") },
        CaptureKind::Ref { to: id("site"), within: Some(id("customer")) },
    ];
    let computed = exprs().into_iter().map(|value| CaptureKind::Computed { value, unit: Some(TEXT), decimals: 1 });
    let series = within().into_iter().map(|every| CaptureKind::Series {
        columns: columns(),
        least: every.clone(),
        every,
        from: id("a.b.c"),
    });
    let kinds = kinds.into_iter().chain(computed).chain(series);
    let capture = |kind| Capture {
        id: id("c"),
        label: TEXT,
        hint: Some(TEXT),
        required: false,
        when: when(),
        suggest: Some(id("a.b.c")),
        kind,
    };
    kinds.map(capture).collect()
}

fn within() -> [Within; 6] {
    let limit = || Operand::Field(id("limit.x"));
    [
        Within::Minutes(Operand::from(0)),
        Within::Hours(Operand::from(1)),
        Within::Days(limit()),
        Within::WorkingHours(Operand::from(2)),
        Within::WorkingDays(Operand::from(3)),
        Within::Nights(Operand::from(1)),
    ]
}

fn exprs() -> Vec<Expr> {
    let key = || id("a.b.c");
    let one = || vec![Expr::Field(key())];
    let of = || ColumnOf { table: key(), column: id("c") };
    vec![
        Expr::Field(key()),
        Expr::Number(Operand::Number(2.5)),
        Expr::Sum(one()),
        Expr::Product(one()),
        Expr::Minus(one()),
        Expr::Divide(one()),
        Expr::Min(one()),
        Expr::Max(one()),
        Expr::Rows(key()),
        Expr::RowsWhere { table: key(), column: id("c"), value: id("x") },
        Expr::ColumnSum(of()),
        Expr::ColumnAverage(of()),
        Expr::MinutesBetween(vec![key(), key()]),
        Expr::DaysBetween(vec![key(), key()]),
        Expr::Fails(key()),
        Expr::Count(vec![key()]),
    ]
}

pub(super) fn limits() -> Vec<Limit> {
    let kinds = [
        LimitKind::Number { unit: Some(TEXT), min: Some(0.5), max: Some(1.5), decimals: 1 },
        LimitKind::ClockWindow,
        LimitKind::Choice { options: choices() },
        LimitKind::Text,
        LimitKind::List,
        LimitKind::WeeklyHours,
        LimitKind::Freeze,
    ];
    let limit = |kind| Limit {
        id: id("l"),
        group: id("g"),
        title: TEXT,
        hint: Some(TEXT),
        source: id("ZTE 1"),
        default: Some(Operand::from(1)),
        customer: true,
        stands_for: Some(id("order.x")),
        blank: Some(TEXT),
        kind,
    };
    kinds.into_iter().map(limit).collect()
}

pub(super) fn programme() -> Programme {
    Programme {
        schema: 1,
        id: id("p"),
        title: TEXT,
        summary: TEXT,
        kinds: vec![id("fault")],
        phases: vec![Phase {
            id: id("one"),
            title: TEXT,
            items: vec![PhaseItem { procedure: id("p"), need: Demand::May, when: when() }],
        }],
    }
}

pub(super) fn procedure() -> Procedure {
    let gates = || {
        vec![Gate {
            id: id("g"),
            text: TEXT,
            clause: id("ZTE 1"),
            rules: vec![id("R-001")],
            when: when(),
            needs: Predicate::Done(id("a")),
        }]
    };
    let deadline = |within| Deadline {
        id: id("d"),
        title: TEXT,
        clause: id("ZTE 1"),
        rules: vec![id("R-001")],
        from: Keys(vec![id("a.b.c")]),
        within,
        when: when(),
        until: Predicate::Done(id("a")),
        step: id("a.b"),
        clock: true,
        appointment: true,
    };
    let step = Step {
        id: id("b"),
        level: Level::MustNot,
        title: TEXT,
        help: Some(TEXT),
        clause: id("ZTE 1"),
        rules: vec![id("R-001")],
        when: when(),
        gates: gates(),
        captures: captures(),
        starts: vec![Starts { procedure: id("p"), text: Some(TEXT), when: when() }],
        guidance: vec![Moment::Prepare],
    };
    Procedure {
        schema: 1,
        id: id("p"),
        version: 1,
        family: id("f"),
        title: TEXT,
        summary: TEXT,
        sources: vec![id("ZTE 1")],
        carries: vec![id("S01")],
        repeats: Repeats::Many,
        notice: Some(TEXT),
        forms: vec![id("F-01")],
        papers: Vec::new(),
        stages: vec![Stage {
            id: id("a"),
            title: TEXT,
            summary: Some(TEXT),
            when: when(),
            gates: gates(),
            steps: vec![step],
        }],
        deadlines: within().map(deadline).to_vec(),
        close: gates(),
        outcomes: vec![Outcome { id: id("o"), title: TEXT, when: Predicate::Done(id("a")) }],
    }
}

pub(super) fn form() -> Form {
    let from = || vec![id("a.b.c")];
    let blocks = vec![
        Block::Grid {
            title: Some(TEXT),
            cells: vec![Cell { label: TEXT, from: from(), span: 12, lines: 2, format: Format::Boxes }],
        },
        Block::Table {
            title: TEXT,
            from: id("a.b.c"),
            columns: vec![TableColumn { label: TEXT, column: id("#"), width: 1 }],
            min_lines: 3,
        },
        Block::Checks { title: TEXT, from: from() },
        Block::Verdicts { title: TEXT, from: id("a.b.c") },
        Block::Series { title: TEXT, from: id("a.b.c") },
        Block::Score { title: TEXT, from: id("a.b.c") },
        Block::Text { title: TEXT, from: from(), lines: 9 },
        Block::Note { text: TEXT },
        Block::Photos { title: TEXT, from: from() },
        Block::Deviations { title: TEXT },
        Block::Signatures { slots: vec![SignSlot { label: TEXT, from: Some(id("a.b.c")), seal: true }] },
    ];
    Form {
        schema: 1,
        id: id("F-01"),
        code: Some(id("XM-01")),
        version: 1,
        title: TEXT,
        summary: TEXT,
        sources: vec![id("ZTE 1")],
        keep: TEXT,
        letterhead: from(),
        landscape: true,
        when: when(),
        blocks,
    }
}

pub(super) fn record() -> RecordTemplate {
    RecordTemplate {
        schema: 1,
        id: id("site"),
        version: 1,
        title: TEXT,
        name: id("c"),
        detail: Some(id("c")),
        fields: captures(),
    }
}

pub(super) fn sample() -> Sample {
    let values = [
        ("text", SampleValue::Text(TEXT)),
        ("ref", SampleValue::Ref(id("k"))),
        ("hours", SampleValue::InHours(-2)),
        ("number", SampleValue::Number(2.5)),
        ("plain", SampleValue::Plain(id("x"))),
    ];
    let record = SampleRecord {
        key: id("k"),
        kind: id("site"),
        values: BTreeMap::from(values.map(|(name, value)| (id(name), value))),
    };
    Sample { schema: 1, records: vec![record] }
}

pub(super) fn holidays() -> HolidayFile {
    let run = |kind| HolidayRun { from: id("2026-10-01"), to: Some(id("2026-10-07")), kind, name: TEXT };
    HolidayFile { schema: 1, days: [DayKind::Holiday, DayKind::Working].map(run).to_vec() }
}

pub(super) fn chapter() -> Chapter {
    let clause = || id("ZTE 1");
    Chapter {
        schema: 1,
        id: id("c"),
        order: 1,
        title: TEXT,
        entries: vec![Entry {
            id: id("e"),
            title: TEXT,
            text: TEXT,
            level: Bound::MustNot,
            moments: Moment::ALL.to_vec(),
            places: Place::ALL.to_vec(),
            uses: vec![Use::SelfCheck, Use::Briefing, Use::Observe],
            works: vec![id("fault")],
            profiles: vec![id("d")],
            identity: Some(id("own")),
            clause: clause(),
            carries: vec![id("E.1-1")],
        }],
        dresses: vec![Dress {
            id: id("d"),
            title: TEXT,
            text: TEXT,
            places: vec![Place::Counter],
            default: true,
            clause: clause(),
        }],
        identities: vec![Identity { id: id("own"), title: TEXT, text: TEXT, default: true, clause: clause() }],
        categories: vec![Category { id: id("k"), say: Say::Avoid, title: TEXT, text: TEXT }],
        phrases: vec![Phrase {
            id: id("p"),
            category: id("k"),
            words: id("x"),
            meaning: id("x"),
            moments: vec![Moment::Sign],
            instead: Some(TEXT),
            finds: Some(vec![id("x")]),
            except: vec![id("xx")],
            clause: clause(),
        }],
    }
}
