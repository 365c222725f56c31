//! A run in one look: how far it is, and its steps as somebody looks for them.

use super::procedure::{Visit, now};
use sitebook_core::search::Query;
use sitebook_core::work::{Overview, Run, StepState, Wanted, step_lines};

fn of(visit: &Visit) -> Overview {
    visit.ask(|scope| Overview::of(&Run::new(scope).stages()))
}

/// The paths of the steps that are listed.
fn listed(visit: &Visit, typed: &str, open: bool) -> Vec<String> {
    let wanted = Wanted { query: Query::parse(typed), open };
    let lines = visit.ask(|scope| step_lines(scope, &wanted));
    lines.into_iter().flat_map(|(_, lines)| lines).map(|line| line.path).collect()
}

#[test]
fn an_overview_counts_binding_steps_of_all_stages() {
    let mut visit = Visit::begin();
    let before = of(&visit);
    assert_eq!((before.done, before.missing(), before.percent()), (0, before.total, 0));
    visit.text("before.apply.reason", "掉话").unwrap();
    visit.sign("王主任").unwrap();
    let after = of(&visit);
    assert_eq!((after.done, after.total), (1, before.total));
    assert_eq!(after.percent(), u32::try_from(100 / before.total).unwrap());
    assert_eq!(Overview::default().percent(), 100, "a run without binding steps");
}

#[test]
fn steps_are_found_by_titles_labels_items_and_clauses_in_both_languages() {
    let visit = Visit::begin();
    for typed in ["checks", "Wrist strap", "ｗｒｉｓｔ on", "checks（中", "Enter checks"] {
        assert_eq!(listed(&visit, typed, false), ["enter.checks"], "{typed}");
    }
    assert_eq!(listed(&visit, "T 3", false), ["enter.measure"]);
    assert_eq!(listed(&visit, "no such step", false), [""; 0]);
    assert_eq!(listed(&visit, " ", false).len(), 8, "all of them");
}

#[test]
fn what_is_done_or_does_not_bind_is_not_among_the_open_ones() {
    let mut visit = Visit::signed();
    assert!(!listed(&visit, "", true).contains(&"enter.measure".to_owned()), "a step that should be done");
    assert!(listed(&visit, "", true).contains(&"enter.arrive".to_owned()));
    visit.stamp("enter.arrive.at", now()).unwrap();
    assert!(!listed(&visit, "", true).contains(&"enter.arrive".to_owned()));
    let lines = visit.ask(|scope| step_lines(scope, &Wanted::default()));
    let (stage, lines) = &lines[1];
    assert_eq!(stage.en, "Enter");
    assert_eq!((lines[0].state, lines[0].blocks), (StepState::Done, false));
    assert_eq!((lines[1].state, lines[1].blocks), (StepState::Open, true));
}
