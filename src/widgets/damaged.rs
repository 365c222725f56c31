//! A record whose stored document cannot be read: what is safe, making it anew from its entries, taking it out as it
//! lies there.

use crate::browser::files;
use crate::i18n::{t, tx, words};
use crate::store::{Store, StoreError};
use crate::widgets::icon::Icon;
use crate::widgets::ui::Told;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::text::Text;

/// Why a record does not open, and what can be done. `again` is called when it was made anew.
pub fn damaged(id: RecordId, error: &StoreError, again: impl Fn() + Copy + 'static) -> AnyView {
    let store = Store::here();
    let told = RwSignal::new(None::<Text>);
    let id = StoredValue::new(id);
    let rebuild = move |_| {
        spawn_local(async move {
            let words = match store.mend(&id.get_value()).await {
                Ok(mended) => {
                    again();
                    match mended.unreadable {
                        0 => words::DAMAGED_DONE.with(&[&mended.used.to_string()]),
                        bad => words::DAMAGED_PARTLY.with(&[&mended.used.to_string(), &bad.to_string()]),
                    }
                }
                Err(error) => error.words(),
            };
            let _ = told.try_set(Some(words));
        });
    };
    let take_out = move |_| {
        spawn_local(async move {
            let id = id.get_value();
            let words = match store.raw(&id).await {
                Ok(bytes) => {
                    let name = format!("{id}.json");
                    match files::save(&name, "application/json", &bytes) {
                        Ok(()) => words::EXPORT_DONE.with(&[&name]),
                        Err(error) => error.words(),
                    }
                }
                Err(error) => error.words(),
            };
            let _ = told.try_set(Some(words));
        });
    };
    let acts = matches!(error, StoreError::Unreadable(_)).then(|| {
        view! {
            <button type="button" class="primary" data-act="mend" on:click=rebuild>
                <Icon name="refresh-cw"/>
                {t(&words::DAMAGED_REBUILD)}
            </button>
            <button type="button" class="quiet" data-act="raw" on:click=take_out>
                <Icon name="download"/>
                {t(&words::DAMAGED_RAW)}
            </button>
        }
    });
    view! {
        <div class="page empty" role="alert" data-damaged>
            <Icon name="triangle-alert"/>
            <p>{tx(error.words())}</p>
            {acts}
            <Told words=told/>
        </div>
    }
    .into_any()
}
