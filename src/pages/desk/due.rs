//! The deadlines of a procedure: what each counts from, how long, what meets it, and whether it runs as a clock.

use super::condition::{conditions, whether};
use super::inputs::{both, choose, code, number, tick};
use super::state::Desk;
use crate::browser::{layout, timers};
use crate::i18n::{Text, t, tf, words::editor};
use crate::widgets::icon::Icon;
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use sitebook_core::template::conditions::Asked;
use sitebook_core::template::edit_due;
use sitebook_core::template::pick;
use sitebook_core::template::words_at::{CodeAt, TextAt};
use sitebook_core::template::{Deadline, Operand, Procedure, Within};
use sitebook_core::work::deadline_words;
use std::collections::BTreeSet;

fn of(procedure: &Procedure, n: usize) -> Option<&Deadline> {
    procedure.deadlines.get(n)
}

/// All deadlines, folded but for the one that is `shown`, and a way to add one.
pub fn deadlines(desk: Desk, shown: Option<usize>) -> AnyView {
    // Which ones are unfolded outlives a change of their number, by their ids.
    let first = shown.and_then(|n| desk.once(|procedure| of(procedure, n).map(|deadline| deadline.id.clone())));
    let unfolded = RwSignal::new(first.into_iter().collect::<BTreeSet<String>>());
    let ids = desk.memo(|procedure| procedure.deadlines.iter().map(|one| one.id.clone()).collect::<Vec<_>>());
    let can = desk.memo(|procedure| !pick::steps(procedure).is_empty());
    let library = desk.store.content().library.clone();
    let add = move |_| {
        if let Some(n) = desk.change(|procedure| edit_due::add(procedure, &library)) {
            let id = desk.once(|procedure| of(procedure, n).map(|deadline| deadline.id.clone()));
            unfolded.update(|unfolded| unfolded.extend(id));
            timers::after_paint(move || layout::reveal(&anchor(n)));
        }
    };
    view! {
        {dynamic(move || {
            let ids = ids.get();
            if ids.is_empty() {
                return view! { <p class="hint">{t(&editor::DEADLINES_NONE)}</p> }.into_any();
            }
            ids.into_iter().enumerate().map(|(n, id)| one(desk, n, id, unfolded)).collect_view().into_any()
        })}
        {dynamic(move || match can.get() {
            true => view! {
                <button type="button" class="chip" data-act="deadline-add" on:click=add.clone()>
                    <Icon name="plus"/>
                    {t(&editor::ADD_DEADLINE)}
                </button>
            }
            .into_any(),
            false => view! { <p class="field-error">{t(&editor::NOTHING_TO_PICK)}</p> }.into_any(),
        })}
    }
    .into_any()
}

fn anchor(n: usize) -> String {
    format!("desk-deadline-{n}")
}

fn one(desk: Desk, n: usize, id: String, unfolded: RwSignal<BTreeSet<String>>) -> AnyView {
    let title =
        desk.memo(move |procedure| of(procedure, n).map_or_else(|| Text::same(""), |deadline| deadline.title.clone()));
    let library = desk.store.content().library.clone();
    let said = desk.memo(move |procedure| {
        let deadline = of(procedure, n);
        deadline.map_or_else(|| Text::same(""), |deadline| deadline_words(deadline, procedure, &library))
    });
    let this = id.clone();
    let open = Memo::new(move |_| unfolded.with(|unfolded| unfolded.contains(&this)));
    let fold = move |_| {
        unfolded.update(|unfolded| {
            if !unfolded.remove(&id) {
                unfolded.insert(id.clone());
            }
        });
    };
    view! {
        <article class="desk-card" id=anchor(n) data-deadline=n.to_string()>
            <button type="button" class="quiet desk-fold" data-act="deadline-fold" aria-expanded=move || open.get().to_string() on:click=fold>
                <span class="card-main">
                    <strong>{tf(move || title.get())}</strong>
                    <span class="hint" data-said>{tf(move || said.get())}</span>
                </span>
                <span class="desk-fold-mark" class:is-open=move || open.get()><Icon name="chevron-down"/></span>
            </button>
            {dynamic(move || open.get().then(|| details(desk, n, title)).into_any())}
        </article>
    }
    .into_any()
}

/// What can be changed of one.
fn details(desk: Desk, n: usize, title: Memo<Text>) -> AnyView {
    let remove = move |_| {
        let gone = title.get_untracked();
        desk.change(|procedure| edit_due::remove(procedure, n));
        desk.told.set(Some(editor::REMOVED.with_texts(&[&gone])));
    };
    view! {
        {both(desk, TextAt::Deadline(n), editor::DEADLINE_TITLE.clone(), false)}
        {from(desk, n)}
        {amount(desk, n)}
        {step(desk, n)}
        <div class="desk-when" role="group" aria-label=t(&editor::DEADLINE_UNTIL)>
            <p class="label">{t(&editor::DEADLINE_UNTIL)}</p>
            {conditions(desk, Asked::Until(n))}
        </div>
        {whether(desk, Asked::Due(n))}
        {tick(
            desk,
            &editor::DEADLINE_CLOCK,
            "clock",
            move |procedure| of(procedure, n).is_some_and(|one| one.clock),
            move |procedure, ticked| procedure.deadlines.get_mut(n).into_iter().for_each(|one| one.clock = ticked),
        )}
        {tick(
            desk,
            &editor::DEADLINE_APPOINTMENT,
            "appointment",
            move |procedure| of(procedure, n).is_some_and(|one| one.appointment),
            move |procedure, ticked| procedure.deadlines.get_mut(n).into_iter().for_each(|one| one.appointment = ticked),
        )}
        {code(desk, CodeAt::DeadlineClause(n), &editor::CLAUSE)}
        <div class="desk-row">
            <button type="button" class="quiet is-danger icon-only" data-act="deadline-remove"
                aria-label=tf(move || editor::DELETE_DEADLINE.with_texts(&[&title.get()])) on:click=remove>
                <Icon name="trash-2"/>
            </button>
        </div>
    }
    .into_any()
}

/// What it counts from. The latest of several is a matter of the file.
fn from(desk: Desk, n: usize) -> AnyView {
    let keys = desk.memo(move |procedure| of(procedure, n).map(|deadline| deadline.from.0.clone()).unwrap_or_default());
    let several = Memo::new(move |_| keys.with(|keys| keys.len() > 1));
    let key = Memo::new(move |_| keys.with(|keys| keys.first().cloned().unwrap_or_default()));
    let library = desk.store.content().library.clone();
    dynamic(move || {
        let starts = desk.once(|procedure| pick::starts(procedure, &library));
        if several.get() {
            let named = |key: &String| {
                starts
                    .iter()
                    .find(|(known, _)| known == key)
                    .map_or_else(|| Text::same(key), |(_, words)| words.clone())
            };
            let join = |left: Text, right: Text| Text::of("{0}；{1}", "{0}; {1}").with_texts(&[&left, &right]);
            let all = keys.get().iter().map(named).reduce(join).unwrap_or_else(|| Text::same(""));
            return view! { <p class="hint">{tf(move || editor::DEADLINE_LATEST.with_texts(&[&all]))}</p> }.into_any();
        }
        choose(&editor::DEADLINE_FROM, "from", starts, key, move |chosen| {
            desk.change(|procedure| {
                procedure.deadlines.get_mut(n).into_iter().for_each(|deadline| deadline.from.0 = vec![chosen.clone()]);
            });
        })
    })
}

/// How long: a number, or a limit of Settings, and how it is counted.
fn amount(desk: Desk, n: usize) -> AnyView {
    let source = desk.memo(move |procedure| match of(procedure, n).map(|deadline| deadline.within.amount()) {
        Some(Operand::Field(key)) => key.clone(),
        _ => String::new(),
    });
    let unit = desk.memo(move |procedure| of(procedure, n).map_or("", |deadline| deadline.within.unit()).to_owned());
    let mut sources = vec![(String::new(), editor::DEADLINE_FIXED.clone())];
    sources.extend(pick::amounts(&desk.store.content().library));
    let units = Within::UNITS.into_iter().map(|unit| (unit.to_owned(), Within::unit_words(unit))).collect();
    let fixed = move || {
        number(
            desk,
            &editor::DEADLINE_NUMBER,
            "amount",
            move |procedure| match of(procedure, n)?.within.amount() {
                Operand::Number(number) => Some(*number),
                Operand::Field(_) => None,
            },
            move |procedure, number| {
                let number = number.unwrap_or(1.0).round().clamp(0.0, 9999.0);
                edit_due::set_amount(procedure, n, Operand::Number(number));
            },
        )
    };
    view! {
        {choose(&editor::DEADLINE_AMOUNT, "source", sources, source, move |key| {
            let amount = if key.is_empty() { Operand::Number(1.0) } else { Operand::Field(key) };
            desk.change(|procedure| edit_due::set_amount(procedure, n, amount));
        })}
        <div class="desk-pair">
            {dynamic(move || source.with(String::is_empty).then(fixed).into_any())}
            {choose(&editor::DEADLINE_UNIT, "unit", units, unit, move |unit| {
                desk.change(|procedure| edit_due::set_unit(procedure, n, &unit));
            })}
        </div>
    }
    .into_any()
}

fn step(desk: Desk, n: usize) -> AnyView {
    let now = desk.memo(move |procedure| of(procedure, n).map(|deadline| deadline.step.clone()).unwrap_or_default());
    choose(&editor::DEADLINE_STEP, "step", desk.once(pick::steps), now, move |step| {
        desk.change(|procedure| edit_due::set_step(procedure, n, &step));
    })
}
