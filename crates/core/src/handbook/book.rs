//! What the files of the handbook say.
//!
//! Definitions only. TOML is read by the `sitebook-content` crate at build time; the app reads the same structs from
//! compact JSON.

use super::moment::{Moment, Place, Use};
use crate::json::fields::{Blank, fields, variants};
use crate::text::Text;
use serde::Serialize;

/// The whole handbook: its chapters in reading order.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Handbook {
    /// Version of the language; see [`crate::template::SCHEMA`].
    pub schema: u32,
    /// The chapters in reading order.
    pub chapters: Vec<Chapter>,
}

fields!(strict Handbook {
    schema, chapters
});

/// One file of the handbook. Each list may be empty.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Chapter {
    /// Version of the language.
    pub schema: u32,
    /// Id: the name of the file.
    pub id: String,
    /// Place in the book: smaller comes first.
    pub order: u32,
    /// Title.
    pub title: Text,
    /// Guidance.
    #[serde(rename = "entry", skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// What a customer expects of dress and badge.
    #[serde(rename = "dress", skip_serializing_if = "Vec::is_empty")]
    pub dresses: Vec<Dress>,
    /// In whose name an engineer comes.
    #[serde(rename = "identity", skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<Identity>,
    /// Kinds of phrases.
    #[serde(rename = "category", skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
    /// Phrases to use and to avoid.
    #[serde(rename = "phrase", skip_serializing_if = "Vec::is_empty")]
    pub phrases: Vec<Phrase>,
}

fields!(strict Chapter {
    schema,
    id,
    order,
    title,
    entries as "entry" or Vec::new(),
    dresses as "dress" or Vec::new(),
    identities as "identity" or Vec::new(),
    categories as "category" or Vec::new(),
    phrases as "phrase" or Vec::new(),
});

/// One piece of guidance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Entry {
    /// Id, unique in the book.
    pub id: String,
    /// The guidance as a short line; it is what is ticked in a self-check.
    pub title: Text,
    /// What it means, in a sentence or two.
    pub text: Text,
    /// How binding it is.
    pub level: Level,
    /// When it matters.
    pub moments: Vec<Moment>,
    /// Where it matters.
    pub places: Vec<Place>,
    /// What it is used for.
    pub uses: Vec<Use>,
    /// Only for these kinds of work (answers of `order.kind`). Empty: for every kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub works: Vec<String>,
    /// Only for these dress profiles. Empty: for every one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
    /// Only for this identity mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// Where it comes from; several clauses with `;` between them.
    pub clause: String,
    /// Rows of part E of the inventory that it carries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub carries: Vec<String>,
}

fields!(strict Entry {
    id,
    title,
    text,
    level,
    moments,
    places,
    uses,
    works or Vec::new(),
    profiles or Vec::new(),
    identity or None,
    clause,
    carries or Vec::new(),
});

/// How binding a piece of guidance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Demanded.
    Must,
    /// Forbidden.
    MustNot,
    /// Expected.
    Should,
    /// An attitude that is seen over time and cannot be ticked.
    Observe,
}

variants!(Level {
    "must" => Must, "must-not" => MustNot, "should" => Should, "observe" => Observe
});

impl Level {
    /// All of them, the most binding first.
    pub const ALL: [Level; 4] = [Level::Must, Level::MustNot, Level::Should, Level::Observe];
}

/// What a customer expects of dress and badge, and which places come with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Dress {
    /// Id, unique among the profiles: an answer of `customer.dress`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What it is for.
    pub text: Text,
    /// Places that a visit under this profile has besides those of every visit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// It holds where no profile was chosen. Exactly one does.
    #[serde(skip_serializing_if = "is_false")]
    pub default: bool,
    /// Where it comes from.
    pub clause: String,
}

fields!(strict Dress {
    id,
    title,
    text,
    places or Vec::new(),
    default or false,
    clause,
});

/// In whose name an engineer comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Identity {
    /// Id: an answer of `order.identity`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What it asks for.
    pub text: Text,
    /// It holds where none was chosen. Exactly one does.
    #[serde(skip_serializing_if = "is_false")]
    pub default: bool,
    /// Where it comes from.
    pub clause: String,
}

fields!(strict Identity {
    id,
    title,
    text,
    default or false,
    clause,
});

/// A kind of phrases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Category {
    /// Id, unique in the book.
    pub id: String,
    /// Whether its phrases are to be used or avoided.
    pub say: Say,
    /// Title.
    pub title: Text,
    /// When they fit, or why they hurt.
    pub text: Text,
}

fields!(strict Category {
    id, say, title, text
});

/// Whether a phrase is to be used or avoided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Say {
    /// Good to say.
    Use,
    /// Not to be said.
    Avoid,
}

variants!(Say {
    "use" => Use, "avoid" => Avoid
});

/// A phrase of service. Words stand as the source has them; `{company}` and `{name}` are filled in on the spot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Phrase {
    /// Id, unique in the book.
    pub id: String,
    /// Its category, which also tells whether to use or to avoid it.
    pub category: String,
    /// The words, in Chinese.
    pub words: String,
    /// What they mean, in English.
    pub meaning: String,
    /// When they are said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moments: Vec<Moment>,
    /// What to say instead of a phrase to be avoided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<Text>,
    /// What is looked for in drafts, if not the words themselves. An empty list: the phrase is too common in harmless
    /// sentences to be looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finds: Option<Vec<String>>,
    /// Longer words in which it is harmless.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// Where it comes from.
    pub clause: String,
}

fields!(strict Phrase {
    id,
    category,
    words,
    meaning,
    moments or Vec::new(),
    instead or None,
    finds or None,
    except or Vec::new(),
    clause,
});

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Handbook {
    /// All guidance in reading order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.chapters.iter().flat_map(|chapter| &chapter.entries)
    }

    /// All phrases in reading order.
    pub fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.chapters.iter().flat_map(|chapter| &chapter.phrases)
    }

    /// All kinds of phrases in reading order.
    pub fn categories(&self) -> impl Iterator<Item = &Category> {
        self.chapters.iter().flat_map(|chapter| &chapter.categories)
    }

    /// The category with this id.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories().find(|category| category.id == id)
    }

    /// All dress profiles.
    pub fn dresses(&self) -> impl Iterator<Item = &Dress> {
        self.chapters.iter().flat_map(|chapter| &chapter.dresses)
    }

    /// The dress profile with this id, or the default where it is not known.
    pub fn dress(&self, id: Option<&str>) -> Option<&Dress> {
        let known = id.and_then(|id| self.dresses().find(|dress| dress.id == id));
        known.or_else(|| self.dresses().find(|dress| dress.default))
    }

    /// All identity modes.
    pub fn identities(&self) -> impl Iterator<Item = &Identity> {
        self.chapters.iter().flat_map(|chapter| &chapter.identities)
    }

    /// The identity mode with this id, or the default where it is not known.
    pub fn identity(&self, id: Option<&str>) -> Option<&Identity> {
        let known = id.and_then(|id| self.identities().find(|identity| identity.id == id));
        known.or_else(|| self.identities().find(|identity| identity.default))
    }
}

impl Phrase {
    /// What is looked for in drafts.
    pub fn looked_for(&self) -> &[String] {
        self.finds.as_deref().unwrap_or(std::slice::from_ref(&self.words))
    }
}

impl Blank for Level {
    fn blank() -> Level {
        Level::Must
    }
}

impl Blank for Say {
    fn blank() -> Say {
        Say::Use
    }
}
