//! A long piece of work: how far it is, in words and as a bar, and a way to stop it. Screen readers hear of it now and
//! then, not at every step.
//!
//! It must not know what the work is.

use crate::browser::clock;
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
    /// The step that was read out last, and when.
    spoken: RwSignal<Option<(Step, f64)>>,
    going: RwSignal<bool>,
    stopped: StoredValue<bool>,
}

impl Work {
    /// None yet.
    pub fn new() -> Work {
        let (step, spoken) = (RwSignal::new(None), RwSignal::new(None));
        Work { step, spoken, going: RwSignal::new(false), stopped: StoredValue::new(false) }
    }

    /// Begins; `false` if it is going on already.
    pub fn begin(self) -> bool {
        if self.going.get_untracked() {
            return false;
        }
        self.step.set(None);
        self.spoken.set(None);
        self.stopped.set_value(false);
        self.going.set(true);
        true
    }

    /// Takes a step; `false` if the user has stopped it, or left the page.
    pub fn tell(self, step: Step) -> bool {
        let now = clock::monotonic();
        if self.spoken.try_get_untracked().is_some_and(|last| is_worth_saying(last, step, now)) {
            let _ = self.spoken.try_set(Some((step, now)));
        }
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

/// Whether a step is read out: the first and the last, else not sooner than some seconds after the one before, when
/// another kind of step has begun or a tenth more is done, and in long work once in a while all the same.
fn is_worth_saying(last: Option<(Step, f64)>, step: Step, now: f64) -> bool {
    const PAUSE: f64 = 4_000.0;
    const ONCE_IN_A_WHILE: f64 = 30_000.0;
    let Some((last, at)) = last else { return true };
    let same = std::mem::discriminant(&last) == std::mem::discriminant(&step);
    let tenth = |step| {
        let (_, done, of, _) = told(Some(step));
        done.saturating_mul(10) / of.max(1)
    };
    match now - at {
        _ if step == Step::Last => !same,
        since if since < PAUSE => false,
        since => !same || tenth(last) != tenth(step) || since >= ONCE_IN_A_WHILE,
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
    let spoken = tf(move || told(work.spoken.get().map(|(step, _)| step)).0);
    view! {
        <Show when=move || work.is_going()>
            <div class="notice work" data-work>
                <div>
                    <p>{line}</p>
                    <progress
                        aria-label=t(&words::PROGRESS)
                        max=move || state.get().2.max(1).to_string()
                        value=move || state.get().1.to_string()
                    ></progress>
                    <p class="unseen" role="status" data-spoken>{spoken}</p>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_steps_are_read_out_a_few_times() {
        // A minute of work, a step each 60 ms, in two halves.
        let mut last = None;
        let mut said = Vec::new();
        for number in 0..1_000_usize {
            let step = if number < 500 { Step::Records(number, 500) } else { Step::Pictures(number - 500, 500) };
            let now = 60.0 * number as f64;
            if is_worth_saying(last, step, now) {
                last = Some((step, now));
                said.push(now);
            }
        }
        assert!((8..=15).contains(&said.len()), "{said:?}");
        assert!(said.windows(2).all(|pair| pair[1] - pair[0] >= 4_000.0), "{said:?}");
    }

    #[test]
    fn the_first_and_the_last_are_read_out_at_once() {
        assert!(is_worth_saying(None, Step::Records(0, 10), 0.0));
        assert!(is_worth_saying(Some((Step::Records(9, 10), 0.0)), Step::Last, 10.0));
        assert!(!is_worth_saying(Some((Step::Last, 0.0)), Step::Last, 60_000.0));
    }

    #[test]
    fn slow_work_is_heard_of_once_in_a_while() {
        let last = Some((Step::Reading(10, 10_000), 0.0));
        assert!(!is_worth_saying(last, Step::Reading(11, 10_000), 29_000.0));
        assert!(is_worth_saying(last, Step::Reading(11, 10_000), 30_000.0));
    }
}
