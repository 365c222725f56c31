//! What happened to a record, in words: who, when, on which device, from what to what; and any value put back.

use crate::browser::clock;
use crate::i18n::{t, tf, tx, words};
use crate::route::Route;
use crate::store::commit::{Job, commit};
use crate::store::query::View;
use crate::store::{Store, StoreError};
use crate::widgets::bar::Bar;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble, asked, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Change, Clock, RecordKind, Sealed};
use sitebook_core::template::{CaptureKind, RecordTemplate};
use sitebook_core::text::Text;
use sitebook_core::time::span_words;
use sitebook_core::work::{Back, Command, Context, Entry, History as Past, Words, undo};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Entries shown at first, and added by *older*.
const PART: usize = 100;

/// What the page needs to know.
struct Told {
    view: View,
    ops: Vec<Sealed>,
    names: BTreeMap<String, String>,
}

async fn read(store: Store, id: RecordId) -> Option<Arc<Told>> {
    let view = store.view(&id).await.ok().flatten()?;
    let ops = store.ops(id.as_str()).await.unwrap_or_default();
    let content = store.content();
    let template = view.record.kind().and_then(|kind| content.record(kind));
    let lines = store.lines_of(&named(&ops, template)).await.unwrap_or_default();
    let names = lines.into_iter().map(|(id, line)| (id, line.name)).collect();
    Some(Arc::new(Told { view, ops, names }))
}

/// The records that a basic record ever referred to.
fn named(ops: &[Sealed], template: Option<&RecordTemplate>) -> Vec<String> {
    let is_ref = |field: &str| {
        let kind = template.and_then(|template| template.field(field)).map(|field| &field.kind);
        matches!(kind, Some(CaptureKind::Ref { .. }))
    };
    let mut ids = BTreeSet::new();
    for sealed in ops {
        if let Change::Set { field, value, .. } = &sealed.op.change
            && is_ref(field)
        {
            ids.extend(value.as_text().map(str::to_owned));
        }
    }
    ids.into_iter().collect()
}

/// The latest entries of a record, how many there are in all, and whether a clock was wrong.
fn entries(store: Store, told: &Told, count: usize) -> (Vec<Entry>, usize, bool) {
    let content = store.content();
    let history = Past::new(&told.ops, clock::now());
    let record = &told.view.record;
    let list = if let Some(scope) = told.view.scope(&content.library) {
        let context = Context::Visit { scope: &scope };
        history.entries(0, count, record, &Words::Visit(&scope), Some(&context))
    } else {
        let template = record.kind().and_then(|kind| content.record(kind));
        let context = template.map(|template| Context::Basic { template, record: Some(record) });
        let words = Words::Basic { template, names: &told.names };
        history.entries(0, count, record, &words, context.as_ref())
    };
    (list, history.len(), history.has_clocks())
}

/// What was put back last, to be undone.
type Undo = RwSignal<Option<Vec<Command>>>;

/// Runs commands one after the other and gives what undoes them.
async fn run(store: Store, id: RecordId, commands: Vec<Command>) -> Result<Vec<Command>, StoreError> {
    let mut undoing = Vec::new();
    for command in commands {
        let before = store.view(&id).await?.ok_or(sitebook_core::work::Refusal::NoRecord)?;
        let job = Job::new(id.clone(), command.clone(), &store.profile.now().name);
        let after = commit(store, job).await?;
        undoing.splice(0..0, undo(&command, &before.record, &after.record));
    }
    Ok(undoing)
}

/// The page.
#[component]
pub fn History(
    /// The record.
    id: RecordId,
) -> impl IntoView {
    let store = Store::here();
    let (this, own) = (id.clone(), StoredValue::new(id));
    let told = asked(move || {
        store.changes().track();
        read(store, this.clone())
    });
    let shown = RwSignal::new(PART);
    let (undoing, trouble) = (RwSignal::new(None::<Vec<Command>>), RwSignal::new(None::<Text>));
    let put_back = move |commands: Vec<Command>, again: bool| {
        spawn_local(async move {
            match run(store, own.get_value(), commands).await {
                Ok(back) => {
                    let _ = trouble.try_set(None);
                    let _ = undoing.try_set(again.then_some(back));
                }
                Err(error) => drop(trouble.try_set(Some(error.words()))),
            }
        });
    };
    let list = move || {
        let Some(told) = told.get()? else {
            return Some(view! { <p class="empty">{t(&words::history::NONE)}</p> }.into_any());
        };
        let (list, all, clocks) = entries(store, &told, shown.get());
        let older = all.saturating_sub(list.len());
        let rows = list.into_iter().map(|entry| row(entry, Arc::new(move |commands| put_back(commands, true))));
        Some(view! {
            {clocks.then(|| view! { <p class="notice is-warn" data-clocks><Icon name="clock"/><span>{t(&words::history::CLOCKS)}</span></p> })}
            <ol class="history">{rows.collect_view()}</ol>
            {(older > 0).then(|| older_button(older, shown))}
        }
        .into_any())
    };
    let back = Signal::derive(move || {
        let kind = told.with(|told| told.as_ref()?.as_ref()?.view.record.kind());
        Route::Show(kind.unwrap_or(RecordKind::Customer), own.get_value())
    });
    view! {
        <Bar title=Signal::derive(move || t(&words::history::TITLE)().to_owned()) back/>
        <div class="page">
            {undo_line(undoing, Arc::new(move |commands| put_back(commands, false)))}
            <Trouble words=trouble/>
            {dynamic(move || list().into_any())}
        </div>
    }
}

type Run = Arc<dyn Fn(Vec<Command>) + Send + Sync>;

fn undo_line(undoing: Undo, run: Run) -> AnyView {
    let run = StoredValue::new(run);
    let click = move |_| {
        if let Some(commands) = undoing.get_untracked() {
            run.with_value(|run| run(commands));
        }
    };
    view! {
        <Show when=move || undoing.with(Option::is_some)>
            <p class="undo is-stuck" role="status">
                {t(&words::history::DONE)}
                <button type="button" class="quiet" data-act="undo" on:click=click>
                    <Icon name="undo-2"/>
                    {t(&words::UNDO)}
                </button>
            </p>
        </Show>
    }
    .into_any()
}

fn older_button(older: usize, shown: RwSignal<usize>) -> AnyView {
    let words = tf(move || words::history::OLDER.with(&[&older.to_string()]));
    view! {
        <button type="button" class="add" data-act="older" on:click=move |_| shown.update(|shown| *shown += PART)>
            {words}
        </button>
    }
    .into_any()
}

fn row(entry: Entry, put_back: Run) -> AnyView {
    let clocks = entry.clocks.iter().map(|clock| {
        let words = clock_words(*clock);
        view! { <span class="hint is-warn"><Icon name="clock"/>{tx(words)}</span> }
    });
    let clock = entry.clock.map(|at| {
        let at = at.date_time();
        view! { <span class="hint">{tf(move || words::CLOCK_SHOWED.with(&[&at]))}</span> }
    });
    let back = match entry.back {
        Back::Nothing => None,
        Back::By(commands) => Some(
            view! {
                <button type="button" class="quiet" data-act="put-back" on:click=move |_| put_back(commands.clone())>
                    <Icon name="rotate-ccw"/>
                    {t(&words::history::BACK)}
                </button>
            }
            .into_any(),
        ),
        Back::Refused(why) => Some(
            view! { <span class="hint" data-not-back>{tf(move || words::history::NOT_BACK.with_texts(&[&why]))}</span> }
                .into_any(),
        ),
    };
    view! {
        <li data-op=entry.op.to_string()>
            <time>{entry.at.date_time()}</time>
            <span class="history-what" class:is-withdrawn=entry.withdrawn>{tx(entry.what)}</span>
            {entry.withdrawn.then(|| view! { <span class="tag">{t(&words::history::WITHDRAWN)}</span> })}
            <span class="hint">{entry.actor} " · " {entry.device}</span>
            {clock}
            {clocks.collect_view()}
            {back}
        </li>
    }
    .into_any()
}

fn clock_words(clock: Clock) -> Text {
    let (pattern, by) = match clock {
        Clock::Back(by) => (&words::CLOCK_BACK, by),
        Clock::Ahead(by) => (&words::CLOCK_AHEAD, by),
        Clock::Stamped(by) => (&words::CLOCK_STAMPED, by),
    };
    pattern.with_texts(&[&span_words(by)])
}
