//! Declares a record void: asks for the reason; the record stays, marked.

use crate::i18n::{t, tf, words};
use crate::widgets::icon::Icon;
use crate::widgets::sheet::Sheet;
use crate::widgets::ui::Trouble;
use leptos::prelude::*;
use sitebook_core::text::Text;
use std::sync::Arc;

/// Voids with a reason. `Err` shows in the sheet, which stays open.
pub type VoidWith = Arc<dyn Fn(String, RwSignal<Option<Text>>, RwSignal<bool>) + Send + Sync>;

/// That a record is void, and why.
pub fn voided(reason: String) -> impl IntoView {
    view! {
        <p class="notice" data-void>
            <Icon name="ban"/>
            <span>{tf(move || words::VOID_SAYS.with(&[&reason]))}</span>
        </p>
    }
}

/// Asks for the reason.
#[component]
pub fn VoidSheet(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Does it; sets the trouble or closes the sheet.
    act: VoidWith,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<Text>);
    let act = StoredValue::new(act);
    view! {
        <Sheet open title=Signal::derive(move || t(&words::VOID_TITLE)().to_owned())>
            <form
                class="stack"
                on:submit=move |event| {
                    event.prevent_default();
                    act.with_value(|act| act(reason.get_untracked(), trouble, open));
                }
            >
                <p class="hint">{t(&words::VOID_NOTE)}</p>
                <label>
                    <span>{t(&words::OVERRIDE_REASON)}</span>
                    <textarea
                        rows="2"
                        name="reason"
                        prop:value=reason
                        on:input=move |event| reason.set(event_target_value(&event))
                    ></textarea>
                </label>
                <Trouble words=trouble/>
                <div class="actions">
                    <button type="button" class="quiet" on:click=move |_| open.set(false)>{t(&words::CANCEL)}</button>
                    <button type="submit" class="warn" data-act="void-confirm">{t(&words::VOID_CONFIRM)}</button>
                </div>
            </form>
        </Sheet>
    }
}
