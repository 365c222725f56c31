//! The forms of a visit: a list, and each as it prints.

use crate::i18n::{lang, t, tx, words};
use crate::route::Route;
use crate::store::session::Session;
use crate::widgets::bar::Bar;
use crate::widgets::icon::Icon;
use crate::widgets::paper::{Paper, PrintButton};
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::print::{FormView, forms_of, resolve};
use std::sync::Arc;

/// The list of forms.
#[component]
pub fn Forms(
    /// The open visit.
    session: Session,
) -> impl IntoView {
    let id = session.record().record.id.clone();
    let back = Route::Show(RecordKind::Visit, id.clone());
    let forms = Memo::new(move |_| {
        let forms = session.ask(|scope| {
            forms_of(scope)
                .into_iter()
                .map(|form| (form.id.clone(), form.title.clone(), form.summary.clone()))
                .collect::<Vec<_>>()
        });
        forms.unwrap_or_default()
    });
    let rows = move || {
        forms
            .get()
            .into_iter()
            .map(|(form, title, summary)| {
                view! {
                    <li>
                        <a class="card" href=Route::Form(id.clone(), form.clone()).href() data-form=form.clone()>
                            <Icon name="file-text"/>
                            <span class="card-main">
                                <strong>{tx(title)}</strong>
                                <span class="hint">{form.clone()} " " {tx(summary)}</span>
                            </span>
                            <Icon name="chevron-right"/>
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Bar title=Signal::derive(move || t(&words::FORMS_TITLE)().to_owned()) back=Signal::derive(move || back.clone())/>
        <div class="page">
            <ul class="cards">{rows}</ul>
        </div>
    }
}

/// One form as it prints.
#[component]
pub fn OneForm(
    /// The open visit.
    session: Session,
    /// Id of the form.
    form: String,
    /// The visit.
    id: RecordId,
) -> impl IntoView {
    let back = Route::Forms(id);
    let title = form.clone();
    let view = filled(session, form);
    let name = Signal::derive(move || {
        let name = |view: &Arc<FormView>| format!("{} {}", view.number.replace('/', " "), view.title);
        view.with(|view| view.as_ref().map_or_else(String::new, name))
    });
    view! {
        <Bar title=Signal::derive(move || title.clone()) back=Signal::derive(move || back.clone())>
            <PrintButton title=name/>
        </Bar>
        {move || match view.get() {
            Some(view) => view! { <Paper view/> }.into_any(),
            None => view! { <p class="page empty">{t(&words::FORM_NOT_YET)}</p> }.into_any(),
        }}
    }
}

/// The form with what the visit says now.
fn filled(session: Session, form: String) -> Memo<Option<Arc<FormView>>> {
    let speech = lang();
    Memo::new(move |_| {
        let lang = speech.get();
        session.ask(|scope| scope.form(&form).map(|form| Arc::new(resolve(form, lang, scope)))).flatten()
    })
}

/// A form as it would print now, inside another screen.
pub fn preview(session: Session, form: String) -> AnyView {
    let view = filled(session, form);
    dynamic(move || match view.get() {
        Some(view) => view! { <Paper view/> }.into_any(),
        None => view! { <p class="hint">{t(&words::FORM_NOT_YET)}</p> }.into_any(),
    })
}
