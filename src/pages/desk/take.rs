//! Taking in a procedure from a file: what it says and how it differs, before anything is taken in.

use super::differences::differences;
use super::where_words;
use crate::browser::files::{self, File};
use crate::browser::route;
use crate::i18n::{Text, t, tx, words::editor};
use crate::route::{Desk as Page, Route};
use crate::store::Store;
use crate::store::own::Unpublished;
use crate::widgets::bar::Bar;
use crate::widgets::choose::{ChooseFile, Refused};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Trouble, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::template::check::{Problem, check};
use sitebook_core::template::diff::{Difference, diff};
use sitebook_core::template::file::{self, FileError, ProcedureFile};
use sitebook_core::work::without_keys;
use std::sync::Arc;

/// A file that was read and looked through.
#[derive(Debug, Clone)]
struct Seen {
    file: ProcedureFile,
    problems: Vec<Problem>,
    /// The version in use here, and what differs.
    here: Option<(u32, Vec<Difference>)>,
    /// A draft here would be replaced.
    has_draft: bool,
}

async fn look(store: Store, file: File) -> Result<Seen, Text> {
    let size = files::size(&file);
    let most = u64::try_from(file::BYTES).unwrap_or(u64::MAX);
    if size > most {
        return Err(FileError::TooBig(usize::try_from(size).unwrap_or(usize::MAX)).words());
    }
    let bytes = files::slice(&file, 0, size).await.map_err(|error| error.words())?;
    let file = file::read(&bytes).map_err(|error| error.words())?;
    store.read_own().await.map_err(|error| error.words())?;
    let problems = check(&file.procedure, &store.content().library);
    let used = store.procedure(&file.procedure.id).await.ok();
    let here = used.map(|used| (used.reference.version, diff(&used.procedure, &file.procedure)));
    let has_draft = store.draft(&file.procedure.id).await.map_err(|error| error.words())?.is_some();
    Ok(Seen { file, problems, here, has_draft })
}

/// The page.
pub fn page(store: Store) -> AnyView {
    let seen = RwSignal::new(None::<Arc<Seen>>);
    let refused = RwSignal::new(None::<Text>);
    let take = move |file: File| {
        seen.set(None);
        refused.set(None);
        spawn_local(async move {
            match look(store, file).await {
                Ok(found) => drop(seen.try_set(Some(Arc::new(found)))),
                Err(words) => drop(refused.try_set(Some(words))),
            }
        });
    };
    view! {
        <Bar title=Signal::derive(move || t(&editor::TAKE)().to_owned()) back=Signal::derive(|| Route::Catalogue(None))/>
        <div class="page stack">
            <p class="hint">{t(&editor::TAKE_HINT)}</p>
            <ChooseFile id="procedure-file" icon="upload" take/>
            <Refused words=refused/>
            {dynamic(move || seen.get().map(|found| shown(store, &found)).into_any())}
        </div>
    }
    .into_any()
}

fn shown(store: Store, seen: &Arc<Seen>) -> AnyView {
    let procedure = &seen.file.procedure;
    let steps: usize = procedure.stages.iter().map(|stage| stage.steps.len()).sum();
    let counts = [procedure.stages.len(), steps, procedure.papers.len()].map(|count| count.to_string());
    let counts = editor::TAKE_COUNTS.with(&counts.each_ref().map(String::as_str));
    let same = seen.here.as_ref().is_some_and(|(_, all)| all.is_empty());
    let note =
        Some(seen.file.note.clone()).filter(|note| !note.is_empty()).map(|note| editor::TAKE_NOTE.with(&[&note]));
    let here = match &seen.here {
        None => view! { <p>{t(&editor::TAKE_NEW)}</p> }.into_any(),
        Some((_, all)) if all.is_empty() => view! { <p data-same>{t(&editor::TAKE_SAME)}</p> }.into_any(),
        Some((version, all)) => {
            let words = editor::TAKE_DIFFERS.with(&[&version.to_string(), &all.len().to_string()]);
            view! { <p>{tx(words)}</p> {differences(all.clone())} }.into_any()
        }
    };
    let broken = (!seen.problems.is_empty()).then(|| {
        let rows = seen.problems.iter().take(20).map(|problem| {
            let place = where_words(&problem.spot, procedure);
            view! { <li><strong>{tx(place)}</strong> " " {tx(without_keys(&problem.what, procedure, &store.content().library))}</li> }
        });
        view! {
            <div class="notice is-warn" data-broken>
                <Icon name="triangle-alert"/>
                <div><p>{t(&editor::TAKE_BROKEN)}</p><ul class="plain">{rows.collect_view()}</ul></div>
            </div>
        }
    });
    let replaces = seen.has_draft.then(|| view! { <p class="hint is-warn">{t(&editor::TAKE_DRAFT_LOST)}</p> });
    let sound = seen.problems.is_empty();
    view! {
        <section class="desk-card" data-seen>
            <h2>{tx(procedure.title.clone())}</h2>
            <p>{tx(procedure.summary.clone())}</p>
            <p class="hint">{tx(counts)}</p>
            {note.map(|note| view! { <p class="hint">{tx(note)}</p> })}
            {here}
            {broken}
        </section>
        {(!same).then(|| buttons(store, seen.clone(), sound))}
        {replaces}
    }
    .into_any()
}

fn buttons(store: Store, seen: Arc<Seen>, sound: bool) -> AnyView {
    let trouble = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let drafted = seen.clone();
    let open = move |_| {
        let procedure = drafted.file.procedure.clone();
        spawn_local(async move {
            match store.keep_draft(&procedure).await {
                Ok(()) => route::set(&Route::Desk(Page::Edit(procedure.id)).href()),
                Err(error) => drop(trouble.try_set(Some(error.words()))),
            }
        });
    };
    let publish = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let ProcedureFile { procedure, note, .. } = seen.file.clone();
        spawn_local(async move {
            match store.publish(&procedure, &note).await {
                Ok(_) => route::set(&Route::Desk(Page::Versions(procedure.id)).href()),
                Err(Unpublished::Problems(problems)) => {
                    let words = editor::PROBLEMS.with(&[&problems.len().to_string()]);
                    let _ = trouble.try_set(Some(editor::PUBLISH_FAILED.with_texts(&[&words])));
                }
                Err(Unpublished::Store(error)) => drop(trouble.try_set(Some(error.words()))),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <Trouble words=trouble/>
        {sound.then(|| view! {
            <button type="button" class="primary" data-act="take" disabled=move || busy.get() on:click=publish>
                <Icon name="check"/>
                {t(&editor::TAKE_USE)}
            </button>
        })}
        <button type="button" data-act="take-draft" on:click=open>
            <Icon name="pen-line"/>
            {t(&editor::TAKE_DRAFT)}
        </button>
    }
    .into_any()
}
