//! Text that saves itself: a draft while typing, sent after a pause, on leaving the field and when the page is hidden.

use crate::browser::{page, timers};
use crate::i18n::lang;
use crate::store::Store;
use leptos::prelude::*;
use sitebook_core::text::Text;

/// How long typing pauses before the draft is sent, milliseconds.
const PAUSE: u32 = 600;

/// A line or a box of text that saves itself.
#[component]
pub fn TextField(
    /// Id of the input, for its label.
    #[prop(into)]
    id: String,
    /// What is stored.
    #[prop(into)]
    value: Signal<String>,
    /// Sends the draft; `Err` shows below the field and keeps the draft.
    send: impl Fn(String) -> Result<(), Text> + Clone + Send + Sync + 'static,
    /// Lines of the box at first; it grows with the text. 0 is one line that does not wrap.
    #[prop(optional)]
    lines: u8,
    /// `text`, `tel`, `number`.
    #[prop(optional, into)]
    mode: Option<&'static str>,
    /// Id of the element that describes it.
    #[prop(optional, into)]
    described: Option<String>,
    /// Takes a new draft from outside (a suggestion, dictation).
    #[prop(optional)]
    inject: Option<RwSignal<Option<String>>>,
) -> impl IntoView {
    let draft = RwSignal::new(value.get_untracked());
    let sent = StoredValue::new(value.get_untracked());
    let focused = StoredValue::new(false);
    let refusal = RwSignal::new(None::<Text>);
    let pause = StoredValue::new_local(None::<timers::Timeout>);
    let speech = lang();

    // What is stored shows, unless the user is typing something newer.
    Effect::new(move |_| {
        let value = value.get();
        if !focused.get_value() || draft.get_untracked() == sent.get_value() {
            sent.set_value(value.clone());
            if draft.get_untracked().trim() != value {
                draft.set(value);
            }
        }
    });
    // While a draft waits for its pause, nothing on the screen may call itself saved.
    let typing = Store::here().typing;
    let waits = StoredValue::new(false);
    let flush = move || {
        pause.set_value(None);
        let text = draft.get_untracked();
        if text.trim() == sent.get_value().trim() {
            refusal.set(None);
            return;
        }
        match send(text.clone()) {
            Ok(()) => {
                sent.set_value(text);
                refusal.set(None);
            }
            Err(words) => refusal.set(Some(words)),
        }
    };
    let flush = move || {
        flush();
        if waits.try_get_value() == Some(true) {
            waits.set_value(false);
            let _ = typing.try_update(|count| *count = count.saturating_sub(1));
        }
    };
    let flush = StoredValue::new(flush);
    let run = move || flush.with_value(|flush| flush());
    let typed = move |text: String| {
        draft.set(text);
        if !waits.get_value() {
            waits.set_value(true);
            typing.update(|count| *count += 1);
        }
        pause.set_value(Some(timers::after(PAUSE, run)));
    };
    if let Some(inject) = inject {
        Effect::new(move |_| {
            if let Some(text) = inject.get() {
                inject.set(None);
                draft.set(text);
                run();
            }
        });
    }
    let hidden = StoredValue::new_local(page::on_visibility_hidden(run));
    on_cleanup(move || {
        // A page left in the middle of typing keeps what was typed.
        let pending = pause.try_update_value(Option::take).flatten().is_some();
        if pending {
            run();
        }
        hidden.dispose();
    });

    let error_id = format!("{id}-error");
    let described = match described {
        Some(other) => format!("{other} {error_id}"),
        None => error_id.clone(),
    };
    let invalid = move || refusal.with(Option::is_some).then_some("true");
    let blur = move |_| {
        focused.set_value(false);
        run();
    };
    let input = if lines > 0 {
        view! {
            <textarea
                id=id
                rows=lines.to_string()
                prop:value=move || draft.get()
                aria-describedby=described
                aria-invalid=invalid
                on:focus=move |_| focused.set_value(true)
                on:blur=blur
                on:input=move |event| typed(event_target_value(&event))
            ></textarea>
        }
        .into_any()
    } else {
        let (kind, keyboard) = match mode {
            Some("tel") => ("tel", "tel"),
            Some("number") => ("text", "decimal"),
            _ => ("text", "text"),
        };
        view! {
            <input
                id=id
                type=kind
                inputmode=keyboard
                autocomplete="off"
                enterkeyhint="done"
                prop:value=move || draft.get()
                aria-describedby=described
                aria-invalid=invalid
                on:focus=move |_| focused.set_value(true)
                on:blur=blur
                on:change=move |_| run()
                on:input=move |event| typed(event_target_value(&event))
            />
        }
        .into_any()
    };
    view! {
        {input}
        <p class="field-error" id=error_id role="alert">
            {move || refusal.get().map(|words| words.get(speech.get()).to_owned())}
        </p>
    }
}
