//! The board of a work order: the procedures of its programme, what runs, what blocks, what comes next.

use crate::browser::route;
use crate::i18n::{named, t, tf, tx, words};
use crate::route::Route;
use crate::store::runs::Cause;
use crate::store::{Store, StoreError};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind, State};
use sitebook_core::text::Text;
use sitebook_core::work::{Board, BoardItem, Next, Run, Summary, board};
use std::collections::BTreeMap;

/// A board as read: with the gates in front of what comes next in each open run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Read {
    board: Board,
    blocks: BTreeMap<String, Vec<Text>>,
}

/// Most open runs that are looked into for their gates.
const LOOKED_INTO: usize = 20;

/// Reads the board of a work order.
pub async fn read(store: Store, order: &Record, runs: &[Summary]) -> Result<Read, StoreError> {
    let around = store.view(&order.id).await?.map(|view| view.around).unwrap_or_default();
    let around = sitebook_core::work::Around { order: Some(order.clone()), ..around };
    let content = store.content();
    let board = board(&content.library, &around, runs);
    let mut blocks = BTreeMap::new();
    let open = runs.iter().filter(|run| run.state == State::Open && !run.void).take(LOOKED_INTO);
    for id in open.filter_map(|run| RecordId::parse(&run.id)) {
        let Ok(Some(view)) = store.view(&id).await else { continue };
        let gates = view.scope(&content.library).map(|scope| {
            let run = Run::new(&scope);
            let gates = run.next().map(|(stage, step)| run.step(stage, step).locked_by).unwrap_or_default();
            gates.into_iter().map(|gate| gate.text).collect::<Vec<_>>()
        });
        if let Some(gates) = gates.filter(|gates| !gates.is_empty()) {
            blocks.insert(id.to_string(), gates);
        }
    }
    Ok(Read { board, blocks })
}

/// Begins runs and tells what went wrong; one at a time.
#[derive(Clone, Copy)]
pub struct Starter {
    store: Store,
    busy: RwSignal<bool>,
    /// What went wrong.
    pub trouble: RwSignal<Option<Text>>,
}

impl Starter {
    /// A starter of this page.
    pub fn new(store: Store) -> Starter {
        Starter { store, busy: RwSignal::new(false), trouble: RwSignal::new(None) }
    }

    /// Whether a run is being begun.
    pub fn busy(self) -> bool {
        self.busy.get()
    }

    /// Begins a run and goes to it.
    pub fn begin(self, procedure: String, cause: Cause) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match self.store.begin_run(&procedure, cause).await {
                Ok(id) => route::set(&Route::Show(RecordKind::Visit, id).href()),
                Err(error) => drop(self.trouble.try_set(Some(error.words()))),
            }
            let _ = self.busy.try_set(false);
        });
    }
}

/// The phases with their procedures and runs.
#[component]
pub fn Phases(
    /// The board.
    read: Read,
    /// The work order.
    order: RecordId,
    /// Whether runs may be begun.
    open: bool,
    /// Begins runs.
    starter: Starter,
) -> impl IntoView {
    let Read { board, blocks } = read;
    let (done, all) = board.progress();
    let phases = board
        .phases
        .into_iter()
        .map(|phase| {
            let items = phase.items.into_iter().map(|item| row(item, &blocks, order.clone(), open, starter));
            view! {
                <section class="phase">
                    <h3>{tx(phase.title)}</h3>
                    <ul class="board">{items.collect_view()}</ul>
                </section>
            }
        })
        .collect_view();
    let others = board.others.iter().filter_map(|run| run_link(run, &blocks, true)).collect_view();
    let has_others = !board.others.is_empty();
    let more = Route::Catalogue(Some(order)).href();
    view! {
        <h2>{t(&words::BOARD_TITLE)}</h2>
        <Show when=move || { all > 1 }>
            <p class="board-progress">
                <progress max=all.to_string() value=done.to_string() aria-hidden="true"></progress>
                <span class="hint">{tf(move || words::BOARD_DONE_OF.with(&[&done.to_string(), &all.to_string()]))}</span>
            </p>
        </Show>
        {phases}
        {has_others.then(|| view! {
            <section class="phase">
                <h3>{t(&words::BOARD_OTHERS)}</h3>
                <ul class="board">{others}</ul>
            </section>
        })}
        {open.then(|| view! {
            <p class="below">
                <a class="button quiet" href=more data-act="start-other">
                    <Icon name="plus"/>
                    {t(&words::BOARD_MORE)}
                </a>
            </p>
        })}
        <Trouble words=starter.trouble/>
    }
    .into_any()
}

fn row(
    item: BoardItem,
    blocks: &BTreeMap<String, Vec<Text>>,
    order: RecordId,
    open: bool,
    starter: Starter,
) -> AnyView {
    let (again, begin) = (!item.runs.is_empty(), open && item.can_begin());
    let reached = item.reached();
    let class = match (item.is_closed(), item.runs.is_empty()) {
        (true, _) => "board-item is-done",
        (false, true) if begin && !item.must => "board-item is-optional",
        (false, true) => "board-item",
        (false, false) => "board-item is-running",
    };
    let icon = match (item.is_closed(), item.runs.is_empty()) {
        (true, _) => "circle-check",
        (false, true) => "circle",
        (false, false) => "circle-dot",
    };
    let runs = item.runs.iter().filter_map(|run| run_link(run, blocks, false)).collect_view();
    let id = item.line.id.clone();
    let procedure = id.clone();
    let start = move |_| starter.begin(procedure.clone(), Cause { order: Some(order.clone()), from: None });
    let word = if again { &words::BOARD_AGAIN } else { &words::BOARD_START };
    let spoken = named(move || word, tx(item.line.title.clone()));
    let must = if item.must { &words::BOARD_MUST } else { &words::BOARD_MAY };
    view! {
        <li class=class data-procedure=id>
            <p class="board-head">
                <Icon name=icon/>
                <strong>{tx(item.line.title.clone())}</strong>
                <span class="tag" class:is-strong=item.must>{t(must)}</span>
            </p>
            {(!reached.is_empty()).then(|| {
                let reached = reached.into_iter().map(|text| view! { <span class="tag is-good">{tx(text)}</span> });
                view! { <p class="board-reached">{reached.collect_view()}</p> }
            })}
            <ul class="board-runs">{runs}</ul>
            {begin.then(|| view! {
                <button type="button" class="quiet" data-act="begin" aria-label=spoken disabled=move || starter.busy() on:click=start>
                    <Icon name="plus"/>
                    {t(word)}
                </button>
            })}
        </li>
    }
    .into_any()
}

/// One run: how far it is and what blocks it.
fn run_link(run: &Summary, blocks: &BTreeMap<String, Vec<Text>>, named: bool) -> Option<AnyView> {
    let id = RecordId::parse(&run.id)?;
    let closed = run.state == State::Closed;
    let (done, total) = run.progress.as_ref().map_or((0, 0), |progress| (progress.done, progress.total));
    let state = tf(move || match closed {
        true => words::BOARD_CLOSED.clone(),
        false => words::BOARD_RUNNING.with(&[&done.to_string(), &total.to_string()]),
    });
    let gates = blocks.get(&run.id).cloned().unwrap_or_default();
    let gates = gates.into_iter().map(|gate| {
        view! {
            <span class="board-block">
                <Icon name="lock"/>
                {t(&words::GATE_NEEDS)} {tx(gate)}
            </span>
        }
    });
    let title = run.title.clone().filter(|_| named);
    Some(
        view! {
            <li>
                <a class="board-run" href=Route::Show(RecordKind::Visit, id).href() data-visit=run.id.clone()>
                    <span>
                        {title.map(|title| view! { <strong>{tx(title)}</strong> " " })}
                        <span class="number">{run.number.clone()}</span>
                        " · "
                        {state}
                        {gates.collect_view()}
                    </span>
                    <Icon name="chevron-right"/>
                </a>
            </li>
        }
        .into_any(),
    )
}

/// The way on: continue what runs, or begin what comes next.
pub fn primary(read: &Read, order: RecordId, starter: Starter) -> AnyView {
    match read.board.next() {
        Some(Next::Go(run)) => {
            let href = RecordId::parse(&run.id).map(|id| Route::Show(RecordKind::Visit, id).href()).unwrap_or_default();
            let title = run.title.clone().unwrap_or_else(|| words::VISIT.clone());
            view! {
                <a class="button primary" href=href data-act="continue-visit">
                    {tf(move || words::WORK_CONTINUE.with_texts(&[&title]))}
                    <Icon name="chevron-right"/>
                </a>
            }
            .into_any()
        }
        Some(Next::Begin(line)) => {
            let (procedure, title) = (line.id.clone(), line.title.clone());
            let start = move |_| starter.begin(procedure.clone(), Cause { order: Some(order.clone()), from: None });
            view! {
                <button type="button" class="primary" data-act="start-visit" disabled=move || starter.busy() on:click=start>
                    {tf(move || words::WORK_START.with_texts(&[&title]))}
                    <Icon name="chevron-right"/>
                </button>
            }
            .into_any()
        }
        None => view! {
            <a class="button primary" href=Route::Catalogue(Some(order)).href() data-act="start-other">
                <Icon name="plus"/>
                {t(&words::BOARD_MORE)}
            </a>
        }
        .into_any(),
    }
}
