//! A long piece of work: how far it is, in words and as a bar, and a way to stop it.
//!
//! It must not know what the work is.

use crate::browser::files::size_words;
use crate::i18n::{t, tf, words};
use crate::store::going::Step;
use crate::widgets::ui::{Show, dynamic};
use leptos::prelude::*;
use sitebook_core::text::Text;

/// Work that is going on, or not. Copying it copies a handle.
#[derive(Clone, Copy)]
pub struct Work {
    step: RwSignal<Option<Step>>,
    going: RwSignal<bool>,
    stopped: StoredValue<bool>,
}

impl Work {
    /// None yet.
    pub fn new() -> Work {
        Work { step: RwSignal::new(None), going: RwSignal::new(false), stopped: StoredValue::new(false) }
    }

    /// Begins; `false` if it is going on already.
    pub fn begin(self) -> bool {
        if self.going.get_untracked() {
            return false;
        }
        self.step.set(None);
        self.stopped.set_value(false);
        self.going.set(true);
        true
    }

    /// Takes a step; `false` if the user has stopped it, or left the page.
    pub fn tell(self, step: Step) -> bool {
        self.step.try_set(Some(step)).is_none() && self.stopped.try_get_value() == Some(false)
    }

    /// Ends.
    pub fn end(self) {
        let _ = self.going.try_set(false);
    }

    /// Whether it is going on.
    pub fn is_going(self) -> bool {
        self.going.get()
    }
}

/// In words, how much of how much, and whether it can be stopped.
fn told(step: Option<Step>) -> (Text, u64, u64, bool) {
    let count = |text: &Text, done: usize, of: usize| {
        (text.with(&[&done.to_string(), &of.to_string()]), done as u64, of as u64, true)
    };
    match step {
        None => (words::STEP_BEGUN.clone(), 0, 1, true),
        Some(Step::Reading(done, of)) => {
            (words::STEP_READING.with(&[&size_words(done), &size_words(of)]), done, of, true)
        }
        Some(Step::Records(done, of)) => count(&words::STEP_RECORDS, done, of),
        Some(Step::Pictures(done, of)) => count(&words::STEP_PICTURES, done, of),
        Some(Step::Seals(done, of)) => count(&words::STEP_SEALS, done, of),
        Some(Step::Last) => (words::STEP_LAST.clone(), 1, 1, false),
    }
}

/// The bar with its words and *Cancel*, while the work goes on.
#[component]
pub fn Progress(
    /// The work.
    work: Work,
) -> impl IntoView {
    let state = Memo::new(move |_| told(work.step.get()));
    let line = tf(move || state.get().0);
    view! {
        <Show when=move || work.is_going()>
            <div class="notice work" data-work>
                <div>
                    <p>{line}</p>
                    <progress
                        aria-label=line
                        max=move || state.get().2.max(1).to_string()
                        value=move || state.get().1.to_string()
                    ></progress>
                </div>
                {dynamic(move || {
                    state
                        .get()
                        .3
                        .then(|| {
                            view! {
                                <button type="button" class="quiet" data-act="stop" on:click=move |_| work.stopped.set_value(true)>
                                    {t(&words::CANCEL)}
                                </button>
                            }
                        })
                        .into_any()
                })}
            </div>
        </Show>
    }
}
