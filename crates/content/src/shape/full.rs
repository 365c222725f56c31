//! One document of each kind with every field filled, for the tests of the table of keys. The literals name every
//! field, so a new field of the core does not compile here until somebody has thought about its key.

use sitebook_core::template::{
    Block, Capture, CaptureKind, Cell, Choice, Column, ColumnKind, Compare, CompareOp, Deadline, Form, Format, Gate,
    Item, Level, Operand, Predicate, Preset, Procedure, RecordTemplate, Sample, SampleRecord, SampleValue, Side,
    SignSlot, Stage, Step, TableColumn, Within,
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
        Predicate::Later { moment: key(), than: key(), minutes: 5 },
        Predicate::InsideWindow { moment: key(), from: id("20:00"), to: id("06:00") },
        Predicate::Rows { table: key(), at_least: 1 },
        Predicate::Tallied(key()),
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
        CaptureKind::Text { max: 9, long: true, phrases: vec![TEXT] },
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
        CaptureKind::Table { columns: columns(), min_rows: 1, presets: vec![Preset { text: TEXT, when: when() }] },
        CaptureKind::Tally { of: id("a.b.c") },
        CaptureKind::Ref { to: id("site"), within: Some(id("customer")) },
    ];
    let capture = |kind| Capture {
        id: id("c"),
        label: TEXT,
        hint: Some(TEXT),
        required: false,
        when: when(),
        suggest: Some(id("a.b.c")),
        kind,
    };
    kinds.into_iter().map(capture).collect()
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
        from: id("a.b.c"),
        within,
        when: when(),
        until: Predicate::Done(id("a")),
        step: id("a.b"),
        clock: true,
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
        forms: vec![id("F-01")],
        stages: vec![Stage {
            id: id("a"),
            title: TEXT,
            summary: Some(TEXT),
            when: when(),
            gates: gates(),
            steps: vec![step],
        }],
        deadlines: [Within::Minutes(0), Within::Hours(1), Within::Days(2)].map(deadline).to_vec(),
        close: gates(),
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
        Block::Note { text: TEXT },
        Block::Photos { title: TEXT, from: from() },
        Block::Deviations { title: TEXT },
        Block::Signatures { slots: vec![SignSlot { label: TEXT, from: Some(id("a.b.c")), seal: true }] },
    ];
    Form {
        schema: 1,
        id: id("F-01"),
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
