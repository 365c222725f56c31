//! Bilingual text: the one shape in which every word for a user exists, in content files and in code.
//!
//! It must not know where text is shown. A missing language is a compile error in code and a checker error in content.

use crate::json::fields::fields;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The two languages that Sitebook speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The BCP 47 tag for the `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The language that fits a browser's preference, e.g. `zh-Hant-TW` or `en-GB`.
    pub fn from_tag(tag: &str) -> Lang {
        if tag.to_ascii_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
    }
}

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Simplified Chinese.
    pub zh: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

fields!(strict Text {
    zh, en
});

impl Text {
    /// A text known at compile time.
    pub const fn of(zh: &'static str, en: &'static str) -> Text {
        Text { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// A text made at run time.
    pub fn owned(zh: impl Into<String>, en: impl Into<String>) -> Text {
        Text { zh: Cow::Owned(zh.into()), en: Cow::Owned(en.into()) }
    }

    /// The same words in both languages: names, numbers, codes.
    pub fn same(word: &str) -> Text {
        Text::owned(word, word)
    }

    /// The words in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Replaces `{0}`, `{1}`, … by the given words, in both languages.
    pub fn with(&self, words: &[&str]) -> Text {
        let fill = |pattern: &str| {
            words.iter().enumerate().fold(pattern.to_owned(), |text, (n, word)| text.replace(&format!("{{{n}}}"), word))
        };
        Text::owned(fill(&self.zh), fill(&self.en))
    }

    /// Replaces `{0}`, `{1}`, … by bilingual words.
    pub fn with_texts(&self, words: &[&Text]) -> Text {
        let fill = |lang: Lang| {
            words
                .iter()
                .enumerate()
                .fold(self.get(lang).to_owned(), |text, (n, word)| text.replace(&format!("{{{n}}}"), word.get(lang)))
        };
        Text::owned(fill(Lang::Zh), fill(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_in_both_languages() {
        let text = Text::of("剩 {0}，共 {1}", "{0} left of {1}").with(&["2", "5"]);
        assert_eq!(text.get(Lang::Zh), "剩 2，共 5");
        assert_eq!(text.get(Lang::En), "2 left of 5");
    }

    #[test]
    fn browser_preference_chooses_the_language() {
        assert_eq!(Lang::from_tag("zh-Hant-TW"), Lang::Zh);
        assert_eq!(Lang::from_tag("ZH"), Lang::Zh);
        assert_eq!(Lang::from_tag("de"), Lang::En);
    }
}
