//! Gates in front of a stage, a step or the closing: their words, what they need, and when they are there.

use super::condition::{self, whether};
use super::inputs::{both, code};
use super::state::Desk;
use crate::browser::{layout, timers};
use crate::i18n::{Text, t, tf, words::editor};
use crate::widgets::icon::Icon;
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use sitebook_core::template::conditions::{self, Asked};
use sitebook_core::template::edit::{self, Front};
use sitebook_core::template::words_at::{CodeAt, TextAt};

/// All gates in front of something, and a way to add one.
pub fn gates(desk: Desk, front: Front) -> AnyView {
    let ids = desk.memo(move |procedure| {
        let gates = edit::gates(procedure, front);
        gates.map(|gates| gates.iter().map(|gate| gate.id.clone()).collect::<Vec<_>>()).unwrap_or_default()
    });
    let library = desk.store.content().library.clone();
    let add = move |_| {
        let n = desk.change(|procedure| {
            let first = conditions::begin(procedure, Asked::Gate(front, 0), &library);
            edit::add_gate(procedure, front, editor::GATE_NEW.clone(), first)
        });
        if let Some(n) = n {
            timers::after_paint(move || layout::reveal(&anchor(n)));
        }
    };
    view! {
        <section class="desk-part">
            <h3>{t(&editor::GATES)}</h3>
            {dynamic(move || ids.get().into_iter().enumerate().map(|(n, _)| one(desk, front, n)).collect_view().into_any())}
            <button type="button" class="chip" data-act="gate-add" on:click=add>
                <Icon name="plus"/>
                {t(&editor::ADD_GATE)}
            </button>
        </section>
    }
    .into_any()
}

fn anchor(n: usize) -> String {
    format!("desk-gate-{n}")
}

fn one(desk: Desk, front: Front, gate: usize) -> AnyView {
    let text = desk.memo(move |procedure| {
        let gate = edit::gates(procedure, front).and_then(|gates| gates.get(gate));
        gate.map_or_else(|| Text::same(""), |gate| gate.text.clone())
    });
    let remove = move |_| {
        let gone = text.get_untracked();
        desk.change(|procedure| edit::remove_gate(procedure, front, gate));
        desk.told.set(Some(editor::REMOVED.with_texts(&[&gone])));
    };
    view! {
        <article class="desk-card" id=anchor(gate) data-gate=gate.to_string()>
            {both(desk, TextAt::Gate(front, gate), editor::GATE_TEXT.clone(), false)}
            {condition::conditions(desk, Asked::Gate(front, gate))}
            {code(desk, CodeAt::GateClause(front, gate), &editor::CLAUSE)}
            {whether(desk, Asked::GateWhen(front, gate))}
            <div class="desk-row">
                <button type="button" class="quiet is-danger icon-only" data-act="gate-remove"
                    aria-label=tf(move || editor::DELETE_GATE.with_texts(&[&text.get()])) on:click=remove>
                    <Icon name="trash-2"/>
                </button>
            </div>
        </article>
    }
    .into_any()
}
