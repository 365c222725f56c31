//! The code on a paper: typed or pasted, and what a record says of it. Where the record lies is the caller's matter.

use crate::i18n::{t, tf, tx, words};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Trouble, dynamic};
use leptos::prelude::*;
use sitebook_core::print::{PaperCode, PaperVerdict};
use sitebook_core::text::Text;

/// Asks for the code.
#[component]
pub fn AskForCode(
    /// What stands there, as far as it was entered.
    typed: RwSignal<String>,
    /// Takes a code that could be read.
    take: impl Fn(PaperCode) + 'static,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<Text>);
    let ask = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let code = typed.with_untracked(|typed| PaperCode::parse(typed));
        trouble.set(code.is_none().then(|| words::PAPER_NO_CODE.clone()));
        if let Some(code) = code {
            take(code);
        }
    };
    view! {
        <form class="stack" on:submit=ask>
            <label>
                <span>{t(&words::PAPER_ASK)}</span>
                <span class="hint">{t(&words::PAPER_ASK_HINT)}</span>
                <input
                    type="text"
                    name="paper"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </label>
            <Trouble words=trouble/>
            <div class="actions">
                <button type="submit" data-act="judge-paper">{t(&words::PAPER_ASK_DO)}</button>
            </div>
        </form>
    }
}

/// What was found: the paper, where its record was looked for, and what that says of it.
pub type Judged = (PaperCode, &'static Text, Option<PaperVerdict>);

/// The answer, read out when it changes.
#[component]
pub fn PaperAnswer(
    /// The answer, if there is one.
    judged: Signal<Option<Judged>>,
) -> impl IntoView {
    view! {
        <div role="status">
            {dynamic(move || judged.get().map(|judged| answer(&judged)).into_any())}
        </div>
    }
}

fn answer((code, place, verdict): &Judged) -> AnyView {
    let (icon, class, id, head, text) = match verdict {
        Some(PaperVerdict::Same) => ("circle-check", "is-good", "same", &words::PAPER_SAME, &words::PAPER_SAME_WORDS),
        Some(PaperVerdict::Differs) => {
            ("triangle-alert", "is-warn", "differs", &words::PAPER_DIFFERS, &words::PAPER_DIFFERS_WORDS)
        }
        Some(PaperVerdict::UnknownForm) => {
            ("triangle-alert", "is-warn", "no-form", &words::PAPER_NO_FORM, &words::PAPER_NO_FORM_WORDS)
        }
        None => ("info", "is-warn", "no-record", &words::PAPER_NO_RECORD, &words::PAPER_NO_RECORD_WORDS),
    };
    let plain = |words: &str| Text::owned(words.to_owned(), words.to_owned());
    let words = text.with_texts(&[&plain(&code.form), &plain(&code.number), place]);
    view! {
        <section class=format!("verdict {class}") data-paper=id>
            <Icon name=icon/>
            <div>
                <h2>{tx(head.clone())}</h2>
                <p>{tf(move || words.clone())}</p>
            </div>
        </section>
    }
    .into_any()
}
