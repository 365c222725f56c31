//! Figures of many visits, counted from their records.

use super::procedure::{Visit, minutes, now, procedure_json};
use serde_json::json;
use sitebook_core::template::Procedure;
use sitebook_core::time::Stamp;
use sitebook_core::work::{Command, Figures, Kept, load};

/// Arrived at noon; the report is due in thirty minutes and made after so many, if at all.
fn visit(done: Option<i64>) -> Visit {
    let mut visit = Visit::signed();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.tick("enter.checks.list.esd").unwrap();
    if let Some(done) = done {
        visit.now = minutes(done);
        visit.tick("operate.do.done").unwrap();
    }
    visit
}

fn figures(visits: &[Visit], at: Stamp) -> Figures {
    let mut figures = Figures::default();
    for visit in visits {
        visit.ask(|scope| figures.add(scope, at.at));
    }
    figures
}

#[test]
fn a_deadline_is_kept_missed_or_running_by_when_its_step_was_done() {
    let visits = [visit(Some(20)), visit(Some(31)), visit(None), Visit::signed()];
    let early = figures(&visits, minutes(29));
    assert_eq!(early.total(), Kept { kept: 1, missed: 1, running: 1 }, "one has not begun to run");
    let late = figures(&visits, minutes(31));
    assert_eq!(late.total(), Kept { kept: 1, missed: 2, running: 0 });
    assert_eq!(late.deadlines["report"].0.en, "Report");
}

#[test]
fn a_void_visit_counts_nowhere() {
    let mut void = visit(Some(40));
    void.run(&Command::Void { reason: "试验".to_owned() }).unwrap();
    let figures = figures(&[void], minutes(60));
    assert_eq!((figures.visits, figures.total()), (0, Kept::default()));
}

#[test]
fn time_on_site_runs_from_the_arrival_to_the_last_leaving() {
    let mut json = procedure_json();
    json["stage"].as_array_mut().unwrap().extend([
        json!({ "id": "arrive", "title": { "zh": "到", "en": "Arrive" }, "step": [{ "id": "arrival", "level": "must",
            "title": { "zh": "到", "en": "Arrive" }, "clause": "T 1",
            "capture": [{ "id": "at", "label": { "zh": "到", "en": "At" }, "kind": { "stamp": {} } }] }] }),
        json!({ "id": "out", "title": { "zh": "走", "en": "Leave" }, "step": [{ "id": "door", "level": "must",
            "title": { "zh": "走", "en": "Leave" }, "clause": "T 1",
            "capture": [{ "id": "at", "label": { "zh": "走", "en": "At" },
                "kind": { "stamp": { "not-before": "arrive.arrival.at" } } }] }] }),
    ]);
    assert!(serde_json::from_value::<Procedure>(json.clone()).is_ok());
    let stayed = |left: Option<i64>| {
        let mut visit = Visit::of(&json);
        visit.stamp("arrive.arrival.at", now()).unwrap();
        if let Some(left) = left {
            visit.now = minutes(left);
            visit.stamp("out.door.at", minutes(left)).unwrap();
        }
        visit
    };
    let figures = figures(&[stayed(Some(59)), stayed(Some(60)), stayed(Some(2000)), stayed(None)], minutes(3000));
    assert_eq!(figures.on_site, [59, 60, 2000]);
    assert_eq!(figures.median_on_site(), Some(60));
    let counts: Vec<usize> = figures.spans().iter().map(|span| span.count).collect();
    assert_eq!(counts, [1, 1, 0, 0, 0, 1]);
}

#[test]
fn the_load_of_days_is_counted_where_the_engineer_is() {
    // Noon in China: midnight is twelve hours away.
    let at = [-13 * 60, -12 * 60, 0, 11 * 60 + 59, 12 * 60, 3 * 1440].map(|after| minutes(after).at);
    let (before, days) = load(at, now(), 3);
    assert_eq!(before, 1);
    let days: Vec<(String, usize)> = days.iter().map(|(day, count)| (day.date(), *count)).collect();
    assert_eq!(days, [("2026-11-21".to_owned(), 3), ("2026-11-22".to_owned(), 1), ("2026-11-23".to_owned(), 0)]);
}

#[test]
fn a_fault_that_was_visited_twice_is_one_fault_and_two_visits() {
    let mut figures = Figures::default();
    for _ in 0..2 {
        let visit = visit(Some(1)).with_order("fault");
        visit.ask(|scope| figures.add(scope, minutes(60).at));
    }
    assert_eq!(figures.works["fault"], 2);
    assert!(figures.severities.is_empty(), "nobody said how severe it is");
}
