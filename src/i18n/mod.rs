//! The language of the screen.
//!
//! All fixed words are [`Text`]s in [`words`], so a missing language does not compile; words of content files are
//! [`Text`]s too. Nothing else may put words on a screen.

pub mod words;

use crate::browser::page;
use crate::store::settings::Profile;
use leptos::prelude::*;
pub use sitebook_core::text::{Lang, Text};

/// The language that the browser's user reads, as far as this app speaks it.
pub fn preferred() -> Lang {
    page::prefers_lang().first().map_or(Lang::Zh, |tag| Lang::from_tag(tag))
}

/// The language in use, as a signal in context.
#[derive(Clone, Copy)]
pub struct Speech(Memo<Lang>);

impl Speech {
    /// Follows the profile; until a language is chosen there, the browser's preference.
    pub fn follow(profile: Profile, preferred: Lang) -> Speech {
        Speech(Memo::new(move |_| profile.with(|settings| settings.lang).unwrap_or(preferred)))
    }

    /// With tracking.
    pub fn get(self) -> Lang {
        self.0.get()
    }

    /// Once, for an event handler.
    pub fn now(self) -> Lang {
        self.0.get_untracked()
    }
}

/// The language in use.
pub fn lang() -> Speech {
    expect_context::<Speech>()
}

/// Fixed words that follow the language.
pub fn t(text: &'static Text) -> impl Fn() -> &'static str + Copy + Send + Sync {
    let speech = lang();
    move || text.get(speech.get())
}

/// Words of a content file that follow the language.
pub fn tx(text: Text) -> Signal<String> {
    let speech = lang();
    Signal::derive(move || text.get(speech.get()).to_owned())
}

/// The spoken name of one of several buttons that look alike: what it does, and to what.
pub fn named(word: impl Fn() -> &'static Text + Send + Sync + 'static, what: Signal<String>) -> Signal<String> {
    tf(move || words::OF_WHAT.with_texts(&[word(), &Text::same(&what.get())]))
}

/// Words made anew whenever something they depend on changes.
pub fn tf(text: impl Fn() -> Text + Send + Sync + 'static) -> Signal<String> {
    let speech = lang();
    Signal::derive(move || text().get(speech.get()).to_owned())
}
