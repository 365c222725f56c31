//! What stands in the sheet of a stage, of a step, and of the whole procedure.

use super::capture::fields;
use super::condition::whether;
use super::gate::gates;
use super::inputs::{both, choose, code};
use super::state::{Desk, Open};
use crate::i18n::{Text, t, words::editor};
use crate::widgets::icon::Icon;
use leptos::prelude::*;
use sitebook_core::template::Level;
use sitebook_core::template::conditions::Asked;
use sitebook_core::template::diff::level_words;
use sitebook_core::template::edit::{self, Front, StepAt};
use sitebook_core::template::words_at::{CodeAt, TextAt};

/// Title, purpose and sources.
pub fn whole(desk: Desk) -> AnyView {
    view! {
        {both(desk, TextAt::Title, editor::TITLE.clone(), false)}
        {both(desk, TextAt::Summary, editor::SUMMARY.clone(), true)}
        {code(desk, CodeAt::Sources, &editor::SOURCES)}
    }
    .into_any()
}

/// A stage.
pub fn stage(desk: Desk, n: usize) -> AnyView {
    let shift = move |up: bool| {
        let there = desk.change(|procedure| edit::move_stage(procedure, n, up));
        desk.open.set(Some(Open::Stage(there)));
    };
    let remove = move |_| {
        let title = desk.once(|procedure| procedure.stages.get(n).map(|stage| stage.title.clone()));
        desk.open.set(None);
        desk.change(|procedure| edit::remove_stage(procedure, n));
        desk.told.set(title.map(|title| editor::REMOVED.with_texts(&[&title])));
    };
    view! {
        {both(desk, TextAt::Stage(n), editor::TITLE.clone(), false)}
        {both(desk, TextAt::StageSummary(n), editor::STAGE_SUMMARY.clone(), true)}
        {gates(desk, Front::Stage(n))}
        {whether(desk, Asked::Stage(n))}
        {moves(shift, remove, &editor::DELETE_STAGE)}
    }
    .into_any()
}

/// A step.
pub fn step(desk: Desk, at: StepAt) -> AnyView {
    let shift = move |up: bool| {
        let there = desk.change(|procedure| edit::move_step(procedure, at, up));
        desk.open.set(Some(Open::Step(there)));
    };
    let remove = move |_| {
        let title = desk.once(|procedure| procedure.stages.get(at.0)?.steps.get(at.1).map(|step| step.title.clone()));
        desk.open.set(None);
        desk.change(|procedure| edit::remove_step(procedure, at));
        desk.told.set(title.map(|title| editor::REMOVED.with_texts(&[&title])));
    };
    view! {
        {both(desk, TextAt::Step(at), editor::TITLE.clone(), false)}
        {level(desk, at)}
        {both(desk, TextAt::Help(at), editor::HELP.clone(), true)}
        {code(desk, CodeAt::Clause(at), &editor::CLAUSE)}
        {fields(desk, at)}
        {gates(desk, Front::Step(at))}
        {whether(desk, Asked::Step(at))}
        {home(desk, at)}
        {moves(shift, remove, &editor::DELETE_STEP)}
    }
    .into_any()
}

fn level(desk: Desk, at: StepAt) -> AnyView {
    let now = desk.memo(move |procedure| procedure.stages.get(at.0)?.steps.get(at.1).map(|step| step.level));
    let button = |(word, level): (&'static str, Level)| {
        let words = level_words(level);
        let pressed = move || (now.get() == Some(level)).to_string();
        let choose = move |_| {
            desk.change(|procedure| edit::step_mut(procedure, at).into_iter().for_each(|step| step.level = level))
        };
        view! {
            <button type="button" class="segment" data-level-of=word aria-pressed=pressed on:click=choose>
                {crate::i18n::tx(words)}
            </button>
        }
    };
    let all = [("must", Level::Must), ("should", Level::Should), ("must-not", Level::MustNot)];
    view! {
        <div>
            <p class="label" id="desk-level">{t(&editor::LEVEL)}</p>
            <div class="segments" role="group" aria-labelledby="desk-level">{all.map(button).collect_view()}</div>
        </div>
    }
    .into_any()
}

/// The stage that the step belongs to.
fn home(desk: Desk, at: StepAt) -> AnyView {
    let offers: Vec<(String, Text)> =
        desk.once(|procedure| procedure.stages.iter().map(|stage| (stage.id.clone(), stage.title.clone())).collect());
    let now = desk.memo(move |procedure| procedure.stages.get(at.0).map(|stage| stage.id.clone()).unwrap_or_default());
    choose(&editor::IN_STAGE, "stage", offers, now, move |id| {
        let there = desk.change(|procedure| {
            let other = procedure.stages.iter().position(|stage| stage.id == id)?;
            Some(edit::move_to(procedure, at, other, true))
        });
        desk.open.set(there.map(Open::Step));
    })
}

fn moves(
    shift: impl Fn(bool) + Copy + 'static,
    remove: impl Fn(leptos::ev::MouseEvent) + 'static,
    words: &'static Text,
) -> AnyView {
    view! {
        <div class="desk-row">
            <button type="button" data-act="move-up" on:click=move |_| shift(true)>
                <span class="desk-up"><Icon name="chevron-down"/></span>
                {t(&editor::UP_SHORT)}
            </button>
            <button type="button" data-act="move-down" on:click=move |_| shift(false)>
                <Icon name="chevron-down"/>
                {t(&editor::DOWN_SHORT)}
            </button>
        </div>
        <button type="button" class="danger" data-act="remove" on:click=remove>
            <Icon name="trash-2"/>
            {t(words)}
        </button>
    }
    .into_any()
}
