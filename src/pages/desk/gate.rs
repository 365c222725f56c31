//! Gates in front of a stage, a step or the closing: their words, and conditions out of pickers.
//!
//! Conditions that a picker cannot make are shown in words and can be taken out. Which parts of the procedure a
//! condition may name is the core's to offer.

use super::inputs::{both, choose, code, number};
use super::state::Desk;
use crate::browser::{layout, timers};
use crate::i18n::{Text, t, tf, tx, words::editor};
use crate::widgets::icon::Icon;
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use sitebook_core::template::edit::{self, Front};
use sitebook_core::template::pick::{self, Asks};
use sitebook_core::template::words_at::{CodeAt, TextAt};
use sitebook_core::template::{CompareOp, Operand, Predicate, Procedure};
use sitebook_core::work::condition_words;

/// A condition of a gate, by its place.
type Spot = (Front, usize, usize);

fn needs(procedure: &Procedure, front: Front, gate: usize) -> Option<&Predicate> {
    Some(&edit::gates(procedure, front)?.get(gate)?.needs)
}

/// The condition at a place, without the "not" around it, and whether there is one.
fn part(procedure: &Procedure, (front, gate, n): Spot) -> Option<(&Predicate, bool)> {
    let (parts, _) = pick::parts(needs(procedure, front, gate)?);
    Some(match parts.get(n)? {
        Predicate::Not(inner) => (inner, true),
        one => (one, false),
    })
}

/// Changes all conditions of a gate.
fn rejoin(procedure: &mut Procedure, front: Front, gate: usize, change: impl FnOnce(&mut Vec<Predicate>, &mut bool)) {
    let Some(gate) = edit::gates_mut(procedure, front).and_then(|gates| gates.get_mut(gate)) else { return };
    let (parts, mut any) = pick::parts(&gate.needs);
    let mut parts: Vec<Predicate> = parts.into_iter().cloned().collect();
    change(&mut parts, &mut any);
    gate.needs = pick::join(parts, any);
}

/// Changes one condition.
fn set(procedure: &mut Procedure, (front, gate, n): Spot, new: impl FnOnce(Predicate, bool) -> (Predicate, bool)) {
    rejoin(procedure, front, gate, |parts, _| {
        let Some(place) = parts.get_mut(n) else { return };
        let (one, not) = match std::mem::replace(place, Predicate::All(Vec::new())) {
            Predicate::Not(inner) => (*inner, true),
            one => (one, false),
        };
        let (one, not) = new(one, not);
        *place = if not { Predicate::Not(Box::new(one)) } else { one };
    });
}

/// All gates in front of something, and a way to add one.
pub fn gates(desk: Desk, front: Front) -> AnyView {
    let ids = desk.memo(move |procedure| {
        let gates = edit::gates(procedure, front);
        gates.map(|gates| gates.iter().map(|gate| gate.id.clone()).collect::<Vec<_>>()).unwrap_or_default()
    });
    let library = desk.store.content().library.clone();
    let add = move |_| {
        let n = desk.change(|procedure| {
            let usual = pick::before(procedure, front);
            let first = pick::begin(Asks::Done, usual.as_deref(), procedure, &library);
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
    let shape = desk.memo(move |procedure| {
        needs(procedure, front, gate)
            .map(|needs| (pick::parts(needs).0.len(), pick::parts(needs).1))
            .unwrap_or_default()
    });
    let count = Memo::new(move |_| shape.get().0);
    let any = Memo::new(move |_| if shape.get().1 { "any".to_owned() } else { "all".to_owned() });
    let remove = move |_| {
        let gone = text.get_untracked();
        desk.change(|procedure| edit::remove_gate(procedure, front, gate));
        desk.told.set(Some(editor::REMOVED.with_texts(&[&gone])));
    };
    let library = desk.store.content().library.clone();
    let more = move |_| {
        desk.change(|procedure| {
            let usual = pick::before(procedure, front);
            let next = pick::begin(Asks::Done, usual.as_deref(), procedure, &library);
            rejoin(procedure, front, gate, |parts, _| parts.push(next));
        });
        let last = count.get_untracked().saturating_sub(1);
        timers::after_paint(move || layout::reveal(&spot_id((front, gate, last))));
    };
    let joins = vec![("all".to_owned(), editor::NEEDS_ALL.clone()), ("any".to_owned(), editor::NEEDS_ANY.clone())];
    view! {
        <article class="desk-card" id=anchor(gate) data-gate=gate.to_string()>
            {both(desk, TextAt::Gate(front, gate), editor::GATE_TEXT.clone(), false)}
            {dynamic(move || {
                let joins = joins.clone();
                let join = move || {
                    choose(&editor::NEEDS_HOW, "join", joins, any, move |chosen| {
                        desk.change(|procedure| rejoin(procedure, front, gate, |_, any| *any = chosen == "any"));
                    })
                };
                (count.get() > 1).then(join).into_any()
            })}
            {dynamic(move || (0..count.get()).map(|n| condition(desk, (front, gate, n))).collect_view().into_any())}
            <button type="button" class="chip" data-act="condition-add" on:click=more>
                <Icon name="plus"/>
                {t(&editor::ADD_CONDITION)}
            </button>
            {code(desk, CodeAt::GateClause(front, gate), &editor::CLAUSE)}
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

fn spot_id((_, gate, n): Spot) -> String {
    format!("desk-condition-{gate}-{n}")
}

fn condition(desk: Desk, spot: Spot) -> AnyView {
    let library = desk.store.content().library.clone();
    let said = {
        let library = library.clone();
        desk.memo(move |procedure| {
            let part = part(procedure, spot);
            part.map_or_else(|| Text::same(""), |(part, _)| condition_words(part, procedure, &library))
        })
    };
    let asks = desk.memo(move |procedure| part(procedure, spot).and_then(|(part, _)| Asks::of(part)));
    let word = Memo::new(move |_| asks.get().map_or("", Asks::id).to_owned());
    let not = desk.memo(move |procedure| part(procedure, spot).is_some_and(|(_, not)| not));
    let several = desk
        .memo(move |procedure| needs(procedure, spot.0, spot.1).is_some_and(|needs| pick::parts(needs).0.len() > 1));
    let remove = move |_| {
        let gone = said.get_untracked();
        desk.change(|procedure| {
            rejoin(procedure, spot.0, spot.1, |parts, _| {
                if spot.2 < parts.len() {
                    parts.remove(spot.2);
                }
            })
        });
        desk.told.set(Some(editor::REMOVED.with_texts(&[&gone])));
    };
    let turn = move |event| {
        let not = event_target_checked(&event);
        desk.change(|procedure| set(procedure, spot, |one, _| (one, not)));
    };
    let begun = library.clone();
    let offers: Vec<(String, Text)> = Asks::ALL.into_iter().map(|asks| (asks.id().to_owned(), asks.words())).collect();
    let kind = move || {
        let (offers, library) = (offers.clone(), begun.clone());
        choose(&editor::CONDITION, "asks", offers, word, move |id| {
            let Some(asks) = Asks::parse(&id) else { return };
            desk.change(|procedure| {
                let usual = pick::before(procedure, spot.0).filter(|_| asks == Asks::Done);
                let begun = pick::begin(asks, usual.as_deref(), procedure, &library);
                set(procedure, spot, |_, not| (begun, not));
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
        part(procedure, spot).and_then(|(part, _)| pick::picked(part)).unwrap_or_default().to_owned()
    });
    let others = offers.clone();
    let about = choose(&editor::CONDITION_OF, "of", offers, key, {
        let library = library.clone();
        move |key| {
            desk.change(|procedure| {
                let begun = pick::begin(asks, Some(&key), procedure, &library);
                set(procedure, spot, |_, not| (begun, not));
            });
        }
    });
    let value = match asks {
        Asks::Is | Asks::Outcome => dynamic(move || value(desk, spot, asks, &key.get())),
        Asks::Rows => number(
            desk,
            &editor::ROWS_LEAST,
            "at-least",
            move |procedure| match part(procedure, spot)?.0 {
                Predicate::Rows { at_least, .. } => Some(f64::from(*at_least)),
                _ => None,
            },
            move |procedure, number| {
                let count = number.unwrap_or(1.0).round().clamp(1.0, 999.0) as u32;
                set(procedure, spot, |mut one, not| {
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
    let now = desk.memo(move |procedure| match part(procedure, spot).map(|(part, _)| part) {
        Some(Predicate::Is { value, .. }) => value.clone(),
        Some(Predicate::Outcome { is, .. }) => is.clone(),
        _ => String::new(),
    });
    choose(&editor::CONDITION_VALUE, "value", values, now, move |chosen| {
        desk.change(|procedure| {
            set(procedure, spot, |mut one, not| {
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
    let op = desk.memo(move |procedure| match part(procedure, spot).map(|(part, _)| part) {
        Some(Predicate::Compare(compare)) => {
            OPS.iter().find(|(_, op, _)| *op == compare.op).map_or("ge", |(word, ..)| word).to_owned()
        }
        _ => String::new(),
    });
    let offers = OPS.iter().map(|(word, _, words)| ((*word).to_owned(), (*words).clone())).collect();
    let chosen = move |word: String| {
        let Some((_, new, _)) = OPS.iter().find(|(known, ..)| *known == word) else { return };
        desk.change(|procedure| {
            set(procedure, spot, |mut one, not| {
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
            move |procedure| match part(procedure, spot)?.0 {
                Predicate::Compare(compare) => match compare.right {
                    Operand::Number(number) => Some(number),
                    Operand::Field(_) => None,
                },
                _ => None,
            },
            move |procedure, number| {
                set(procedure, spot, |mut one, not| {
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
    let later = desk.memo(move |procedure| match part(procedure, spot).map(|(part, _)| part) {
        Some(Predicate::Before { then, .. }) => then.clone(),
        _ => String::new(),
    });
    choose(&editor::CONDITION_THEN, "then", offers, later, move |key| {
        desk.change(|procedure| {
            set(procedure, spot, |mut one, not| {
                if let Predicate::Before { then, .. } = &mut one {
                    *then = key;
                }
                (one, not)
            });
        });
    })
}
