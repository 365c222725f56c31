//! All forms, and each as a blank paper to be filled in by hand: for the day on which the phone stays outside.

use crate::i18n::{lang, t, tx, words};
use crate::route::Route;
use crate::store::Store;
use crate::widgets::bar::Bar;
use crate::widgets::find::FindField;
use crate::widgets::icon::Icon;
use crate::widgets::paper::{Paper, PrintButton};
use crate::widgets::ui::{asked, dynamic};
use leptos::prelude::*;
use sitebook_core::gathered::sorted;
use sitebook_core::print::blank;
use sitebook_core::template::CatalogueForm;
use std::sync::Arc;

/// All forms, by their numbers.
#[component]
pub fn Blanks() -> impl IntoView {
    let content = Store::here().content();
    let all = content.forms();
    let speech = lang();
    let sought = RwSignal::new(String::new());
    let rows = dynamic(move || {
        let needle = sought.with(|sought| sought.trim().to_lowercase());
        let fits = |form: &&CatalogueForm| {
            let words = [form.id.as_str(), form.title.get(speech.get())];
            words.iter().any(|words| words.to_lowercase().contains(&needle))
        };
        let forms: Vec<&CatalogueForm> = all.values().map(|(form, _)| form).filter(fits).collect();
        if forms.is_empty() {
            return view! { <li class="empty">{t(&words::BLANK_NONE)}</li> }.into_any();
        }
        let forms = sorted(forms, |one: &&CatalogueForm, other| place(&one.id).cmp(&place(&other.id)));
        forms.into_iter().map(row).collect_view().into_any()
    });
    view! {
        <Bar title=Signal::derive(move || t(&words::BLANK_TITLE)().to_owned()) back=Signal::derive(|| Route::More)/>
        <div class="page stack">
            <p class="hint">{t(&words::BLANK_HINT)}</p>
            <FindField label=&words::BLANK_FIND name="blanks" typed=sought typing=move |words| sought.set(words)/>
            <ul class="cards">{rows}</ul>
        </div>
    }
}

/// `F-9` stands before `F-14`.
fn place(id: &str) -> (u32, &str) {
    let number = id.split('-').nth(1).and_then(|number| number.parse().ok());
    (number.unwrap_or(u32::MAX), id)
}

fn row(form: &CatalogueForm) -> AnyView {
    let id = form.id.clone();
    let href = Route::Blank(id.clone()).href();
    view! {
        <li>
            <a class="card" href=href data-form=form.id.clone()>
                <Icon name="file-text"/>
                <span class="card-main">
                    <strong>{tx(form.title.clone())}</strong>
                    <span class="hint">{id}</span>
                </span>
                <Icon name="chevron-right"/>
            </a>
        </li>
    }
    .into_any()
}

/// One form as a blank paper.
#[component]
pub fn Blank(
    /// Its id.
    form: String,
) -> impl IntoView {
    let store = Store::here();
    let content = store.content();
    let speech = lang();
    let procedure = content.forms().get(&form).map(|(_, procedure)| procedure.clone());
    let title = form.clone();
    let read = asked(move || {
        let procedure = procedure.clone();
        async move {
            match procedure {
                Some(id) => store.procedure(&id).await.map(|pinned| pinned.procedure).map_err(|error| error.words()),
                None => Err(words::BLANK_LOST.clone()),
            }
        }
    });
    let view = Memo::new(move |_| {
        let procedure = read.get()?.ok()?;
        let form = procedure.paper(&form)?;
        Some(Arc::new(blank(form, speech.get(), &content.library, &procedure)))
    });
    let name = Signal::derive(move || {
        view.with(|view| view.as_ref().map_or_else(String::new, |view| format!("{} {}", view.code, view.title)))
    });
    view! {
        <Bar title=Signal::derive(move || title.clone()) back=Signal::derive(|| Route::Blanks)>
            <PrintButton title=name/>
        </Bar>
        {dynamic(move || match view.get() {
            Some(view) => view! { <Paper view/> }.into_any(),
            None => match read.get() {
                None => view! { <p class="page empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
                Some(Err(words)) => view! { <p class="page empty" role="alert">{tx(words)}</p> }.into_any(),
                Some(Ok(_)) => view! { <p class="page empty">{t(&words::BLANK_LOST)}</p> }.into_any(),
            },
        })}
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn forms_stand_in_the_order_of_their_numbers() {
        let mut ids = ["F-131", "F-24", "F-9", "F-24-install", "F-x"];
        ids.sort_by_key(|id| place(id));
        assert_eq!(ids, ["F-9", "F-24", "F-24-install", "F-131", "F-x"]);
    }
}
