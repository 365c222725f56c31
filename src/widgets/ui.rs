//! Small parts that every screen uses, drawn through one compiled copy each: a closure of a screen is boxed at once,
//! so the drawing code is not repeated for every closure type. (Measured: see ARCHITECTURE.md, size.)

use crate::i18n::lang;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::text::Text;

/// Something drawn anew whenever what it reads changes.
pub fn dynamic(draw: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    fn erased(draw: Box<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
        draw.into_any()
    }
    erased(Box::new(draw))
}

/// Its children while `when` holds, the fallback otherwise.
#[component]
pub fn Show<W>(
    /// The condition.
    when: W,
    /// What is shown while it holds.
    children: ChildrenFn,
    /// What is shown otherwise.
    #[prop(optional, into)]
    fallback: ViewFn,
) -> impl IntoView
where
    W: Fn() -> bool + Send + Sync + 'static,
{
    shown(Box::new(when), children, fallback)
}

fn shown(when: Box<dyn Fn() -> bool + Send + Sync>, children: ChildrenFn, fallback: ViewFn) -> AnyView {
    let holds = Memo::new(move |_| when());
    dynamic(move || if holds.get() { children() } else { fallback.run() })
}

/// What went wrong with an entry, at its place. Empty while nothing did.
#[component]
pub fn Trouble(
    /// The words.
    words: RwSignal<Option<Text>>,
) -> impl IntoView {
    let speech = lang();
    let text: Box<dyn Fn() -> String + Send + Sync> = Box::new(move || {
        words.with(|words| words.as_ref().map_or_else(String::new, |words| words.get(speech.get()).to_owned()))
    });
    view! {
        <p class="field-error" role="alert">
            {text}
        </p>
    }
}

/// How something ended, read out when it changes. Empty until there is something to tell.
#[component]
pub fn Told(
    /// The words.
    words: RwSignal<Option<Text>>,
) -> impl IntoView {
    let speech = lang();
    let text: Box<dyn Fn() -> Option<String> + Send + Sync> =
        Box::new(move || words.with(|words| words.as_ref().map(|words| words.get(speech.get()).to_owned())));
    view! {
        <p class="hint" role="status" data-told>
            {text}
        </p>
    }
}

/// The latest answer of a question that is asked again whenever something it reads changes. `None` until the first
/// answer; a late answer to an earlier question is dropped.
pub fn asked<T, F>(ask: impl Fn() -> F + 'static) -> ReadSignal<Option<T>>
where
    T: Send + Sync + 'static,
    F: Future<Output = T> + 'static,
{
    let answer = RwSignal::new(None);
    let round = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let this = round.get_value().wrapping_add(1);
        round.set_value(this);
        let asking = ask();
        spawn_local(async move {
            let value = asking.await;
            if round.try_get_value() == Some(this) {
                let _ = answer.try_set(Some(value));
            }
        });
    });
    answer.read_only()
}
