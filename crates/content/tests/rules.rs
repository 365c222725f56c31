//! Every rule test of `tests/rules` over the content of this repository, and the runner's own words for mistakes.
#![allow(clippy::expect_used, reason = "a fixture that cannot be read must fail loudly")]

use sitebook_content::{Content, RuleFile, load, read_rules, run_rules};
use std::path::Path;
use std::sync::OnceLock;

fn content() -> &'static Content {
    static CONTENT: OnceLock<Content> = OnceLock::new();
    CONTENT.get_or_init(|| {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
        load(&dir).unwrap_or_else(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            unreachable!("content/ has problems:\n{}", lines.join("\n"))
        })
    })
}

#[test]
fn every_rule_speaks_where_it_must_and_keeps_quiet_where_it_may() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let files = read_rules(&dir).expect("the rule tests");
    let verdict = run_rules(content(), &files);
    let faults: Vec<String> = verdict.faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(verdict.cases >= files.len() * 2, "a rule needs a case that fires and one that keeps quiet");
}

/// What the runner says about one case, written as the lines of its table, in a file of R-006.
fn said(case: &str) -> String {
    let text = format!("rule = \"R-006\"\nprocedure = \"field-visit\"\n[[case]]\nname = \"x\"\n{case}\n");
    said_of(&text)
}

fn said_of(text: &str) -> String {
    let file = RuleFile { name: "R-006.toml".to_owned(), text: text.to_owned() };
    let faults = run_rules(content(), &[file]).faults;
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Every mistake with a part of what must be said about it.
const MISTAKES: [(&str, &str); 30] = [
    ("fires = []", "it looks at nothing"),
    (
        "procedure = \"field-visti\"\nfires = [\"due x\"]",
        "there is no procedure 'field-visti'; did you mean 'field-visit'?",
    ),
    ("fires = [\"gate operate.start bakup\"]", "no gate in front of operate.start 'bakup'; did you mean 'backup'?"),
    ("fires = [\"gate operate.strat backup\"]", "there is no step 'operate.strat'; did you mean 'operate.start'?"),
    ("fires = [\"gate operat x\"]", "there is no stage 'operat'; did you mean 'operate'?"),
    ("fires = [\"close data-lok\"]", "there is no gate in front of closing 'data-lok'; did you mean 'data-log'?"),
    ("fires = [\"due fileing\"]", "there is no deadline 'fileing'"),
    ("fires = [\"form F-99\"]", "there is no form of this procedure 'F-99'"),
    ("fires = [\"outcome nothing\"]", "there is no outcome 'nothing'"),
    ("fires = [\"start nothing\"]", "there is no step that starts 'nothing'"),
    ("fires = [\"gates operate.start backup\"]", "is not understood: write one of gate <stage> <gate>"),
    ("fires = [\"missing backup.made\"]", "must speak, but keeps quiet: the step does not belong to this run"),
    (
        "fires = [\"missing backup.made\"]\nset = { \"backup.made.chekced\" = true }",
        "no field 'backup.made.chekced'; did you mean 'backup.made.checked'?",
    ),
    ("fires = [\"missing backup.made\"]\nset = { \"backup.made\" = \"all\" }", "is a step: set its fields"),
    (
        "fires = [\"missing backup.made\"]\nset = { \"apply.need.operate\" = \"yse\" }",
        "has no answer 'yse'; did you mean 'yes'?",
    ),
    (
        "fires = [\"missing backup.made\"]\nset = { \"backup.made.at\" = \"yesterday\" }",
        "write it as \"2026-11-25T05:00\"",
    ),
    (
        "fires = [\"missing backup.made\"]\nset = { \"backup.made.checked\" = \"yes\" }",
        "wants true or false, not \"yes\"",
    ),
    ("fires = [\"missing backup.made\"]\nset = { \"backup.made.what\" = 5 }", "wants words, not 5"),
    ("fires = [\"missing backup.made\"]\nset = { \"apply.sign.sign\" = \"all\" }", "is a signature: name it in signed"),
    ("fires = [\"missing backup.made\"]\nset = { \"operate.data.list\" = 1 }", "has rows: write them in rows"),
    (
        "fires = [\"missing backup.made\"]\nrows = { \"operate.data.list\" = [ { objekt = \"x\" } ] }",
        "has no column 'objekt'; did you mean 'object'?",
    ),
    ("fires = [\"missing backup.made\"]\nrows = { \"backup.made.what\" = 2 }", "has no rows: write it in 'set'"),
    ("fires = [\"missing backup.made\"]\nsigned = [\"backup.made.what\"]", "is no signature: write it in 'set'"),
    (
        "fires = [\"missing backup.made\"]\ndone = [\"bakcup\"]",
        "'done' knows no step or stage 'bakcup'; did you mean 'backup'?",
    ),
    (
        "fires = [\"missing backup.made\"]\naround = { \"ordr.kind\" = \"fault\" }",
        "'around' knows no 'ordr.kind'; did you mean 'order'?",
    ),
    (
        "fires = [\"missing backup.made\"]\naround = { \"order.knid\" = \"fault\" }",
        "has no field 'knid'; did you mean 'kind'?",
    ),
    ("fires = [\"missing backup.made\"]\nlimits = { nothing = 5 }", "there is no limit 'nothing'"),
    ("fires = [\"missing backup.made\"]\noutcomes = [\"field-visit\"]", "an outcome is written 'procedure:outcome'"),
    ("fires = [\"missing backup.made\"]\noutcomes = [\"field-visit:nothing\"]", "field-visit has no outcome 'nothing'"),
    ("fires = [\"missing backup.made\"]\nnow = \"soon\"", "now is a moment"),
];

#[test]
fn every_mistake_in_a_case_is_said_with_its_place_and_what_to_do() {
    for (case, words) in MISTAKES {
        let said = said(case);
        assert!(said.contains(words), "{case}\nmust say: {words}\nsaid: {said}");
        assert!(said.starts_with("R-006.toml: case \"x\": "), "{said}");
    }
}

#[test]
fn a_late_deadline_needs_a_clock() {
    let first = &content().procedures.iter().find(|one| one.id == "field-visit").expect("the visit").deadlines[0].id;
    let said = said(&format!("fires = [\"overdue {first}\"]"));
    assert!(said.contains("needs to know what the clock shows"), "{said}");
}

#[test]
fn a_rule_is_shown_only_when_the_same_gate_fires_and_keeps_quiet_and_carries_it() {
    let fires = "set = { \"apply.need.operate\" = \"yes\" }\nfires = [\"gate operate.start backup\"]";
    assert!(said(fires).contains("a case with quiet = [\"gate operate.start backup\"] is missing"));
    let quiet = "quiet = [\"gate operate.start backup\"]";
    assert!(said(quiet).contains("a case with fires = [\"gate operate.start backup\"] is missing"));
    let both = format!("{fires}\n[[case]]\nname = \"y\"\n{quiet}");
    assert_eq!(said(&both), "");
    let other = "[[case]]\nname = \"x\"\nset = { \"apply.need.operate\" = \"yes\" }\nfires = [\"gate operate.start \
                 backup\"]\n[[case]]\nname = \"y\"\nquiet = [\"gate operate.start backup\"]";
    let stranger = format!("rule = \"R-008\"\nprocedure = \"field-visit\"\n{other}");
    let said = said_of(&stranger);
    assert!(said.contains("does not say that it carries R-008: add rules = [\"R-008\"]"), "{said}");
    assert!(said.contains("call it 'R-008.toml'"), "{said}");
}

#[test]
fn a_file_that_cannot_be_read_or_has_no_case_says_so() {
    assert!(said_of("rule = ").contains("cannot be read"));
    assert!(said_of("rule = \"R-006\"\nprocedur = \"x\"").contains("unknown field `procedur`"));
    assert!(said_of("rule = \"R-006\"").contains("there is no [[case]]"));
    assert!(said_of("rule = \"R-006\"\n[[case]]\nname = \"x\"\nfires = [\"due x\"]").contains("which procedure?"));
}
