//! Below a text for a customer: phrases that it should not have, each with a better one for one tap, and the way back.
//!
//! What to look for is in the handbook; where that is not at hand, nothing is offered and nothing is in the way.

use crate::i18n::{t, tf, words};
use crate::store::handbook::guide;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, asked};
use leptos::prelude::*;
use sitebook_core::handbook::Finding;

/// More than these would be a wall of text; the next come when these are done.
const MOST: usize = 3;

/// The offers for a text.
#[component]
pub fn Offers(
    /// What is stored.
    value: Signal<String>,
    /// Puts the text into the box, from where it is sent.
    inject: RwSignal<Option<String>>,
) -> impl IntoView {
    let guide = asked(guide);
    let look = move || -> Vec<Finding> {
        let text = value.get();
        guide.with(|guide| match guide {
            Some(Ok(guide)) if !text.is_empty() => guide.check.look(&text),
            _ => Vec::new(),
        })
    };
    // By phrase and how often it came before: an offer stays the same button while the text around it changes.
    let offers = Memo::new(move |_| {
        let found = look();
        let named = |n: usize, one: &Finding| found[..n].iter().filter(|before| before.phrase == one.phrase).count();
        let keyed = found.iter().enumerate().map(|(n, one)| ((one.phrase.clone(), named(n, one)), one.clone()));
        keyed.take(MOST).collect::<Vec<_>>()
    });
    // The text before the last replacement, and after it.
    let replaced = RwSignal::new(None::<(String, String)>);
    let replace = move |key: &(String, usize)| {
        let text = value.get_untracked();
        let found = offers.get_untracked();
        if let Some((_, finding)) = found.iter().find(|(known, _)| known == key) {
            let better = finding.replaced(&text);
            replaced.set(Some((text, better.clone())));
            inject.set(Some(better));
        }
    };
    let undo = move |_| {
        if let Some((before, _)) = replaced.get_untracked() {
            replaced.set(None);
            inject.set(Some(before));
        }
    };
    let can_undo = move || replaced.with(|last| last.as_ref().is_some_and(|(_, after)| *after == value.get()));
    view! {
        <div class="offers" role="status" data-offers>
            <For each=move || offers.get() key=|(key, one)| (key.clone(), one.instead.clone()) let:offer>
                {offered(offer, value, replace)}
            </For>
            <Show when=can_undo>
                <button type="button" class="chip" data-act="offer-undo" on:click=undo>
                    <Icon name="undo-2"/>
                    {t(&words::OFFER_UNDO)}
                </button>
            </Show>
        </div>
    }
    .into_any()
}

fn offered(
    (key, finding): ((String, usize), Finding),
    value: Signal<String>,
    replace: impl Fn(&(String, usize)) + Copy + Send + Sync + 'static,
) -> AnyView {
    let said = value.with_untracked(|text| text.get(finding.range.clone()).unwrap_or_default().to_owned());
    let phrase = key.0.clone();
    let (category, why, instead) = (finding.category, finding.why, finding.instead);
    view! {
        <div class="offer" data-offer=phrase>
            <Icon name="triangle-alert"/>
            <p>
                <strong>{tf(move || words::OFFER_FOUND.with(&[&said]))}</strong>
                " "
                {tf(move || words::OFFER_WHY.with_texts(&[&category, &why]))}
            </p>
            <button type="button" class="chip" data-act="offer" on:click=move |_| replace(&key)>
                <Icon name="check"/>
                {tf(move || words::OFFER_REPLACE.with(&[&instead]))}
            </button>
        </div>
    }
    .into_any()
}
