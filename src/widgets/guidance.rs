//! Guidance of the handbook on a screen: one entry, a list to read, a list to tick.
//!
//! What belongs on a list is picked by the core.

use crate::i18n::{lang, t, tx, words};
use crate::store::handbook::{Guide, guide};
use crate::store::local;
use crate::store::query::View;
use crate::store::session::Session;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, asked, dynamic};
use leptos::prelude::*;
use sitebook_core::handbook::{Entry, Level, Moment, Place, Visit, self_check};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind};
use sitebook_core::template::Library;
use sitebook_core::text::Text;
use sitebook_core::work::standing_for;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Draws what needs the handbook: while it comes, or when it does not, that is said instead.
pub fn with_guide(draw: impl Fn(&Guide) -> AnyView + Send + Sync + 'static) -> AnyView {
    let tries = RwSignal::new(0_u32);
    let asked = asked(move || {
        tries.track();
        guide()
    });
    dynamic(move || match asked.get() {
        None => view! { <p class="empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
        Some(Ok(guide)) => draw(&guide),
        Some(Err(missing)) => view! {
            <div class="empty" role="alert">
                <Icon name="octagon-x"/>
                <p>{tx(missing.words())}</p>
                <button type="button" class="primary" data-act="retry" on:click=move |_| tries.update(|n| *n += 1)>
                    {t(&words::RETRY)}
                </button>
            </div>
        }
        .into_any(),
    })
}

/// What a moment is called.
pub fn moment_words(moment: Moment) -> &'static Text {
    match moment {
        Moment::All => &words::handbook::MOMENT_ALL,
        Moment::Prepare => &words::handbook::MOMENT_PREPARE,
        Moment::Phone => &words::handbook::MOMENT_PHONE,
        Moment::Arrive => &words::handbook::MOMENT_ARRIVE,
        Moment::Enter => &words::handbook::MOMENT_ENTER,
        Moment::Before => &words::handbook::MOMENT_BEFORE,
        Moment::During => &words::handbook::MOMENT_DURING,
        Moment::DayEnd => &words::handbook::MOMENT_DAY_END,
        Moment::Leave => &words::handbook::MOMENT_LEAVE,
        Moment::Sign => &words::handbook::MOMENT_SIGN,
        Moment::After => &words::handbook::MOMENT_AFTER,
    }
}

/// What a place is called.
pub fn place_words(place: Place) -> &'static Text {
    match place {
        Place::Anywhere => &words::handbook::PLACE_ANYWHERE,
        Place::Premises => &words::handbook::PLACE_PREMISES,
        Place::Room => &words::handbook::PLACE_ROOM,
        Place::Office => &words::handbook::PLACE_OFFICE,
        Place::Phone => &words::handbook::PLACE_PHONE,
        Place::Writing => &words::handbook::PLACE_WRITING,
        Place::Production => &words::handbook::PLACE_PRODUCTION,
        Place::Resident => &words::handbook::PLACE_RESIDENT,
        Place::Counter => &words::handbook::PLACE_COUNTER,
    }
}

fn level_words(level: Level) -> &'static Text {
    match level {
        Level::Must => &words::GUIDE_MUST,
        Level::MustNot => &words::GUIDE_MUST_NOT,
        Level::Should => &words::GUIDE_SHOULD,
        Level::Observe => &words::GUIDE_OBSERVE,
    }
}

fn level_class(level: Level) -> &'static str {
    match level {
        Level::Must => "guide is-must",
        Level::MustNot => "guide is-must-not",
        Level::Should => "guide is-should",
        Level::Observe => "guide is-observe",
    }
}

/// One entry, to be read.
pub fn entry(entry: &Entry) -> AnyView {
    let (title, text) = (entry.title.clone(), entry.text.clone());
    view! {
        <li class=level_class(entry.level) data-entry=entry.id.clone()>
            <p class="guide-head">
                <strong>{tx(title)}</strong>
                <span class="tag">{t(level_words(entry.level))}</span>
            </p>
            <p>{tx(text)}</p>
            <p class="hint">{entry.clause.clone()}</p>
        </li>
    }
    .into_any()
}

/// What is known of a visit, to keep: see [`Visit`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// Kind of work.
    pub work: Option<String>,
    /// Dress profile.
    pub dress: Option<String>,
    /// Identity mode.
    pub identity: Option<String>,
}

impl Facts {
    /// What the records around a visit, or a work order itself, say; where the order names no identity, the one set as
    /// usual.
    pub fn of(view: &View, library: &Library) -> Facts {
        let text = |record: Option<&Record>, field: &str| {
            Some(record?.text(field)?.to_owned()).filter(|text| !text.is_empty())
        };
        let order =
            if view.record.kind() == Some(RecordKind::Order) { Some(&view.record) } else { view.around.order.as_ref() };
        let usual = || standing_for("order.identity", library, &view.around)?.as_text().map(str::to_owned);
        Facts {
            work: text(order, "kind"),
            dress: text(view.around.customer.as_ref(), "dress"),
            identity: text(order, "identity").or_else(usual),
        }
    }

    /// For the core.
    pub fn visit(&self) -> Visit<'_> {
        Visit { work: self.work.as_deref(), dress: self.dress.as_deref(), identity: self.identity.as_deref() }
    }
}

/// What is ticked of a visit's or a work order's self-check. Kept like a draft, so that it goes when the customer is
/// erased. Several lists of one visit may stand on a page: each writes only what was changed in it.
pub fn kept_ticks(id: &RecordId) -> RwSignal<BTreeSet<String>> {
    let key = format!("sitebook.draft.self-check.{id}");
    let ticked = RwSignal::new(local::get::<BTreeSet<String>>(&key).unwrap_or_default());
    Effect::new(move |before: Option<BTreeSet<String>>| {
        let now = ticked.get();
        if let Some(before) = before {
            let mut kept = local::get::<BTreeSet<String>>(&key).unwrap_or_default();
            kept.retain(|id| now.contains(id) || !before.contains(id));
            kept.extend(now.difference(&before).cloned());
            local::set(&key, &kept);
        }
        now
    });
    ticked
}

/// The self-check that belongs to a step, folded: the customer's and the room's rules, and conduct to tick. It is for
/// the engineer; what goes on record is what the step captures.
#[component]
pub fn StepGuidance(
    /// The open visit.
    session: Session,
    /// `stage.step`.
    path: String,
    /// The moments of the step.
    moments: Vec<Moment>,
) -> impl IntoView {
    let view = session.record();
    let facts = Facts::of(&view, &session.store().content().library);
    let id = view.record.id.clone();
    let own_ids = format!("{}-", path.replace('.', "-"));
    let rules = |record: Option<&Record>| record?.text("rules").filter(|rules| !rules.is_empty()).map(str::to_owned);
    let house = rules(view.around.customer.as_ref()).map(|rules| (&words::handbook::BRIEFING_HOUSE, rules));
    let room = rules(view.around.site.as_ref()).map(|rules| (&words::handbook::BRIEFING_ROOM, rules));
    let own: Vec<(&'static Text, String)> = house.into_iter().chain(room).collect();
    let opened = RwSignal::new(false);
    // The handbook is fetched when somebody looks, and the page then stays as it is.
    let drawn = Memo::new(move |before: Option<&bool>| opened.get() || before.copied().unwrap_or(false));
    view! {
        <details class="fold" data-guidance on:toggle=move |_| opened.set(true)>
            <summary>{t(&words::handbook::BRIEFING_LINK)}</summary>
            <Show when=move || drawn.get()>
                <div class="stack">
                    <p class="hint">{t(&words::handbook::BRIEFING_CHECK_HINT)}</p>
                    {own
                        .clone()
                        .into_iter()
                        .map(|(title, rules)| {
                            view! {
                                <section class="house">
                                    <p class="label">{t(title)}</p>
                                    <p class="house-text">{rules}</p>
                                </section>
                            }
                        })
                        .collect_view()}
                    <SelfCheck
                        facts=facts.clone()
                        moments=moments.clone()
                        ticked=kept_ticks(&id)
                        prefix=own_ids.clone()
                    />
                </div>
            </Show>
        </details>
    }
}

/// The self-check of a visit, by moment (no moments: all of them). What is ticked stands in `ticked`, by entry id; where
/// that is kept is the caller's to decide.
#[component]
pub fn SelfCheck(
    /// What is known of the visit.
    facts: Facts,
    /// The moments asked for.
    moments: Vec<Moment>,
    /// What is ticked.
    ticked: RwSignal<BTreeSet<String>>,
    /// Begins the ids of its fields, where several lists stand on one page.
    #[prop(optional)]
    prefix: String,
) -> impl IntoView {
    let facts = Arc::new(facts);
    with_guide(move |guide| {
        let parts = self_check(&guide.book, &facts.visit(), &moments);
        let parts = parts.into_iter().map(|part| {
            let rows = part.entries.into_iter().map(|entry| tick(entry, ticked, &prefix)).collect_view();
            view! {
                <fieldset class="capture check-part" data-moment=part.moment.id()>
                    <legend>{t(moment_words(part.moment))}</legend>
                    <div class="checklist">{rows}</div>
                </fieldset>
            }
        });
        view! { <div class="stack" data-self-check>{parts.collect_view()}</div> }.into_any()
    })
}

fn tick(entry: &Entry, ticked: RwSignal<BTreeSet<String>>, prefix: &str) -> AnyView {
    let id = entry.id.clone();
    let input = format!("{prefix}check-{id}");
    let (label, key, title, text) = (input.clone(), id.clone(), entry.title.clone(), entry.text.clone());
    let on = move || ticked.with(|ticked| ticked.contains(&key));
    let change = move |event: leptos::ev::Event| {
        ticked.update(|ticked| {
            if event_target_checked(&event) {
                ticked.insert(id.clone());
            } else {
                ticked.remove(&id);
            }
        });
    };
    let speech = lang();
    view! {
        <label class="check-row" for=label>
            <input id=input type="checkbox" class="tick" prop:checked=on on:change=change/>
            <span>
                {tx(title)}
                <span class="hint">{move || text.get(speech.get()).to_owned()}</span>
            </span>
        </label>
    }
    .into_any()
}
