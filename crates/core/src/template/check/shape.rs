//! What a procedure must be like by itself: nothing empty, ids that can stand in a key, numbers and lists within their
//! limits. A content file is checked for the same by its shape, with the place of every letter; here it is what was
//! typed into the editor, or came in as a file.

use super::spot::{Problems, Spot};
use crate::template::{
    Capture, CaptureKind, Choice, Column, ColumnKind, Gate, Operand, Predicate, Procedure, SCHEMA, Stage, Step,
};
use crate::text::Text;
use crate::time::parse_clock;

/// Most stages, steps and captures of one procedure, and most characters of one text: far more than anybody can work
/// through on a phone.
pub const STAGES: usize = 60;
/// Most steps of one procedure.
pub const STEPS: usize = 1_000;
/// Most captures of one step, and most items, options or columns of one capture.
pub const PARTS: usize = 200;
/// Most characters of one text.
pub const LETTERS: usize = 2_000;
/// Most characters of an id.
pub const ID: usize = 60;
/// Most conditions inside each other.
pub const DEEP: usize = 8;

/// `[a-z][a-z0-9-]*`, not too long.
pub fn is_id(word: &str) -> bool {
    word.len() <= ID
        && word.starts_with(|first: char| first.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// `stage`, `stage.step`, `stage.step.capture` or `namespace.field`.
pub fn is_key(word: &str) -> bool {
    word.split('.').all(is_id)
}

/// Checks a procedure for what it must be like by itself.
pub fn shape(at: &Spot, procedure: &Procedure, problems: &mut Problems) {
    if procedure.schema != SCHEMA {
        let words = Text::of("语言版本是 {0}", "unknown schema version {0}");
        problems
            .at(&at.at("schema"), words.with(&[&procedure.schema.to_string()]))
            .why(Text::of("这个应用认识版本 {0}", "this build reads version {0}").with(&[&SCHEMA.to_string()]));
    }
    id(&at.at("id"), &procedure.id, problems);
    id(&at.at("family"), &procedure.family, problems);
    text(&at.at("title"), &procedure.title, problems);
    text(&at.at("summary"), &procedure.summary, problems);
    procedure.notice.iter().for_each(|notice| text(&at.at("notice"), notice, problems));
    if procedure.sources.iter().all(|source| source.trim().is_empty()) {
        problems.at(&at.at("sources"), Text::of("没有写依据", "it names no document that it comes from"));
    }
    count(&at.at("stage"), procedure.stages.len(), (1, STAGES), problems);
    let steps: usize = procedure.stages.iter().map(|stage| stage.steps.len()).sum();
    if steps > STEPS {
        count(&at.at("stage"), steps, (1, STEPS), problems);
        return;
    }
    for (n, one) in procedure.stages.iter().enumerate() {
        stage(&at.item("stage", n), one, problems);
    }
    gates(at, "close", &procedure.close, problems);
    for (n, deadline) in procedure.deadlines.iter().enumerate() {
        let at = at.item("deadline", n);
        id(&at.at("id"), &deadline.id, problems);
        text(&at.at("title"), &deadline.title, problems);
        words(&at.at("clause"), &deadline.clause, problems);
        deep(&at.at("until"), &deadline.until, problems);
        deadline.when.iter().for_each(|when| deep(&at.at("when"), when, problems));
        operand(&at.at("within"), deadline.within.amount(), problems);
    }
    for (n, outcome) in procedure.outcomes.iter().enumerate() {
        let at = at.item("outcome", n);
        id(&at.at("id"), &outcome.id, problems);
        text(&at.at("title"), &outcome.title, problems);
        deep(&at.at("when"), &outcome.when, problems);
    }
}

fn stage(at: &Spot, stage: &Stage, problems: &mut Problems) {
    id(&at.at("id"), &stage.id, problems);
    text(&at.at("title"), &stage.title, problems);
    stage.summary.iter().for_each(|summary| text(&at.at("summary"), summary, problems));
    stage.when.iter().for_each(|when| deep(&at.at("when"), when, problems));
    gates(at, "gate", &stage.gates, problems);
    if stage.steps.is_empty() {
        problems
            .at(&at.at("step"), Text::of("这个阶段没有步骤", "the stage has no steps"))
            .hint(Text::of("加一步，或删除这个阶段", "add one, or delete the stage"));
    }
    for (n, one) in stage.steps.iter().enumerate() {
        step(&at.item("step", n), one, problems);
    }
}

fn step(at: &Spot, step: &Step, problems: &mut Problems) {
    id(&at.at("id"), &step.id, problems);
    text(&at.at("title"), &step.title, problems);
    step.help.iter().for_each(|help| text(&at.at("help"), help, problems));
    words(&at.at("clause"), &step.clause, problems);
    step.when.iter().for_each(|when| deep(&at.at("when"), when, problems));
    gates(at, "gate", &step.gates, problems);
    count(&at.at("capture"), step.captures.len(), (1, PARTS), problems);
    for (n, one) in step.captures.iter().take(PARTS).enumerate() {
        capture(&at.item("capture", n), one, problems);
    }
    for (n, starts) in step.starts.iter().enumerate() {
        let at = at.item("starts", n);
        id(&at.at("procedure"), &starts.procedure, problems);
        starts.text.iter().for_each(|words| text(&at.at("text"), words, problems));
        starts.when.iter().for_each(|when| deep(&at.at("when"), when, problems));
    }
}

fn gates(at: &Spot, name: &'static str, gates: &[Gate], problems: &mut Problems) {
    for (n, gate) in gates.iter().enumerate() {
        let at = at.item(name, n);
        id(&at.at("id"), &gate.id, problems);
        text(&at.at("text"), &gate.text, problems);
        words(&at.at("clause"), &gate.clause, problems);
        deep(&at.at("needs"), &gate.needs, problems);
        gate.when.iter().for_each(|when| deep(&at.at("when"), when, problems));
    }
}

fn capture(at: &Spot, capture: &Capture, problems: &mut Problems) {
    id(&at.at("id"), &capture.id, problems);
    text(&at.at("label"), &capture.label, problems);
    capture.hint.iter().for_each(|hint| text(&at.at("hint"), hint, problems));
    capture.when.iter().for_each(|when| deep(&at.at("when"), when, problems));
    let mut items = |count_of: usize, least: usize| count(&at.at("items"), count_of, (least, PARTS), problems);
    match &capture.kind {
        CaptureKind::Choice { options } => choices(at, options, problems),
        CaptureKind::Checklist { items: list } => {
            items(list.len(), 1);
            for (n, item) in list.iter().take(PARTS).enumerate() {
                id(&at.item("items", n).at("id"), &item.id, problems);
                text(&at.item("items", n).at("text"), &item.text, problems);
            }
        }
        CaptureKind::Verdicts { items: list, .. } => {
            items(list.len(), 1);
            for (n, item) in list.iter().take(PARTS).enumerate() {
                id(&at.item("items", n).at("id"), &item.id, problems);
                text(&at.item("items", n).at("text"), &item.text, problems);
                item.standard.iter().for_each(|words| text(&at.item("items", n).at("standard"), words, problems));
            }
        }
        CaptureKind::Score { items: list, .. } => {
            items(list.len(), 1);
            for (n, item) in list.iter().take(PARTS).enumerate() {
                id(&at.item("items", n).at("id"), &item.id, problems);
                text(&at.item("items", n).at("text"), &item.text, problems);
            }
        }
        CaptureKind::Table { columns: list, .. } | CaptureKind::Series { columns: list, .. } => {
            count(&at.at("columns"), list.len(), (1, PARTS), problems);
            columns(at, list, problems);
        }
        CaptureKind::Signature { role, .. } => text(&at.at("role"), role, problems),
        CaptureKind::Rating { of } if !(2..=10).contains(of) => {
            let words = Text::of("{0} 颗星", "{0} stars").with(&[&of.to_string()]);
            problems.at(&at.at("of"), words).why(Text::of("要在 2 到 10 之间", "it must be between 2 and 10"));
        }
        CaptureKind::Text { max: 0, .. } => {
            let words = Text::of("一个字也填不进", "not one character would fit");
            problems.at(&at.at("max"), words).why(Text::of("最多字数至少是 1", "it must be at least 1"));
        }
        CaptureKind::Photo { max: 0, .. } => {
            let words = Text::of("一张照片也放不进", "not one photo would fit");
            problems.at(&at.at("max"), words).why(Text::of("最多张数至少是 1", "it must be at least 1"));
        }
        _ => {}
    }
}

fn columns(at: &Spot, list: &[Column], problems: &mut Problems) {
    for (n, column) in list.iter().take(PARTS).enumerate() {
        let at = at.item("columns", n);
        id(&at.at("id"), &column.id, problems);
        text(&at.at("label"), &column.label, problems);
        if let ColumnKind::Choice { options } = &column.kind {
            choices(&at, options, problems);
        }
    }
}

fn choices(at: &Spot, options: &[Choice], problems: &mut Problems) {
    count(&at.at("options"), options.len(), (2, PARTS), problems);
    for (n, option) in options.iter().take(PARTS).enumerate() {
        id(&at.item("options", n).at("id"), &option.id, problems);
        text(&at.item("options", n).at("text"), &option.text, problems);
    }
}

fn id(at: &Spot, word: &str, problems: &mut Problems) {
    if !is_id(word) {
        let shown: String = word.chars().take(40).collect();
        problems.at(at, Text::of("编号“{0}”不合规则", "'{0}' is not an id").with(&[&shown])).why(Text::of(
            "编号用 a-z、0-9 和“-”，以字母开头，最多 60 个字符",
            "an id is made of a-z, 0-9 and '-', begins with a letter and has at most 60 characters",
        ));
    }
}

fn text(at: &Spot, text: &Text, problems: &mut Problems) {
    for (lang, empty, long) in [
        (
            &text.zh,
            Text::of("中文没有填", "the Chinese text is empty"),
            Text::of("中文太长", "the Chinese text is too long"),
        ),
        (
            &text.en,
            Text::of("英文没有填", "the English text is empty"),
            Text::of("英文太长", "the English text is too long"),
        ),
    ] {
        if lang.trim().is_empty() {
            problems.at(at, empty);
        } else if lang.chars().count() > LETTERS {
            let why = Text::of("最多 {0} 字", "at most {0} characters").with(&[&LETTERS.to_string()]);
            problems.at(at, long).why(why);
        }
    }
}

fn words(at: &Spot, words: &str, problems: &mut Problems) {
    if words.trim().is_empty() {
        problems
            .at(at, Text::of("没有写依据条款", "the clause is missing"))
            .hint(Text::of("公司自己定的写 (I)", "write (I) for what the company decided itself"));
    } else if words.chars().count() > LETTERS {
        problems.at(at, Text::of("条款太长", "the clause is too long"));
    }
}

fn count(at: &Spot, is: usize, (least, most): (usize, usize), problems: &mut Problems) {
    if is < least {
        let words = match is {
            0 => Text::of("这里还空着", "the list is empty"),
            _ => Text::of("只有 {0} 个", "the list has only {0}").with(&[&is.to_string()]),
        };
        let why = Text::of("至少要有 {0} 个", "at least {0} must be in it").with(&[&least.to_string()]);
        problems.at(at, words).why(why);
    } else if is > most {
        let words = Text::of("有 {0} 个，太多了", "there are {0}, which is too many").with(&[&is.to_string()]);
        problems.at(at, words).why(Text::of("最多 {0} 个", "at most {0}").with(&[&most.to_string()]));
    }
}

fn operand(at: &Spot, amount: &Operand, problems: &mut Problems) {
    if let Operand::Number(number) = amount
        && !(0.0..=100_000.0).contains(number)
    {
        let words = Text::of("{0} 不合理", "{0} is out of range").with(&[&number.to_string()]);
        problems.at(at, words).why(Text::of("要在 0 到 100000 之间", "it must be between 0 and 100000"));
    }
}

/// Conditions inside conditions, and times of day.
fn deep(at: &Spot, predicate: &Predicate, problems: &mut Problems) {
    if depth(predicate) > DEEP {
        let why = Text::of("最多套 {0} 层", "at most {0} levels").with(&[&DEEP.to_string()]);
        problems.at(at, Text::of("条件套得太深", "the condition is nested too deeply")).why(why);
    }
    if empty(predicate) {
        problems.at(at, Text::of("条件还没选好", "the condition is not chosen yet"));
    }
    clocks(at, predicate, problems);
}

fn depth(predicate: &Predicate) -> usize {
    match predicate {
        Predicate::All(parts) | Predicate::Any(parts) => 1 + parts.iter().map(depth).max().unwrap_or(0),
        Predicate::Not(part) => 1 + depth(part),
        _ => 1,
    }
}

fn empty(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::All(parts) | Predicate::Any(parts) => parts.is_empty() || parts.iter().any(empty),
        Predicate::Not(part) => empty(part),
        Predicate::OneOf { values, .. } => values.is_empty(),
        Predicate::Rows { at_least, .. } => *at_least == 0,
        _ => false,
    }
}

fn clocks(at: &Spot, predicate: &Predicate, problems: &mut Problems) {
    match predicate {
        Predicate::InsideWindow { from, to, .. } => {
            for clock in [from, to].into_iter().flatten().filter(|clock| parse_clock(clock).is_none()) {
                let shown: String = clock.chars().take(20).collect();
                problems
                    .at(at, Text::of("“{0}”不是钟点", "'{0}' is not a time of day").with(&[&shown]))
                    .why(Text::of("写成 HH:MM", "it is written HH:MM"));
            }
        }
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().for_each(|part| clocks(at, part, problems)),
        Predicate::Not(part) => clocks(at, part, problems),
        _ => {}
    }
}
