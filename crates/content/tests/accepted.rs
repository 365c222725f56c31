//! What the checker must let pass: the good fixture, things that look like mistakes and are none, and the content
//! of this repository.
#![allow(clippy::expect_used, reason = "a fixture that cannot be read must fail loudly")]

mod support;

use sitebook_content::{Counts, Problem, load, load_sources};
use std::fs;
use std::path::Path;
use support::{overlaid, tests_dir};

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    lines.join("\n")
}

#[test]
fn the_good_fixture_is_accepted_from_disk() {
    let loaded = load(&tests_dir().join("good"));
    let content = loaded.unwrap_or_else(|problems| unreachable!("{}", lines(&problems)));
    let counts = Counts { procedures: 1, stages: 5, steps: 9, gates: 3, forms: 1, records: 3, entries: 2, phrases: 2 };
    assert_eq!(content.counts(), counts);
    assert_eq!(content.cited.len(), 2);
    assert_eq!(content.sample.records.len(), 3);
}

#[test]
fn what_only_looks_like_a_mistake_is_accepted() {
    let mut tried = 0;
    for entry in fs::read_dir(tests_dir().join("accepted")).expect("the accepted fixtures") {
        let path = entry.expect("an entry").path();
        let overlay = fs::read_to_string(&path).expect("a fixture");
        if let Err(problems) = load_sources(&overlaid(&overlay)) {
            unreachable!("{}:\n{}", path.display(), lines(&problems));
        }
        tried += 1;
    }
    assert!(tried > 0, "the fixtures are lost");
}

#[test]
fn a_folder_with_nothing_in_it_is_content_without_procedures() {
    let empty = overlaid("");
    let empty = sitebook_content::Sources { files: Vec::new(), ..empty };
    let content = load_sources(&empty).unwrap_or_else(|problems| unreachable!("{}", lines(&problems)));
    assert!(content.procedures.is_empty() && content.sample.records.is_empty());
}

#[test]
fn a_folder_that_is_not_there_is_a_problem_not_a_crash() {
    let problems = load(Path::new("no/such/folder")).expect_err("nothing can be read");
    assert!(problems[0].to_string().starts_with("no/such/folder:1:1: cannot be read"));
}

#[test]
fn the_content_of_this_repository_is_valid() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let content = load(&dir).unwrap_or_else(|problems| unreachable!("{}", lines(&problems)));
    assert!(!content.procedures.is_empty(), "there is nothing to ship");
}

#[test]
fn a_shared_stage_speaks_in_the_name_under_which_it_is_used() {
    let content = load_sources(&overlaid("")).expect("the good fixture");
    let [procedure] = content.procedures.as_slice() else { unreachable!("one procedure") };
    let when = |stage: &str| {
        let step = procedure.step(&format!("{stage}.out"));
        serde_json::to_string(&step.and_then(|step| step.when.clone())).expect("JSON")
    };
    assert!(when("room").contains("\"room.things.list\""));
    assert!(when("store").contains("\"store.things.list\""));
}

#[test]
fn a_step_without_captures_gets_a_tick_that_fits_its_level() {
    let content = load_sources(&overlaid("")).expect("the good fixture");
    let label = |path: &str| {
        let step = content.procedures[0].step(path);
        let captures = step.map(|step| step.captures.as_slice()).unwrap_or_default();
        let [tick] = captures else { unreachable!("{path} has {} captures", captures.len()) };
        assert_eq!(tick.id, "done");
        assert!(tick.required);
        tick.label.en.clone()
    };
    let plain = overlaid(
        "#- procedures/plain.toml
schema = 1
id = \"plain\"
version = 1
family = \"support\"
title = { zh = \"试验\", en = \"Trial\" }
summary = { zh = \"只为检查。\", en = \"Only for the check.\" }
sources = [\"ZTE 6\"]
[[stage]]
id = \"one\"
title = { zh = \"第一段\", en = \"Stage one\" }
[[stage.step]]
id = \"go\"
level = \"must\"
title = { zh = \"做事\", en = \"Do it\" }
clause = \"ZTE 6\"
",
    );
    let both = load_sources(&plain).expect("a plain procedure");
    let plain = both.procedures.iter().find(|one| one.id == "plain");
    let tick = plain.and_then(|plain| plain.capture("one.go.done"));
    assert_eq!(tick.map(|tick| tick.label.en.as_ref()), Some("Done"));
    assert_eq!(label("arrive.alone"), "Confirmed: not done");
}
