//! What every screen must tell: something is not saved, lists could not be read, rows are damaged.

use crate::i18n::{t, tf, tx, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::outbox::SaveState;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, dynamic};
use leptos::prelude::*;
use sitebook_core::ledger::RecordKind;

/// The alerts above a page.
#[component]
pub fn Alerts(
    /// Where the user is: a visit has its own words for what is unsaved.
    here: RwSignal<Route>,
) -> impl IntoView {
    let store = Store::here();
    let failed = Memo::new(move |_| matches!(store.outbox.state().get(), SaveState::Failed(_)));
    let in_visit =
        Memo::new(move |_| here.with(|route| matches!(route, Route::Show(RecordKind::Visit, _) | Route::Stage(..))));
    view! {
        <Show when=move || failed.get() && !in_visit.get()>{unsaved(store)}</Show>
        {dynamic(move || match store.unread.get() {
            Some(error) => {
                view! {
                    <div class="alert" role="alert" data-alert="unread">
                        <p>
                            <strong>{t(&words::UNREAD)}</strong>
                            " "
                            {t(&words::UNREAD_WORDS)}
                        </p>
                        <p class="hint">{tx(error.words())}</p>
                        <div class="alert-acts">
                            <button type="button" on:click=move |_| store.look_again()>{t(&words::RETRY)}</button>
                        </div>
                    </div>
                }
                    .into_any()
            }
            None => ().into_any(),
        })}
        <Show when=move || store.damaged.get()>
            <div class="alert" role="alert" data-alert="damaged">
                <p>{t(&words::DAMAGED)}</p>
                <div class="alert-acts">
                    <a class="button" href=Route::More.href()>{t(&words::MORE_REBUILD)}</a>
                </div>
            </div>
        </Show>
    }
}

fn unsaved(store: Store) -> impl IntoView {
    let count = store.outbox.count();
    let place = move || store.outbox.first().map(|record| Route::Show(RecordKind::Visit, record).href());
    view! {
        <div class="alert" role="alert" data-alert="unsaved">
            <p>
                <Icon name="triangle-alert"/>
                " "
                <strong>{tf(move || words::UNSAVED.with(&[&count.get().to_string()]))}</strong>
            </p>
            <div class="alert-acts">
                <button type="button" data-act="retry-unsaved" on:click=move |_| store.outbox.retry(store)>
                    {t(&words::RETRY)}
                </button>
                <a class="button quiet" href=place>{t(&words::WORK_CONTINUE)}</a>
            </div>
        </div>
    }
}
