//! A visit: where am I, what is next, what is missing. One stage at a time, the next step in reach of the thumb.

mod beside;
mod finder;
mod glance;
mod menu;
mod next;
mod overview;

use crate::browser::timers;
use crate::i18n::{t, tx, words};
use crate::later;
use crate::route::Route;
use crate::store::session::Session;
use crate::store::{Store, StoreError};
use crate::widgets::bar::Bar;
use crate::widgets::conflict::visit_notice;
use crate::widgets::damaged::damaged;
use crate::widgets::gate::Gates;
use crate::widgets::icon::Icon;
use crate::widgets::save::{SaveBadge, SaveTrouble};
use crate::widgets::sign::ShowForm;
use crate::widgets::step::StepCard;
use crate::widgets::ui::Show;
use crate::widgets::void::voided;
use beside::Beside;
use glance::Glance;
use leptos::prelude::*;
use leptos::task::spawn_local;
use menu::VisitMenu;
use next::NextBar;
use overview::{Clocks, StageBar};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{RecordKind, State};
use sitebook_core::template::{Stage, Step};
use sitebook_core::text::Text;
use sitebook_core::work::{Reach, Run, StageStatus};

/// Opens a visit and hands it to the screen that needs it.
#[component]
pub fn WithVisit(
    /// The visit.
    id: RecordId,
    /// What to show once it is open.
    children: std::sync::Arc<dyn Fn(Session) -> AnyView + Send + Sync>,
) -> impl IntoView {
    let store = Store::here();
    let opened = RwSignal::new(None::<Result<Session, Why>>);
    let owner = Owner::current();
    let whose = id.clone();
    let read = move || spawn_local(open(store, id.clone(), owner.clone(), opened));
    read();
    let read = StoredValue::new_local(read);
    move || match opened.get() {
        None => view! { <p class="page empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
        Some(Ok(session)) => children(session),
        Some(Err(why)) => {
            let told = match why {
                Why::Words(words) => view! { <p class="page empty" role="alert">{tx(words)}</p> }.into_any(),
                Why::Error(error) => damaged(whose.clone(), &error, move || read.with_value(|read| read())),
            };
            view! {
                <Bar title=Signal::derive(move || t(&words::KIND_VISIT)().to_owned()) back=Signal::derive(|| Route::Today)/>
                <SaveTrouble store/>
                {told}
            }
            .into_any()
        }
    }
}

/// Why a visit does not open.
#[derive(Clone)]
enum Why {
    Words(Text),
    Error(StoreError),
}

async fn open(store: Store, id: RecordId, owner: Option<Owner>, opened: RwSignal<Option<Result<Session, Why>>>) {
    let result = match store.view(&id).await {
        Ok(Some(view)) if view.procedure.is_some() => {
            let open = || Session::open(store, view);
            Ok(match owner {
                Some(owner) => owner.with(open),
                None => open(),
            })
        }
        Ok(Some(_)) => Err(Why::Words(words::VISIT_NO_PROCEDURE.clone())),
        Ok(None) => Err(Why::Words(words::VISIT_NOT_FOUND.clone())),
        Err(error) => Err(Why::Error(error)),
    };
    let _ = opened.try_set(Some(result));
}

/// The visit page, at the given stage or at the one that is next.
#[component]
pub fn Visit(
    /// The open visit.
    session: Session,
    /// Stage named by the address.
    #[prop(into)]
    at: Signal<Option<String>>,
) -> impl IntoView {
    provide_context(ShowForm(later::form));
    let id = session.record().record.id.clone();
    let first_next = session.ask(|scope| Run::new(scope).next().map(|(stage, _)| stage.id.clone())).flatten();
    let stages: Vec<Stage> = session.record().procedure.as_ref().map(|p| p.stages.clone()).unwrap_or_default();
    let last = stages.last().map(|stage| stage.id.clone()).unwrap_or_default();
    let known: Vec<String> = stages.iter().map(|stage| stage.id.clone()).collect();
    let current = Memo::new(move |_| match at.get() {
        Some(stage) if known.contains(&stage) => stage,
        _ => first_next.clone().unwrap_or_else(|| last.clone()),
    });
    let number = session.record().record.number().unwrap_or_default().to_owned();
    let menu = RwSignal::new(false);
    let stages = StoredValue::new(stages);
    let states = states_of(session);
    let stage_now = move || stages.with_value(|all| all.iter().find(|s| current.with(|now| s.id == *now)).cloned());
    view! {
        <Bar title=Signal::derive(move || number.clone()) back=Signal::derive(|| Route::Today)>
            <SaveBadge session/>
            <button type="button" class="quiet icon-only" data-act="menu" aria-label=t(&words::NAV_MORE) on:click=move |_| menu.set(true)>
                <Icon name="file-text"/>
            </button>
        </Bar>
        <StageBar stages states current id=id.clone()/>
        <SaveTrouble store=session.store()/>
        <Clocks session/>
        <div class="with-beside">
            <div class="page has-primary visit">
                <VisitHead session>
                    <Glance session stages=states/>
                </VisitHead>
                {visit_notice(session)}
                {move || stage_now().map(|stage| view! { <StageView session stage/> })}
            </div>
            <Beside session/>
        </div>
        <NextBar session current/>
        <VisitMenu session open=menu id/>
    }
}

/// The states of all stages. Each is looked at again only when something that it depends on has changed.
fn states_of(session: Session) -> Memo<Vec<StageStatus>> {
    let record = session.record();
    let procedure = record.procedure.as_deref();
    let stages =
        procedure.into_iter().flat_map(|procedure| procedure.stages.iter().map(move |stage| (procedure, stage)));
    let each: Vec<Memo<Option<StageStatus>>> = stages
        .enumerate()
        .map(|(place, (procedure, stage))| {
            let session = session.within(Reach::of_stage(procedure, stage));
            Memo::new(move |_| {
                session.ask(|scope| Some(Run::new(scope).stage(scope.procedure.stages.get(place)?))).flatten()
            })
        })
        .collect();
    Memo::new(move |_| each.iter().filter_map(Memo::get).collect())
}

/// Who and where, at the top of each stage.
#[component]
fn VisitHead(
    /// The open visit.
    session: Session,
    /// What comes right below it.
    children: Children,
) -> impl IntoView {
    let part = move |key: &'static str| {
        let words = session.ask(|scope| scope.value(key).and_then(|value| value.as_text().map(str::to_owned)));
        words.flatten().unwrap_or_default()
    };
    let title = session.record().procedure.as_ref().map(|procedure| procedure.title.clone());
    let closed = move || session.with(|record| record.state() == State::Closed);
    let void = Memo::new(move |_| session.with(|record| record.void.as_ref().map(|(_, _, reason)| reason.clone())));
    let has_order = session.record().record.text("visit.order").is_some();
    let briefing = Route::Briefing(RecordKind::Visit, session.record().record.id.clone()).href();
    view! {
        <p class="visit-head">
            <span class="visit-title">{title.map(tx)}</span>
            <strong>{move || part("customer.name")}</strong>
            " "
            <span>{move || part("site.name")}</span>
            " "
            <Show when=closed>
                <span class="tag is-strong">{t(&words::VISIT_CLOSED)}</span>
            </Show>
            <Show when=move || void.get().is_some()>
                <span class="tag is-strong">{t(&words::WORK_VOID)}</span>
            </Show>
        </p>
        {move || void.get().map(voided)}
        {children()}
        <Show when=move || has_order && !closed() && void.get().is_none()>
            <a class="chip" href=briefing.clone() data-act="briefing-page">
                <Icon name="book-open"/>
                {t(&words::handbook::BRIEFING_LINK)}
            </a>
        </Show>
    }
}

/// One stage: its gates and its steps.
#[component]
fn StageView(
    /// The open visit.
    session: Session,
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let id = stage.id.clone();
    let gates = Memo::new(move |_| {
        let gates = session.ask(|scope| {
            let stage = scope.procedure.stage(&id)?;
            Some(Run::new(scope).stage_gates(stage))
        });
        gates.flatten().unwrap_or_default()
    });
    let steps = stage.steps.chunks(AT_ONCE).map(<[Step]>::to_vec).collect::<Vec<_>>();
    let last = steps.len().saturating_sub(1);
    let drawn = RwSignal::new(0);
    follow(drawn, last);
    let steps = steps.into_iter().enumerate().map(|(place, steps)| {
        let (steps, stage) = (StoredValue::new(steps), stage.id.clone());
        let cards = move || {
            let cards = steps.get_value().into_iter();
            cards.map(|step| view! { <StepCard session stage=stage.clone() step/> }).collect_view()
        };
        view! { <Show when=move || { place <= drawn.get() }>{cards.clone()}</Show> }
    });
    view! {
        <h2 class="stage-title">{tx(stage.title.clone())}</h2>
        {stage.summary.clone().map(|summary| view! { <p class="hint">{tx(summary)}</p> })}
        <Show when=move || { gates.with(|gates| !gates.is_empty()) }>
            {move || view! { <Gates session gates=gates.get()/> }}
        </Show>
        <div class="steps" aria-busy=move || (drawn.get() < last).to_string()>{steps.collect_view()}</div>
    }
}

/// How many steps are drawn between two paints: what fits a phone's screen comes with the first.
const AT_ONCE: usize = 6;

/// Lets the groups of steps after the first follow, one behind each paint.
fn follow(drawn: RwSignal<usize>, last: usize) {
    if drawn.try_get_untracked().is_some_and(|drawn| drawn < last) {
        timers::after_paint(move || {
            if drawn.try_update(|drawn| *drawn += 1).is_some() {
                follow(drawn, last);
            }
        });
    }
}
