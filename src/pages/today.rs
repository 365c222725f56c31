//! Today: what is due, which visits are under way, which come next.

use crate::browser::{clock, files};
use crate::i18n::{lang, t, tf, tx, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::backup::Unsaved;
use crate::store::query::DueRow;
use crate::store::upcoming::Upcoming;
use crate::widgets::bar::Bar;
use crate::widgets::conflict::mark;
use crate::widgets::icon::Icon;
use crate::widgets::install::InstallOffer;
use crate::widgets::ui::{asked, dynamic};
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::time::{span_words, weekday};
use sitebook_core::work::Summary;
use std::collections::{BTreeMap, BTreeSet};

/// Everything the page shows, read in one go.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Agenda {
    /// Running deadlines.
    pub dues: Vec<DueRow>,
    /// Open visits, latest change first.
    pub visits: Vec<Summary>,
    /// Open work orders without a visit, by agreed time.
    pub next: Vec<Summary>,
    /// What no backup has.
    pub unsaved: Unsaved,
    /// Whether a visit was finished here.
    pub finished: bool,
    /// Lines of the orders and customers that the others name.
    pub named: BTreeMap<String, Summary>,
}

/// Rows shown of each list.
const ROWS: u32 = 30;

async fn read(store: Store) -> Agenda {
    let dues = store.dues(ROWS).await.unwrap_or_default();
    let visits = store.recent(RecordKind::Visit, "open", ROWS).await.unwrap_or_default();
    let next = store.lines(RecordKind::Order, "open", Some(ROWS)).await.unwrap_or_default();
    let mut ids: BTreeSet<String> = visits.iter().chain(&next).flat_map(|line| line.refs.values().cloned()).collect();
    ids.extend(dues.iter().map(|due| due.record.clone()));
    let mut named = store.lines_of(&ids.into_iter().collect::<Vec<_>>()).await.unwrap_or_default();
    let more: Vec<String> = named.values().flat_map(|line| line.refs.values().cloned()).collect();
    named.extend(store.lines_of(&more).await.unwrap_or_default());
    let still: Vec<String> = named.values().flat_map(|line| line.refs.values().cloned()).collect();
    named.extend(store.lines_of(&still).await.unwrap_or_default());
    let written = store.entries().await.unwrap_or(0);
    let late = clock::now_ms();
    let closed = store.recent(RecordKind::Visit, "closed", ROWS).await.unwrap_or_default();
    let finished: Vec<i64> = closed.iter().map(|visit| visit.updated).collect();
    let settings = store.profile.now();
    let unsaved = Unsaved::since(written, settings.exported, settings.exported_at, late, &finished);
    Agenda { dues, visits, next, named, unsaved, finished: !finished.is_empty() }
}

impl Agenda {
    /// The order that a visit belongs to.
    fn order_of<'a>(&'a self, visit: &'a Summary) -> Option<&'a Summary> {
        self.named.get(visit.refs.get("order")?)
    }

    /// Name of the record that a line refers to under a field.
    fn name(&self, line: &Summary, field: &str) -> String {
        line.refs.get(field).and_then(|id| self.named.get(id)).map(|line| line.name.clone()).unwrap_or_default()
    }
}

/// The page.
#[component]
pub fn Today() -> impl IntoView {
    let store = Store::here();
    let speech = lang();
    let agenda = asked(move || {
        store.changes().track();
        read(store)
    });
    let now = RwSignal::new(clock::now());
    let ticking = StoredValue::new_local(crate::browser::timers::every(20_000, move || now.set(clock::now())));
    on_cleanup(move || ticking.dispose());
    let title = Signal::derive(move || {
        let now = now.get();
        format!("{} {} {}", t(&words::NAV_TODAY)(), now.date(), weekday(now, speech.get()))
    });
    view! {
        <Bar title>
            <a class="button quiet icon-only" href=Route::Calendar.href() data-act="calendar" aria-label=t(&words::calendar::TITLE)>
                <Icon name="calendar-plus"/>
            </a>
        </Bar>
        <div class="page">
            {move || {
                agenda
                    .get()
                    .map(|agenda| {
                        let nothing = agenda.dues.is_empty() && agenda.visits.is_empty() && agenda.next.is_empty();
                        if nothing && store.unread.with(Option::is_some) {
                            // What could not be read is not shown as an empty book; the alert above tells.
                            return ().into_any();
                        }
                        if nothing {
                            return view! {
                                {backup(agenda.unsaved)}
                                <div class="empty">
                                    <Icon name="calendar-check"/>
                                    <p>{t(&words::TODAY_NOTHING)}</p>
                                    <a class="button primary" href=Route::New(RecordKind::Order, None).href()>
                                        <Icon name="plus"/>
                                        {t(&words::WORK_NEW)}
                                    </a>
                                </div>
                            }
                            .into_any();
                        }
                        view! {
                            {room(store)}
                            {near(store, now)}
                            {dues(&agenda, now)}
                            <InstallOffer finished=agenda.finished/>
                            {visits(&agenda)}
                            {orders(&agenda, now)}
                            {backup(agenda.unsaved)}
                        }
                        .into_any()
                    })
            }}
        </div>
    }
}

/// Appointments that are near: the reminders of now, each with what is left.
fn near(store: Store, now: RwSignal<sitebook_core::time::Stamp>) -> AnyView {
    dynamic(move || {
        let rows = store.near.with(|near| near.iter().map(|one| near_card(one, now)).collect_view());
        (!rows.is_empty())
            .then(|| {
                view! {
                    <section>
                        <h2>{t(&words::ring::NEAR)}</h2>
                        <ul class="cards">{rows}</ul>
                    </section>
                }
            })
            .into_any()
    })
}

fn near_card(one: &Upcoming, now: RwSignal<sitebook_core::time::Stamp>) -> AnyView {
    let at = sitebook_core::time::Stamp { at: one.at, tz: now.get_untracked().tz };
    let left = tf(move || words::TODAY_LEFT.with_texts(&[&span_words((at.at - now.get().at).max(0))]));
    let when = tf(move || words::ring::AGREED_AT.with_texts(&[&at.spoken(now.get())]));
    view! {
        <li>
            <a class="card due" href=one.route.href() data-near=one.key.clone()>
                <Icon name="bell"/>
                <span class="card-main">
                    <strong>{when}</strong>
                    <span>{left}</span>
                    <span class="hint">{one.customer.clone()} " " {one.site.clone()}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}

fn dues(agenda: &Agenda, now: RwSignal<sitebook_core::time::Stamp>) -> Option<AnyView> {
    if agenda.dues.is_empty() {
        return None;
    }
    let rows = agenda
        .dues
        .iter()
        .filter_map(|due| {
            let id = RecordId::parse(&due.record)?;
            let stage = due.step.split('.').next().unwrap_or("").to_owned();
            let visit = agenda.named.get(&due.record);
            let customer = visit.and_then(|visit| agenda.order_of(visit)).map(|order| agenda.name(order, "customer"));
            let (at, step) = (due.at, due.step.clone());
            let late = move || now.get().at > at;
            let left = tf(move || {
                let now = now.get().at;
                let span = span_words((at - now).abs());
                if now > at {
                    words::TODAY_OVERDUE.with_texts(&[&span])
                } else {
                    words::TODAY_LEFT.with_texts(&[&span])
                }
            });
            Some(view! {
                <li>
                    <a
                        class="card due"
                        class:is-late=late
                        href=Route::Stage(id, stage).href()
                        data-due=due.id.clone()
                        on:click=move |_| crate::widgets::step::reveal_later(&step)
                    >
                        <Icon name="timer"/>
                        <span class="card-main">
                            <strong>{tx(due.title.clone())}</strong>
                            <span class="hint">{customer} " " <span class="clause">{due.clause.clone()}</span></span>
                        </span>
                        <span class="card-end">{left}</span>
                    </a>
                </li>
            })
        })
        .collect_view();
    Some(
        view! {
            <section>
                <h2>{t(&words::TODAY_DUE)}</h2>
                <ul class="cards">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// A warning while there is still room to act.
fn room(store: Store) -> AnyView {
    dynamic(move || match store.room.get().filter(|room| room.is_tight()) {
        Some(room) => {
            let left = files::size_words(room.free());
            view! {
                <a class="card is-warn" href=Route::More.href() data-room>
                    <Icon name="triangle-alert"/>
                    <span class="card-main">
                        <strong>{tf(move || words::ROOM_TIGHT.with(&[&left]))}</strong>
                        <span class="hint">{t(&words::ROOM_TIGHT_HINT)}</span>
                    </span>
                    <Icon name="chevron-right"/>
                </a>
            }
            .into_any()
        }
        None => ().into_any(),
    })
}

/// A gentle reminder when it is time for a backup.
fn backup(unsaved: Unsaved) -> Option<AnyView> {
    let words = move || {
        let (entries, visits) = (unsaved.entries.to_string(), unsaved.visits.to_string());
        match (unsaved.days, unsaved.visits) {
            (Some(days), 0) => words::TODAY_BACKUP_DAYS.with(&[&days.to_string(), &entries]),
            (None, 0) => words::TODAY_BACKUP.with(&[&entries]),
            _ => words::TODAY_BACKUP_VISITS.with(&[&visits, &entries]),
        }
    };
    unsaved.is_due().then(|| {
        view! {
            <a class="card" href=Route::More.href() data-backup>
                <Icon name="download"/>
                <span class="card-main">
                    <strong>{tf(words)}</strong>
                    <span class="hint">{t(&words::TODAY_BACKUP_HINT)}</span>
                </span>
                <Icon name="chevron-right"/>
            </a>
        }
        .into_any()
    })
}

fn visits(agenda: &Agenda) -> Option<AnyView> {
    if agenda.visits.is_empty() {
        return None;
    }
    let rows = agenda
        .visits
        .iter()
        .filter_map(|visit| {
            let order = agenda.order_of(visit);
            let customer = order.map(|order| agenda.name(order, "customer")).unwrap_or_default();
            Some(visit_card(visit, customer, order.map(|order| order.name.clone()).unwrap_or_default())?.into_any())
        })
        .collect_view();
    Some(
        view! {
            <section>
                <h2>{t(&words::TODAY_UNDER_WAY)}</h2>
                <ul class="cards">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// A visit in a list: customer, what it is about, progress and the stage that is next.
pub fn visit_card(visit: &Summary, customer: String, about: String) -> Option<impl IntoView + use<>> {
    let id = RecordId::parse(&visit.id)?;
    let number = visit.number.clone().unwrap_or_default();
    let open = visit.state == sitebook_core::ledger::State::Open && !visit.void;
    let progress = visit.progress.clone().filter(|_| open).map(|progress| {
        let (done, total) = (progress.done, progress.total);
        let stage = progress.stage.map(|stage| view! { <span class="tag is-strong">{tx(stage)}</span> });
        view! {
            <span class="card-progress">
                {stage}
                <progress max=total.to_string() value=done.to_string() aria-hidden="true"></progress>
                <span class="hint">
                    {tf(move || words::STEPS_DONE.with(&[&done.to_string(), &total.to_string()]))}
                </span>
            </span>
        }
    });
    Some(view! {
        <li>
            <a class="card" href=Route::Show(RecordKind::Visit, id).href() data-visit=visit.id.clone()>
                <span class="card-main">
                    <strong>{customer}</strong>
                    <span class="card-about">{about}</span>
                    <span class="hint number">{number}</span>
                    {mark(visit.conflicts)}
                    {progress}
                </span>
                <Icon name="chevron-right"/>
            </a>
        </li>
    })
}

fn orders(agenda: &Agenda, now: RwSignal<sitebook_core::time::Stamp>) -> Option<AnyView> {
    if agenda.next.is_empty() {
        return None;
    }
    let rows = agenda
        .next
        .iter()
        .filter_map(|order| {
            let names = (agenda.name(order, "customer"), agenda.name(order, "site"));
            Some(order_card(order, names, now)?.into_any())
        })
        .collect_view();
    Some(
        view! {
            <section>
                <h2>{t(&words::TODAY_NEXT)}</h2>
                <ul class="cards">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// A work order in a list: customer and site, the reported fault, the agreed time.
pub fn order_card(
    order: &Summary,
    (customer, site): (String, String),
    now: RwSignal<sitebook_core::time::Stamp>,
) -> Option<impl IntoView + use<>> {
    let id = RecordId::parse(&order.id)?;
    let at = sitebook_core::time::Stamp { at: order.sort, tz: now.get_untracked().tz };
    let when = tf(move || at.spoken(now.get()));
    Some(view! {
        <li>
            <a class="card" href=Route::Show(RecordKind::Order, id).href() data-order=order.id.clone()>
                <span class="card-main">
                    <strong>{customer}</strong>
                    <span class="card-about">{order.name.clone()}</span>
                    <span class="hint">{site} " " <span class="number">{order.number.clone()}</span></span>
                    {mark(order.conflicts)}
                </span>
                <span class="card-end">{when}</span>
            </a>
        </li>
    })
}
