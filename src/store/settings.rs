//! Profile and preferences of this device, in `localStorage`.
//!
//! Losing them costs a minute, never a record: what a record needs of them is copied into it.

use super::local;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sitebook_core::text::Lang;

const KEY: &str = "sitebook.settings";
/// The logo lies apart: a change of the theme shall not write it again.
const LOGO: &str = "sitebook.logo";

/// The company's logo on the forms, as a picture file.
pub fn logo() -> Option<Vec<u8>> {
    STANDARD.decode(local::get::<String>(LOGO)?).ok()
}

/// Keeps a logo, or forgets it.
pub fn set_logo(bytes: Option<&[u8]>) {
    match bytes {
        Some(bytes) => local::set(LOGO, &STANDARD.encode(bytes)),
        None => local::forget(LOGO),
    }
}

/// Colours of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the phone is set.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Strong contrast for sunlight.
    Sun,
}

impl Theme {
    /// The word kept in the settings and on the root element.
    pub fn id(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Sun => "sun",
        }
    }
}

/// Everything kept in the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Settings {
    /// Language; absent until chosen, then the browser's preference is used.
    pub lang: Option<Lang>,
    /// Theme.
    pub theme: Theme,
    /// The engineer's name: the author of every op.
    pub name: String,
    /// The engineer's telephone number.
    pub phone: String,
    /// The company whose name stands on the forms.
    pub company: String,
    /// The company's address on the forms.
    pub address: String,
    /// The company's telephone number on the forms.
    pub office_phone: String,
    /// First use is over.
    pub welcomed: bool,
    /// How many entries this device had written when everything was last exported.
    pub exported: Option<u64>,
    /// When that was, milliseconds since 1970.
    pub exported_at: Option<i64>,
    /// Single keys do nothing.
    pub no_keys: bool,
    /// Notifications are wanted.
    pub rings: bool,
    /// How often the app was started, as far as it matters for the offer to install it.
    pub starts: u32,
    /// The offer to install was put away.
    pub no_install: bool,
}

impl Settings {
    /// Reads the settings; what is missing or unreadable takes its default.
    pub fn load() -> Settings {
        local::get(KEY).unwrap_or_default()
    }

    /// Writes the settings.
    pub fn save(&self) {
        local::set(KEY, self);
    }
}

/// The settings as a signal in context; every change is written at once.
#[derive(Clone, Copy)]
pub struct Profile(RwSignal<Settings>);

impl Profile {
    /// Loads the settings.
    pub fn load() -> Profile {
        Profile(RwSignal::new(Settings::load()))
    }

    /// The profile of the app.
    pub fn here() -> Profile {
        expect_context::<Profile>()
    }

    /// Reads the settings again, after they were put back from the copy.
    pub fn reload(self) {
        self.0.set(Settings::load());
    }

    /// Reads once, for an event handler.
    pub fn now(self) -> Settings {
        self.0.get_untracked()
    }

    /// Reads a part with tracking.
    pub fn with<T>(self, read: impl FnOnce(&Settings) -> T) -> T {
        self.0.with(read)
    }

    /// Changes and writes.
    pub fn update(self, change: impl FnOnce(&mut Settings)) {
        self.0.update(change);
        self.0.with_untracked(Settings::save);
    }
}
