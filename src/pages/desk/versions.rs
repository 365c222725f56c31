//! The versions of a procedure: who published what and why, what differs from the one before, and the way to withdraw
//! one. Runs under way are not touched by any of it.

use super::differences::differences;
use super::tie;
use crate::browser::{files, route};
use crate::i18n::{Text, t, tf, tx, words, words::editor};
use crate::route::{Desk as Page, Route};
use crate::store::own::Version;
use crate::store::{Store, StoreError};
use crate::widgets::bar::Bar;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Told, asked, dynamic};
use crate::widgets::void::{VoidSheet, VoidWith};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::template::Procedure;
use sitebook_core::template::diff::{Difference, diff};
use sitebook_core::template::file;
use std::sync::Arc;

/// A version as it is shown, with what differs from the one before.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    /// None for what comes with the app.
    own: Option<Version>,
    number: u32,
    in_use: bool,
    says: Option<Arc<Procedure>>,
    differs: Option<Vec<Difference>>,
}

async fn read(store: Store, id: &str) -> Result<Vec<Line>, StoreError> {
    let versions = store.versions(id).await?;
    let used = store.procedure(id).await.ok().map(|pinned| pinned.reference.digest);
    let mut lines: Vec<Line> = Vec::new();
    for version in versions {
        let says = store.says(&version.reference).await.ok().map(|pinned| pinned.procedure);
        let in_use = used.as_ref() == Some(&version.reference.digest) && !version.void;
        lines.push(Line { number: version.reference.version, own: Some(version), in_use, says, differs: None });
    }
    if let Ok(shipped) = store.shipped_procedure(id).await {
        let in_use = used.as_ref() == Some(&shipped.reference.digest);
        let number = shipped.reference.version;
        lines.push(Line { own: None, number, in_use, says: Some(shipped.procedure), differs: None });
    }
    for n in 0..lines.len().saturating_sub(1) {
        let before = lines.get(n + 1).and_then(|line| line.says.clone());
        if let (Some(line), Some(before)) = (lines.get_mut(n), before) {
            line.differs = line.says.as_ref().map(|says| diff(&before, says));
        }
    }
    Ok(lines)
}

/// The page.
pub fn page(store: Store, id: String) -> AnyView {
    let changes = store.changes();
    let wanted = id.clone();
    let found = asked(move || {
        changes.track();
        let id = wanted.clone();
        async move { read(store, &id).await.map_err(|error| error.words()) }
    });
    let back = Route::Procedure(id.clone(), None);
    let told = RwSignal::new(None::<Text>);
    let withdrawing = RwSignal::new(None::<RecordId>);
    let open = RwSignal::new(false);
    tie(withdrawing, open);
    let act: VoidWith = Arc::new(move |reason, trouble, open| {
        let Some(version) = withdrawing.get_untracked() else { return };
        spawn_local(async move {
            match store.withdraw(&version, &reason).await {
                Ok(()) => drop(open.try_set(false)),
                Err(error) => drop(trouble.try_set(Some(error.words()))),
            }
        });
    });
    let edit = Route::Desk(Page::Edit(id.clone())).href();
    view! {
        <Bar title=Signal::derive(move || t(&editor::VERSIONS)().to_owned()) back=Signal::derive(move || back.clone())/>
        <div class="page has-primary desk">
            <p class="hint">{t(&editor::PUBLISH_HINT)}</p>
            <Told words=told/>
            {dynamic(move || match found.get() {
                None => view! { <p class="empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
                Some(Err(words)) => view! { <p class="notice is-danger" role="alert">{tx(words)}</p> }.into_any(),
                Some(Ok(lines)) => {
                    let none = lines.iter().all(|line| line.own.is_none());
                    view! {
                        {none.then(|| view! { <p class="hint">{t(&editor::VERSION_NONE)}</p> })}
                        <ol class="stack">{lines.into_iter().map(|line| one(store, line, told, withdrawing)).collect_view()}</ol>
                    }
                    .into_any()
                }
            })}
        </div>
        <div class="primary-bar">
            <a class="button primary" href=edit data-act="edit">
                <Icon name="pen-line"/>
                {t(&editor::EDIT)}
            </a>
        </div>
        <VoidSheet open act/>
    }
    .into_any()
}

fn one(store: Store, line: Line, told: RwSignal<Option<Text>>, withdrawing: RwSignal<Option<RecordId>>) -> AnyView {
    let number = line.number.to_string();
    let pattern = if line.own.is_some() { &editor::VERSION } else { &editor::VERSION_SHIPPED };
    let void = line.own.as_ref().is_some_and(|own| own.void);
    let by = line.own.as_ref().map(|own| editor::VERSION_BY.with(&[&own.by, &own.at.date_time()]));
    let note = line.own.as_ref().map(|own| own.note.clone()).filter(|note| !note.is_empty());
    let shown = line.number.to_string();
    let count = line.differs.as_ref().map_or(0, Vec::len).to_string();
    let differs = line.differs.map(|all| {
        view! {
            <details class="desk-differs" data-act="compare">
                <summary>{t(&editor::VERSION_COMPARE)} " · " {tf(move || editor::DIFFERS_IN.with(&[&count]))}</summary>
                {differences(all)}
            </details>
        }
    });
    let lost = line.says.is_none().then(|| view! { <p class="field-error">{t(&editor::VERSION_LOST)}</p> });
    let export = line.says.clone().map(|says| {
        let note = note.clone().unwrap_or_default();
        let save = move |_| told.set(Some(save(&says, &note)));
        view! {
            <button type="button" class="chip" data-act="export" on:click=save>
                <Icon name="download"/>
                {t(&editor::EXPORT)}
            </button>
        }
    });
    let withdraw = line.own.as_ref().filter(|own| !own.void).map(|own| {
        let record = own.record.clone();
        view! {
            <button type="button" class="chip" data-act="withdraw" on:click=move |_| withdrawing.set(Some(record.clone()))>
                <Icon name="ban"/>
                {t(&editor::VERSION_WITHDRAW)}
            </button>
        }
    });
    let again = line.says.filter(|_| !line.in_use).map(|says| {
        let begin = move |_| {
            let says = says.clone();
            spawn_local(async move {
                match store.keep_draft(&says).await {
                    Ok(()) => route::set(&Route::Desk(Page::Edit(says.id.clone())).href()),
                    Err(error) => drop(told.try_set(Some(error.words()))),
                }
            });
        };
        view! {
            <button type="button" class="chip" data-act="again" on:click=begin>
                <Icon name="rotate-ccw"/>
                {t(&editor::VERSION_AGAIN)}
            </button>
        }
    });
    view! {
        <li class="desk-card" data-version=shown>
            <p class="desk-tags">
                <strong>{tf(move || pattern.with(&[&number]))}</strong>
                {line.in_use.then(|| view! { <span class="tag is-good" data-in-use>{t(&editor::VERSION_IN_USE)}</span> })}
                {void.then(|| view! { <span class="tag" data-void>{t(&editor::VERSION_VOID)}</span> })}
            </p>
            {by.map(|by| view! { <p class="hint">{tx(by)}</p> })}
            {note.map(|note| view! { <p data-note>{note}</p> })}
            {lost}
            {differs}
            <p class="desk-ways">{export} {withdraw} {again}</p>
        </li>
    }
    .into_any()
}

/// Saves a procedure as a file. Gives what there is to tell.
pub fn save(procedure: &Procedure, note: &str) -> Text {
    let name = format!("{}-v{}.sitebook-procedure.json", procedure.title.zh, procedure.version);
    let Some(text) = file::write(procedure, note) else { return editor::VERSION_LOST.clone() };
    match files::save(&name, "application/json", text.as_bytes()) {
        Ok(()) => editor::EXPORTED.with(&[&name]),
        Err(error) => error.words(),
    }
}
