//! The printed forms of both visits, as the customer's office reads them, in both languages.
//!
//! `INSTA_UPDATE=always cargo test -p sitebook-content --test forms` accepts new papers; with `CI` set nothing is
//! written and a difference fails.

use crate::paper::draw;
use crate::phone::Phone;
use crate::{common, hard};
use insta::{Settings, assert_snapshot};
use sitebook_core::print::{BlockView, FormView, forms_of, resolve};
use sitebook_core::text::Lang;
use sitebook_core::work::{Command, Run, deadlines};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

fn papers(phone: &Phone, lang: Lang) -> Vec<FormView> {
    phone.ask(|scope| {
        let forms = forms_of(scope).into_iter();
        forms.map(|form| resolve(form, lang, scope)).collect()
    })
}

fn name(visit: &str, form: &FormView, lang: Lang) -> String {
    let lang = match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    format!("{visit}-{}-{lang}", form.id)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms/snapshots")
}

fn prints_as_before(visit: &str, phone: &Phone) {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for lang in LANGS {
            for form in papers(phone, lang) {
                assert_snapshot!(name(visit, &form, lang), draw(&form));
            }
        }
    });
}

#[test]
fn the_common_visit_prints_as_before() {
    prints_as_before("common", &common::closed());
}

#[test]
fn the_hard_visit_prints_as_before() {
    prints_as_before("hard", &hard::complete());
}

#[test]
fn every_snapshot_is_still_a_paper_of_one_of_the_visits() {
    let mut expected = BTreeSet::new();
    for (visit, phone) in [("common", common::closed()), ("hard", hard::complete())] {
        for lang in LANGS {
            let papers = papers(&phone, lang).into_iter();
            expected.extend(papers.map(|form| format!("{}.snap", name(visit, &form, lang))));
        }
    }
    let files = std::fs::read_dir(folder()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let stale: Vec<String> = names.filter(|name| !expected.contains(name)).collect();
    assert!(stale.is_empty(), "delete {stale:?}");
}

#[test]
fn both_visits_run_from_the_first_call_to_the_filing() {
    for mut phone in [common::complete(), hard::complete()] {
        assert_eq!(phone.next(), None, "nothing is left to do");
        phone.ask(|scope| {
            let open = |stage: &&_| !Run::new(scope).stage(stage).is_complete();
            assert_eq!(scope.procedure.stages.iter().find(open), None);
            assert_eq!(deadlines(scope), []);
        });
        phone.does(Command::Close);
        phone.holds();
    }
}

#[test]
fn the_common_visit_has_no_deviation_and_the_hard_one_has_the_seal_to_follow() {
    let deviations = |phone: &Phone| phone.ask(|scope| Run::new(scope).deviations());
    assert_eq!(deviations(&common::complete()), []);
    let deviations = deviations(&hard::complete());
    assert_eq!(deviations.len(), 1);
    assert_eq!(deviations[0].clause, "SITE-RECORD 5");
}

#[test]
fn the_hard_visit_has_every_form_of_the_procedure() {
    let phone = hard::complete();
    let all = phone.ask(|scope| scope.procedure.forms.clone());
    let printed = papers(&phone, Lang::Zh).into_iter();
    assert_eq!(printed.map(|form| form.id).collect::<Vec<_>>(), all);
}

#[test]
fn what_the_snapshots_shorten_is_on_the_paper_whole() {
    let papers = papers(&hard::complete(), Lang::Zh);
    let blocks = || papers.iter().flat_map(|form| &form.blocks);
    let cells = blocks().filter_map(|block| match block {
        BlockView::Grid { rows, .. } => Some(rows.iter().flatten()),
        _ => None,
    });
    let whole = hard::long(2000);
    let found = cells.flatten().filter(|cell| cell.value == whole);
    assert!(found.count() >= 6, "plan, application, report, record");
    let logs = blocks().filter_map(|block| match block {
        BlockView::Table { rows, .. } if rows.len() == hard::LINES => Some(rows),
        _ => None,
    });
    for rows in logs {
        for (index, row) in rows.iter().enumerate() {
            assert_eq!(row[0], (index + 1).to_string());
            assert!(row[2].contains(&format!("第 {} 步", index + 1)));
        }
    }
}

/// Every word of ours on a paper: what stands there before anybody entered anything.
fn own_words(form: &FormView) -> Vec<String> {
    let mut words = vec![form.title.clone(), form.keep.clone()];
    for block in &form.blocks {
        match block {
            BlockView::Grid { title, rows } => {
                words.extend(title.clone());
                words.extend(rows.iter().flatten().map(|cell| cell.label.clone()));
            }
            BlockView::Table { title, columns, .. } => {
                words.push(title.clone());
                words.extend(columns.iter().map(|(label, _)| label.clone()));
            }
            BlockView::Checks { title, items } => {
                words.push(title.clone());
                words.extend(items.iter().map(|(_, text)| text.clone()));
            }
            BlockView::Text { title, .. } => words.push(title.clone()),
            BlockView::Note { text } => words.push(text.clone()),
            BlockView::Photos { title, .. } => words.push(title.clone()),
            BlockView::Deviations { title, rows } => {
                words.push(title.clone());
                words.extend(rows.iter().map(|row| row.what.clone()));
            }
            BlockView::Signatures { slots } => words.extend(slots.iter().map(|slot| slot.label.clone())),
        }
    }
    words
}

#[test]
fn no_label_is_empty_or_in_the_other_language() {
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    for lang in LANGS {
        for form in papers(&hard::complete(), lang) {
            for words in own_words(&form) {
                assert!(!words.trim().is_empty(), "{} has an empty label", form.id);
                let chinese = words.chars().any(han);
                assert_eq!(chinese, lang == Lang::Zh, "{}: {words}", form.id);
            }
        }
    }
}
