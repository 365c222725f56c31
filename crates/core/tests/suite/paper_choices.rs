//! Choices on paper: boxes for a few answers; of many only the chosen one, and on a blank paper a line to write on with
//! the answers in small type.

use super::language::{field, run_of, t, word};
use super::procedure::Visit;
use serde_json::{Value as Json, json};
use sitebook_core::print::{BlockView, CellView, FormView, blank, resolve};
use sitebook_core::template::Form;
use sitebook_core::text::Lang;

fn choice(count: usize) -> Json {
    let option = |n: usize| json!({ "id": format!("o{n}"), "text": t(&format!("Answer {n}")) });
    json!({ "choice": { "options": (1..=count).map(option).collect::<Vec<_>>() } })
}

fn visit() -> Visit {
    run_of(json!([field("few", choice(6)), field("many", choice(7)), field("tick", json!("check"))]), json!({}))
}

/// One cell for each: the six as boxes, the seven as boxes, the seven plainly, the seven beside a tick.
fn form() -> Form {
    let cell = |from: Json, format: &str| json!({ "label": t("x"), "from": from, "format": format });
    let cells = [
        cell(json!(["s.a.few"]), "boxes"),
        cell(json!(["s.a.many"]), "boxes"),
        cell(json!(["s.a.many"]), "plain"),
        cell(json!(["s.a.many", "s.a.tick"]), "boxes"),
    ];
    let form = json!({ "schema": 1, "id": "F-1", "version": 1, "title": t("F"), "summary": t("-"), "sources": ["T"],
        "keep": t("-"), "block": [{ "grid": { "cells": cells } }] });
    serde_json::from_value(form).unwrap()
}

fn cells(view: &FormView) -> Vec<CellView> {
    let rows = view.blocks.iter().flat_map(|block| match block {
        BlockView::Grid { rows, .. } => rows.concat(),
        _ => Vec::new(),
    });
    rows.collect()
}

fn values(view: &FormView) -> Vec<String> {
    cells(view).into_iter().map(|cell| cell.value).collect()
}

#[test]
fn of_a_few_answers_each_has_a_box_of_many_only_the_chosen_one_is_printed() {
    let mut visit = visit();
    let filled = |visit: &Visit| visit.ask(|scope| resolve(&form(), Lang::En, scope));
    let open = "☐Answer 1  ☐Answer 2  ☐Answer 3  ☐Answer 4  ☐Answer 5  ☐Answer 6";
    assert_eq!(values(&filled(&visit)), [open, "", "", ""], "nothing is chosen");
    visit.set("s.a.few", word("o2")).unwrap();
    visit.set("s.a.many", word("o7")).unwrap();
    visit.tick("s.a.tick").unwrap();
    let few = "☐Answer 1  ☑Answer 2  ☐Answer 3  ☐Answer 4  ☐Answer 5  ☐Answer 6";
    assert_eq!(values(&filled(&visit)), [few, "Answer 7", "Answer 7", "Answer 7 ☑"]);
    assert!(cells(&filled(&visit)).iter().all(|cell| cell.choices.is_empty()), "small type is for blank papers");
}

#[test]
fn a_blank_paper_has_a_line_to_write_on_and_the_answers_in_small_type() {
    let visit = visit();
    let view = blank(&form(), Lang::En, &visit.library, &visit.procedure);
    let few = "☐Answer 1  ☐Answer 2  ☐Answer 3  ☐Answer 4  ☐Answer 5  ☐Answer 6";
    assert_eq!(values(&view), [few, "", "", "☐"]);
    let all = "Answer 1 / Answer 2 / Answer 3 / Answer 4 / Answer 5 / Answer 6 / Answer 7";
    let choices: Vec<String> = cells(&view).into_iter().map(|cell| cell.choices).collect();
    assert_eq!(choices, ["", all, all, all]);
}
