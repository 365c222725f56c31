//! One field of a step: its label, its kind, and what belongs to that kind.
//!
//! Kinds whose details name other fields (tallies, series, computed values) are kept as they are: a picker for each
//! would be longer than the line in the file.

use super::condition::whether;
use super::inputs::{both, choose, number, tick};
use super::state::Desk;
use crate::browser::{layout, timers};
use crate::i18n::{Text, t, tf, tx, words, words::editor};
use crate::widgets::icon::Icon;
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use sitebook_core::template::check::called;
use sitebook_core::template::conditions::Asked;
use sitebook_core::template::edit::{self, StepAt};
use sitebook_core::template::kinds::{self, kind_word, kinds};
use sitebook_core::template::words_at::TextAt;
use sitebook_core::template::{Capture, CaptureKind, Procedure, Side};

/// The field, if it is (still) there.
fn of(procedure: &Procedure, at: StepAt, n: usize) -> Option<&Capture> {
    procedure.stages.get(at.0)?.steps.get(at.1)?.captures.get(n)
}

fn of_mut(procedure: &mut Procedure, at: StepAt, n: usize) -> Option<&mut Capture> {
    edit::step_mut(procedure, at)?.captures.get_mut(n)
}

/// All fields of a step, and a way to add one.
pub fn fields(desk: Desk, at: StepAt) -> AnyView {
    let ids = desk.memo(move |procedure| {
        let step = procedure.stages.get(at.0).and_then(|stage| stage.steps.get(at.1));
        step.map(|step| step.captures.iter().map(|capture| capture.id.clone()).collect::<Vec<_>>()).unwrap_or_default()
    });
    let offers: Vec<(String, Text)> =
        kinds().into_iter().map(|(word, kind)| (word.to_owned(), called_plainly(&kind))).collect();
    let chosen = Memo::new(|_| String::new());
    let none = (String::new(), editor::ADD_FIELD.clone());
    let add = move |word: String| {
        let Some((_, kind)) = kinds().into_iter().find(|(known, _)| *known == word) else { return };
        if let Some(n) = desk.change(|procedure| edit::add_capture(procedure, at, kind)) {
            timers::after_paint(move || layout::reveal(&anchor(n)));
        }
    };
    let adding = dynamic(move || {
        // Drawn anew with each field, so that it shows "add" again.
        ids.track();
        let offers = std::iter::once(none.clone()).chain(offers.iter().cloned()).collect();
        choose(&editor::ADD_FIELD, "add-field", offers, chosen, add)
    });
    view! {
        <section class="desk-part">
            <h3>{t(&editor::FIELDS)}</h3>
            {dynamic(move || {
                let ids = ids.get();
                ids.into_iter().enumerate().map(|(n, _)| one(desk, at, n)).collect_view().into_any()
            })}
            {adding}
        </section>
    }
    .into_any()
}

fn anchor(n: usize) -> String {
    format!("desk-field-{n}")
}

/// "签字", "Signature": the kind without its article.
fn called_plainly(kind: &CaptureKind) -> Text {
    let words = called(kind);
    let en = words.en.strip_prefix("a ").or_else(|| words.en.strip_prefix("an ")).unwrap_or(&words.en).to_owned();
    Text::owned(words.zh.into_owned(), en)
}

fn one(desk: Desk, at: StepAt, n: usize) -> AnyView {
    let word =
        desk.memo(move |procedure| of(procedure, at, n).map_or("", |capture| kind_word(&capture.kind)).to_owned());
    let label = move || desk.once(|procedure| of(procedure, at, n).map(|capture| capture.label.clone()));
    let label = Memo::new(move |_| {
        desk.with(|procedure| of(procedure, at, n).map(|capture| capture.label.clone())).or_else(label)
    });
    let named =
        move |pattern: &'static Text| tf(move || pattern.with_texts(&[&label.get().unwrap_or_else(|| Text::same(""))]));
    let remove = move |_| {
        let gone = label.get_untracked();
        desk.change(|procedure| edit::remove_capture(procedure, at, n));
        desk.told.set(gone.map(|gone| editor::REMOVED.with_texts(&[&gone])));
    };
    view! {
        <article class="desk-card" id=anchor(n) data-field=n.to_string()>
            {both(desk, TextAt::Label(at, n), editor::LABEL.clone(), false)}
            {kind_choice(desk, at, n, word)}
            {tick(
                desk,
                &editor::REQUIRED,
                "required",
                move |procedure| of(procedure, at, n).is_some_and(|capture| capture.required),
                move |procedure, ticked| of_mut(procedure, at, n).into_iter().for_each(|one| one.required = ticked),
            )}
            {dynamic(move || details(desk, at, n, &word.get()))}
            {both(desk, TextAt::Hint(at, n), editor::HINT.clone(), false)}
            {whether(desk, Asked::Field(at, n))}
            <div class="desk-row">
                <button type="button" class="quiet icon-only" data-act="field-up" aria-label=named(&editor::UP)
                    on:click=move |_| desk.change(|procedure| edit::move_capture(procedure, at, n, true))>
                    <span class="desk-up"><Icon name="chevron-down"/></span>
                </button>
                <button type="button" class="quiet icon-only" data-act="field-down" aria-label=named(&editor::DOWN)
                    on:click=move |_| desk.change(|procedure| edit::move_capture(procedure, at, n, false))>
                    <Icon name="chevron-down"/>
                </button>
                <button type="button" class="quiet is-danger icon-only" data-act="field-remove" aria-label=named(&editor::DELETE_FIELD) on:click=remove>
                    <Icon name="trash-2"/>
                </button>
            </div>
        </article>
    }
    .into_any()
}

fn kind_choice(desk: Desk, at: StepAt, n: usize, word: Memo<String>) -> AnyView {
    let mut offers: Vec<(String, Text)> =
        kinds().into_iter().map(|(word, kind)| (word.to_owned(), called_plainly(&kind))).collect();
    // A kind that only a file can make can be kept.
    desk.once(|procedure| {
        if let Some(capture) = of(procedure, at, n)
            && !offers.iter().any(|(word, _)| word == kind_word(&capture.kind))
        {
            offers.push((kind_word(&capture.kind).to_owned(), called_plainly(&capture.kind)));
        }
    });
    choose(&editor::FIELD_KIND, "kind", offers, word, move |word| {
        let Some((_, kind)) = kinds().into_iter().find(|(known, _)| *known == word) else { return };
        desk.change(|procedure| {
            if let Some(capture) = of_mut(procedure, at, n)
                && kind_word(&capture.kind) != word
            {
                // A suggestion may not fit the new kind.
                capture.suggest = None;
                capture.kind = kind;
            }
        });
    })
}

/// What belongs to the kind.
fn details(desk: Desk, at: StepAt, n: usize, word: &str) -> AnyView {
    match word {
        "text" => view! {
            {flag(desk, at, n, &editor::LONG, "long", |kind| match kind {
                CaptureKind::Text { long, .. } => Some(long),
                _ => None,
            })}
            {flag(desk, at, n, &editor::FOR_CUSTOMER, "for-customer", |kind| match kind {
                CaptureKind::Text { for_customer, .. } => Some(for_customer),
                _ => None,
            })}
        }
        .into_any(),
        "number" => numbers(desk, at, n),
        "choice" | "checklist" | "score" | "series" => lines(desk, at, n),
        "verdicts" => view! {
            {flag(desk, at, n, &editor::MEASURED, "measure", |kind| match kind {
                CaptureKind::Verdicts { measure, .. } => Some(measure),
                _ => None,
            })}
            {lines(desk, at, n)}
        }
        .into_any(),
        "table" => view! {
            {count(desk, at, n, &editor::ROWS_LEAST, |kind| match kind {
                CaptureKind::Table { min_rows, .. } => Some(f64::from(*min_rows)),
                _ => None,
            }, |kind, count| if let CaptureKind::Table { min_rows, .. } = kind { *min_rows = u32::from(count); })}
            {lines(desk, at, n)}
        }
        .into_any(),
        "photo" => count(
            desk,
            at,
            n,
            &editor::PHOTOS_LEAST,
            |kind| match kind {
                CaptureKind::Photo { min, .. } => Some(f64::from(*min)),
                _ => None,
            },
            |kind, count| {
                if let CaptureKind::Photo { min, max } = kind {
                    *min = count.min(99);
                    *max = (*max).max(*min).max(1);
                }
            },
        ),
        "signature" => signature(desk, at, n),
        "tally" | "computed" | "serial" | "ref" => view! { <p class="hint">{t(&editor::ONLY_FILE)}</p> }.into_any(),
        _ => ().into_any(),
    }
}

/// A switch of a kind.
fn flag(
    desk: Desk,
    at: StepAt,
    n: usize,
    label: &'static Text,
    name: &'static str,
    place: fn(&mut CaptureKind) -> Option<&mut bool>,
) -> AnyView {
    tick(
        desk,
        label,
        name,
        move |procedure| {
            let mut kind = of(procedure, at, n).map(|capture| capture.kind.clone());
            kind.as_mut().and_then(place).is_some_and(|flag| *flag)
        },
        move |procedure, ticked| {
            let flag = of_mut(procedure, at, n).and_then(|capture| place(&mut capture.kind));
            flag.into_iter().for_each(|flag| *flag = ticked);
        },
    )
}

/// A small count of a kind.
fn count(
    desk: Desk,
    at: StepAt,
    n: usize,
    label: &'static Text,
    read: fn(&CaptureKind) -> Option<f64>,
    write: fn(&mut CaptureKind, u8),
) -> AnyView {
    number(
        desk,
        label,
        "count",
        move |procedure| of(procedure, at, n).and_then(|capture| read(&capture.kind)),
        move |procedure, count| {
            let count = count.unwrap_or(0.0).round().clamp(0.0, 99.0) as u8;
            of_mut(procedure, at, n).into_iter().for_each(|capture| write(&mut capture.kind, count));
        },
    )
}

fn numbers(desk: Desk, at: StepAt, n: usize) -> AnyView {
    let part =
        move |label: &'static Text, name: &'static str, place: fn(&mut CaptureKind) -> Option<&mut Option<f64>>| {
            number(
                desk,
                label,
                name,
                move |procedure| {
                    let mut kind = of(procedure, at, n)?.kind.clone();
                    place(&mut kind).and_then(|part| *part)
                },
                move |procedure, number| {
                    let part = of_mut(procedure, at, n).and_then(|capture| place(&mut capture.kind));
                    part.into_iter().for_each(|part| *part = number);
                },
            )
        };
    view! {
        {both(desk, TextAt::Unit(at, n), editor::UNIT.clone(), false)}
        <div class="desk-pair">
            {part(&editor::LEAST, "min", |kind| match kind {
                CaptureKind::Number { min, .. } => Some(min),
                _ => None,
            })}
            {part(&editor::MOST, "max", |kind| match kind {
                CaptureKind::Number { max, .. } => Some(max),
                _ => None,
            })}
        </div>
        {count(desk, at, n, &editor::DECIMALS, |kind| match kind {
            CaptureKind::Number { decimals, .. } => Some(f64::from(*decimals)),
            _ => None,
        }, |kind, count| if let CaptureKind::Number { decimals, .. } = kind { *decimals = count.min(9); })}
    }
    .into_any()
}

/// The lines of a list, one below the other.
fn lines(desk: Desk, at: StepAt, n: usize) -> AnyView {
    let size = desk.memo(move |procedure| of(procedure, at, n).map_or(0, |capture| kinds::lines(&capture.kind).len()));
    let spot = move |line: usize| format!("desk-line-{n}-{line}");
    let add = move |_| {
        desk.change(|procedure| of_mut(procedure, at, n).into_iter().for_each(|one| kinds::add_line(&mut one.kind)));
        let last = size.get_untracked().saturating_sub(1);
        timers::after_paint(move || layout::reveal(&spot(last)));
    };
    let row = move |line: usize| {
        let label = editor::LINE.with(&[&(line + 1).to_string()]);
        let words = label.clone();
        let remove = move |_| {
            let change = |one: &mut Capture| kinds::remove_line(&mut one.kind, line);
            desk.change(|procedure| of_mut(procedure, at, n).into_iter().for_each(change));
            desk.told.set(Some(editor::REMOVED.with_texts(&[&words])));
        };
        view! {
            <div class="desk-line" id=spot(line)>
                {both(desk, TextAt::Line(at, n, line), label.clone(), false)}
                <button type="button" class="quiet is-danger icon-only" data-act="line-remove"
                    aria-label=tf(move || editor::DELETE_LINE.with_texts(&[&label])) on:click=remove>
                    <Icon name="trash-2"/>
                </button>
            </div>
        }
    };
    view! {
        <div class="desk-lines">
            <p class="label">{t(&editor::LINES)}</p>
            {dynamic(move || (0..size.get()).map(row).collect_view().into_any())}
            <button type="button" class="chip" data-act="line-add" on:click=add>
                <Icon name="plus"/>
                {t(&editor::ADD_LINE)}
            </button>
        </div>
    }
    .into_any()
}

fn signature(desk: Desk, at: StepAt, n: usize) -> AnyView {
    let side = desk.memo(move |procedure| match of(procedure, at, n).map(|capture| &capture.kind) {
        Some(CaptureKind::Signature { side: Side::Company, .. }) => "company".to_owned(),
        _ => "customer".to_owned(),
    });
    let sides = vec![
        ("customer".to_owned(), editor::SIDE_CUSTOMER.clone()),
        ("company".to_owned(), editor::SIDE_COMPANY.clone()),
    ];
    let forms: Vec<(String, Text)> = desk.once(|procedure| {
        let line = |form: &sitebook_core::template::Form| (form.id.clone(), form.title.clone());
        procedure.papers.iter().map(line).collect()
    });
    let form = move |(id, title): (String, Text)| {
        let (mine, its) = (id.clone(), id.clone());
        let covered = desk.memo(move |procedure| match of(procedure, at, n).map(|capture| &capture.kind) {
            Some(CaptureKind::Signature { covers, .. }) => covers.contains(&mine),
            _ => false,
        });
        let toggle = move |event| {
            let ticked = event_target_checked(&event);
            desk.change(|procedure| {
                if let Some(CaptureKind::Signature { covers, .. }) = of_mut(procedure, at, n).map(|one| &mut one.kind) {
                    covers.retain(|known| *known != its);
                    if ticked {
                        covers.push(its.clone());
                    }
                }
            });
        };
        view! {
            <label class="check-line">
                <input type="checkbox" prop:checked=move || covered.get() on:change=toggle/>
                <span>{id} " " {tx(title)}</span>
            </label>
        }
    };
    let any = !forms.is_empty();
    view! {
        {choose(&editor::SIDE, "side", sides, side, move |chosen| {
            desk.change(|procedure| {
                if let Some(CaptureKind::Signature { side, .. }) = of_mut(procedure, at, n).map(|one| &mut one.kind) {
                    *side = if chosen == "company" { Side::Company } else { Side::Customer };
                }
            });
        })}
        {both(desk, TextAt::Role(at, n), editor::ROLE.clone(), false)}
        {any.then(|| view! {
            <fieldset class="stack">
                <legend>{t(&editor::COVERS)} <span class="optional">{t(&words::OPTIONAL)}</span></legend>
                {forms.into_iter().map(form).collect_view()}
            </fieldset>
        })}
        {flag(desk, at, n, &editor::SEAL, "seal", |kind| match kind {
            CaptureKind::Signature { seal, .. } => Some(seal),
            _ => None,
        })}
    }
    .into_any()
}
