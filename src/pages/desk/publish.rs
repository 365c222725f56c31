//! Publishing: what is still wrong, what changes for everybody, and why.

use super::differences::differences;
use super::state::Desk;
use crate::browser::route;
use crate::i18n::{Text, t, tf, words, words::editor};
use crate::route::{Desk as Page, Route};
use crate::store::own::Unpublished;
use crate::widgets::ui::{Trouble, asked, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::template::Procedure;
use sitebook_core::template::diff::{Difference, diff};

/// What stands in the sheet.
pub fn publish(desk: Desk) -> AnyView {
    let store = desk.store;
    let now = desk.once(Procedure::clone);
    let id = now.id.clone();
    let compared = asked(move || {
        let now = now.clone();
        async move {
            // A new procedure has nothing before it.
            let used = store.procedure(&now.id).await.ok()?;
            Some((used.reference.version, diff(&used.procedure, &now)))
        }
    });
    let note = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (procedure, note, id) = (desk.once(Procedure::clone), note.get_untracked(), id.clone());
        spawn_local(async move {
            match store.publish(&procedure, &note).await {
                Ok(_) => {
                    desk.stop_keeping();
                    // It is published; a draft that stays behind says the same.
                    let _ = store.forget_draft(&id).await;
                    route::set(&Route::Desk(Page::Versions(id)).href());
                }
                Err(why) => {
                    let words = match why {
                        Unpublished::Problems(problems) => editor::PROBLEMS.with(&[&problems.len().to_string()]),
                        Unpublished::Store(error) => error.words(),
                    };
                    let _ = trouble.try_set(Some(editor::PUBLISH_FAILED.with_texts(&[&words])));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    let sound = move || desk.problems.with(|problems| problems.is_empty());
    let left = tf(move || editor::PROBLEMS.with(&[&desk.problems.with(|problems| problems.len()).to_string()]));
    view! {
        <form class="stack" on:submit=go>
            <p class="hint">{t(&editor::PUBLISH_HINT)}</p>
            {dynamic(move || (!sound()).then(|| view! { <p class="field-error" data-unsound>{left}</p> }).into_any())}
            {dynamic(move || compared.get().map(compared_view).into_any())}
            <label>
                <span>{t(&editor::PUBLISH_NOTE)}</span>
                <textarea rows="2" name="note" maxlength="500" prop:value=note on:input=move |event| note.set(event_target_value(&event))></textarea>
            </label>
            <Trouble words=trouble/>
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| desk.open.set(None)>{t(&words::CANCEL)}</button>
                <button type="submit" class="primary" data-act="publish-confirm" disabled=move || busy.get() || !sound()>{t(&editor::PUBLISH)}</button>
            </div>
        </form>
    }
    .into_any()
}

fn compared_view(compared: Option<(u32, Vec<Difference>)>) -> AnyView {
    match compared {
        None => view! { <p class="hint">{t(&editor::FIRST)}</p> }.into_any(),
        Some((version, all)) => view! {
            <p class="label">{tf(move || editor::DIFFERS.with(&[&version.to_string()]))}</p>
            {differences(all)}
        }
        .into_any(),
    }
}
