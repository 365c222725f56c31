//! Conditions out of pickers: of a gate, of a deadline, and those under which a stage, a step, a field, a gate or a
//! deadline is there at all.
//!
//! Conditions that a picker cannot make are shown in words and can be taken out. Which parts of the procedure a
//! condition may name is the core's to offer.

use super::inputs::{choose, number};
use super::state::Desk;
use crate::browser::{layout, timers};
use crate::i18n::{Text, t, tf, tx, words::editor};
use crate::widgets::icon::Icon;
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use sitebook_core::template::conditions::{self, Asked};
use sitebook_core::template::pick::{self, Asks};
use sitebook_core::template::{CompareOp, Operand, Predicate};
use sitebook_core::work::condition_words;

/// One part of the condition at a place.
type Spot = (Asked, usize);

/// The condition at a place: its parts, how they are joined, and a way to add one.
pub fn conditions(desk: Desk, at: Asked) -> AnyView {
    let shape = desk.memo(move |procedure| conditions::shape(procedure, at));
    let count = Memo::new(move |_| shape.get().0);
    let any = Memo::new(move |_| if shape.get().1 { "any".to_owned() } else { "all".to_owned() });
    let joins = vec![("all".to_owned(), editor::NEEDS_ALL.clone()), ("any".to_owned(), editor::NEEDS_ANY.clone())];
    view! {
        {dynamic(move || {
            let joins = joins.clone();
            let join = move || {
                choose(&editor::NEEDS_HOW, "join", joins, any, move |chosen| {
                    desk.change(|procedure| conditions::rejoin(procedure, at, |_, any| *any = chosen == "any"));
                })
            };
            (count.get() > 1).then(join).into_any()
        })}
        {dynamic(move || (0..count.get()).map(|n| condition(desk, (at, n))).collect_view().into_any())}
        <button type="button" class="chip" data-act="condition-add" on:click=move |_| add(desk, at)>
            <Icon name="plus"/>
            {t(&editor::ADD_CONDITION)}
        </button>
    }
    .into_any()
}

fn add(desk: Desk, at: Asked) {
    let library = desk.store.content().library.clone();
    let count = desk.change(|procedure| {
        let next = conditions::begin(procedure, at, &library);
        conditions::rejoin(procedure, at, |parts, _| parts.push(next));
        conditions::shape(procedure, at).0
    });
    timers::after_paint(move || layout::reveal(&spot_id((at, count.saturating_sub(1)))));
}

/// A condition that may be left out: a way to set one, or what it is and a way to be without.
pub fn whether(desk: Desk, at: Asked) -> AnyView {
    let there = desk.memo(move |procedure| conditions::asked(procedure, at).is_some());
    let always = move |_| {
        desk.change(|procedure| conditions::rejoin(procedure, at, |parts, _| parts.clear()));
        desk.told.set(Some(editor::ALWAYS_NOW.clone()));
    };
    dynamic(move || {
        if !there.get() {
            return view! {
                <button type="button" class="chip" data-act="when-add" on:click=move |_| add(desk, at)>
                    <Icon name="plus"/>
                    {t(&editor::WHEN_ADD)}
                </button>
            }
            .into_any();
        }
        view! {
            <div class="desk-when" role="group" aria-label=t(&editor::WHEN) data-when>
                <p class="label">{t(&editor::WHEN)}</p>
                {conditions(desk, at)}
                <button type="button" class="chip" data-act="when-remove" on:click=always>
                    <Icon name="trash-2"/>
                    {t(&editor::WHEN_REMOVE)}
                </button>
            </div>
        }
        .into_any()
    })
}

/// An id for the part; letters and digits of where it stands.
fn spot_id((at, n): Spot) -> String {
    let place: String = format!("{at:?}").chars().filter(char::is_ascii_alphanumeric).collect();
    format!("desk-condition-{place}-{n}")
}

fn condition(desk: Desk, spot: Spot) -> AnyView {
    let library = desk.store.content().library.clone();
    let said = {
        let library = library.clone();
        desk.memo(move |procedure| {
            let part = conditions::part(procedure, spot.0, spot.1);
            part.map_or_else(|| Text::same(""), |(part, _)| condition_words(part, procedure, &library))
        })
    };
    let asks =
        desk.memo(move |procedure| conditions::part(procedure, spot.0, spot.1).and_then(|(part, _)| Asks::of(part)));
    let word = Memo::new(move |_| asks.get().map_or("", Asks::id).to_owned());
    let not = desk.memo(move |procedure| conditions::part(procedure, spot.0, spot.1).is_some_and(|(_, not)| not));
    let several = desk.memo(move |procedure| conditions::shape(procedure, spot.0).0 > 1);
    let remove = move |_| {
        let gone = said.get_untracked();
        desk.change(|procedure| conditions::remove_part(procedure, spot.0, spot.1));
        desk.told.set(Some(editor::REMOVED.with_texts(&[&gone])));
    };
    let turn = move |event| {
        let not = event_target_checked(&event);
        desk.change(|procedure| conditions::set_part(procedure, spot.0, spot.1, |one, _| (one, not)));
    };
    let begun = library.clone();
    let offers: Vec<(String, Text)> = Asks::ALL.into_iter().map(|asks| (asks.id().to_owned(), asks.words())).collect();
    let kind = move || {
        let (offers, library) = (offers.clone(), begun.clone());
        choose(&editor::CONDITION, "asks", offers, word, move |id| {
            let Some(asks) = Asks::parse(&id) else { return };
            desk.change(|procedure| {
                let usual = conditions::usual(procedure, spot.0).filter(|_| asks == Asks::Done);
                let begun = pick::begin(asks, usual.as_deref(), procedure, &library);
                conditions::set_part(procedure, spot.0, spot.1, |_, not| (begun, not));
            });
        })
    };
    view! {
        <div class="desk-condition" id=spot_id(spot)>
            {kind()}
            {dynamic(move || match asks.get() {
                Some(asks) => picked(desk, spot, asks),
                None => view! { <p>{tx(said.get())}</p> }.into_any(),
            })}
            <label class="check-line">
                <input type="checkbox" data-tick="not" prop:checked=move || not.get() on:change=turn/>
                <span>{t(&editor::CONDITION_NOT)}</span>
            </label>
            <p class="hint" data-said>{tf(move || said.get())}</p>
            {dynamic(move || {
                several
                    .get()
                    .then(|| view! {
                        <button type="button" class="quiet is-danger icon-only" data-act="condition-remove"
                            aria-label=tf(move || editor::DELETE_CONDITION.with_texts(&[&said.get()])) on:click=remove>
                            <Icon name="trash-2"/>
                        </button>
                    })
                    .into_any()
            })}
        </div>
    }
    .into_any()
}

/// What the condition is about, and its value.
fn picked(desk: Desk, spot: Spot, asks: Asks) -> AnyView {
    let library = desk.store.content().library.clone();
    let offers = desk.once(|procedure| pick::offers(asks, procedure, &library));
    if offers.is_empty() {
        return view! { <p class="field-error">{t(&editor::NOTHING_TO_PICK)}</p> }.into_any();
    }
    let key = desk.memo(move |procedure| {
        conditions::part(procedure, spot.0, spot.1)
            .and_then(|(part, _)| pick::picked(part))
            .unwrap_or_default()
            .to_owned()
    });
    let others = offers.clone();
    let about = choose(&editor::CONDITION_OF, "of", offers, key, {
        let library = library.clone();
        move |key| {
            desk.change(|procedure| {
                let begun = pick::begin(asks, Some(&key), procedure, &library);
                conditions::set_part(procedure, spot.0, spot.1, |_, not| (begun, not));
            });
        }
    });
    let value = match asks {
        Asks::Is | Asks::Outcome => dynamic(move || value(desk, spot, asks, &key.get())),
        Asks::Rows => number(
            desk,
            &editor::ROWS_LEAST,
            "at-least",
            move |procedure| match conditions::part(procedure, spot.0, spot.1)?.0 {
                Predicate::Rows { at_least, .. } => Some(f64::from(*at_least)),
                _ => None,
            },
            move |procedure, number| {
                let count = number.unwrap_or(1.0).round().clamp(1.0, 999.0) as u32;
                conditions::set_part(procedure, spot.0, spot.1, |mut one, not| {
                    if let Predicate::Rows { at_least, .. } = &mut one {
                        *at_least = count;
                    }
                    (one, not)
                });
            },
        ),
        Asks::Compare => compare(desk, spot),
        Asks::Before => then(desk, spot, others),
        _ => ().into_any(),
    };
    view! { {about} {value} }.into_any()
}

fn value(desk: Desk, spot: Spot, asks: Asks, key: &str) -> AnyView {
    let library = desk.store.content().library.clone();
    let values = desk.once(|procedure| pick::values(asks, key, procedure, &library));
    let now = desk.memo(move |procedure| match conditions::part(procedure, spot.0, spot.1).map(|(part, _)| part) {
        Some(Predicate::Is { value, .. }) => value.clone(),
        Some(Predicate::Outcome { is, .. }) => is.clone(),
        _ => String::new(),
    });
    choose(&editor::CONDITION_VALUE, "value", values, now, move |chosen| {
        desk.change(|procedure| {
            conditions::set_part(procedure, spot.0, spot.1, |mut one, not| {
                match &mut one {
                    Predicate::Is { value, .. } => *value = chosen,
                    Predicate::Outcome { is, .. } => *is = chosen,
                    _ => {}
                }
                (one, not)
            });
        });
    })
}

const OPS: [(&str, CompareOp, &Text); 5] = [
    ("ge", CompareOp::Ge, &editor::OP_GE),
    ("gt", CompareOp::Gt, &editor::OP_GT),
    ("eq", CompareOp::Eq, &editor::OP_EQ),
    ("le", CompareOp::Le, &editor::OP_LE),
    ("lt", CompareOp::Lt, &editor::OP_LT),
];

fn compare(desk: Desk, spot: Spot) -> AnyView {
    let op = desk.memo(move |procedure| match conditions::part(procedure, spot.0, spot.1).map(|(part, _)| part) {
        Some(Predicate::Compare(compare)) => {
            OPS.iter().find(|(_, op, _)| *op == compare.op).map_or("ge", |(word, ..)| word).to_owned()
        }
        _ => String::new(),
    });
    let offers = OPS.iter().map(|(word, _, words)| ((*word).to_owned(), (*words).clone())).collect();
    let chosen = move |word: String| {
        let Some((_, new, _)) = OPS.iter().find(|(known, ..)| *known == word) else { return };
        desk.change(|procedure| {
            conditions::set_part(procedure, spot.0, spot.1, |mut one, not| {
                if let Predicate::Compare(compare) = &mut one {
                    compare.op = *new;
                }
                (one, not)
            });
        });
    };
    view! {
        {choose(&editor::CONDITION_OP, "op", offers, op, chosen)}
        {number(
            desk,
            &editor::CONDITION_VALUE,
            "right",
            move |procedure| match conditions::part(procedure, spot.0, spot.1)?.0 {
                Predicate::Compare(compare) => match compare.right {
                    Operand::Number(number) => Some(number),
                    Operand::Field(_) => None,
                },
                _ => None,
            },
            move |procedure, number| {
                conditions::set_part(procedure, spot.0, spot.1, |mut one, not| {
                    if let Predicate::Compare(compare) = &mut one {
                        compare.right = Operand::Number(number.unwrap_or(0.0));
                    }
                    (one, not)
                });
            },
        )}
    }
    .into_any()
}

fn then(desk: Desk, spot: Spot, offers: Vec<(String, Text)>) -> AnyView {
    let later = desk.memo(move |procedure| match conditions::part(procedure, spot.0, spot.1).map(|(part, _)| part) {
        Some(Predicate::Before { then, .. }) => then.clone(),
        _ => String::new(),
    });
    choose(&editor::CONDITION_THEN, "then", offers, later, move |key| {
        desk.change(|procedure| {
            conditions::set_part(procedure, spot.0, spot.1, |mut one, not| {
                if let Predicate::Before { then, .. } = &mut one {
                    *then = key;
                }
                (one, not)
            });
        });
    })
}
