//! Where in a document a problem stands, and what it says.
//!
//! A spot is the way from the top of the document to the place, by the names that its file uses. Whoever has the file
//! follows the way to a line; whoever has the document on a screen follows it to a step.

use crate::text::Text;

/// One step on the way to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The value under a key.
    Key(&'static str),
    /// The value under the first of two keys that is there.
    Either(&'static str, &'static str),
    /// The n-th value of the list under a key.
    Item(&'static str, usize),
    /// The value of a table that has one key.
    Inside,
    /// The n-th value of a list.
    Nth(usize),
}

/// The way to a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Spot(Vec<Part>);

impl Spot {
    /// The document itself.
    pub fn top() -> Spot {
        Spot::default()
    }

    /// The steps on the way.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    fn with(&self, part: Part) -> Spot {
        let mut parts = self.0.clone();
        parts.push(part);
        Spot(parts)
    }

    /// The value under a key.
    #[must_use]
    pub fn at(&self, key: &'static str) -> Spot {
        self.with(Part::Key(key))
    }

    /// The value under the first of two keys that is there.
    #[must_use]
    pub fn either(&self, one: &'static str, other: &'static str) -> Spot {
        self.with(Part::Either(one, other))
    }

    /// The n-th value of the list under a key.
    #[must_use]
    pub fn item(&self, key: &'static str, n: usize) -> Spot {
        self.with(Part::Item(key, n))
    }

    /// The value of a table that has one key.
    #[must_use]
    pub fn inside(&self) -> Spot {
        self.with(Part::Inside)
    }

    /// The n-th value of a list.
    #[must_use]
    pub fn nth(&self, n: usize) -> Spot {
        self.with(Part::Nth(n))
    }

    /// The number behind the first part with this key: which stage, which step.
    pub fn number(&self, key: &str) -> Option<usize> {
        self.0.iter().find_map(|part| match part {
            Part::Item(name, n) if *name == key => Some(*n),
            _ => None,
        })
    }
}

/// What a word may have been meant to be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Near {
    /// What stands there.
    pub word: String,
    /// What could stand there.
    pub names: Vec<String>,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub spot: Spot,
    /// What is wrong.
    pub what: Text,
    /// Why it is wrong. May be empty.
    pub why: Text,
    /// What to do about it. May be empty.
    pub hint: Text,
    /// Words that may have been meant.
    pub near: Option<Near>,
}

impl Problem {
    /// Adds the reason.
    pub fn why(&mut self, why: Text) -> &mut Problem {
        self.why = why;
        self
    }

    /// Adds what to do.
    pub fn hint(&mut self, hint: Text) -> &mut Problem {
        self.hint = hint;
        self
    }

    /// Adds the words among which the right one may be.
    pub fn meant<'a>(&mut self, word: &str, names: impl IntoIterator<Item = &'a str>) -> &mut Problem {
        self.near = Some(Near { word: word.to_owned(), names: names.into_iter().map(str::to_owned).collect() });
        self
    }
}

/// Collects problems.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Notes a problem; reason and hint can be chained on.
    pub fn at(&mut self, spot: &Spot, what: Text) -> &mut Problem {
        let none = || Text::of("", "");
        let last = self.0.len();
        self.0.push(Problem { spot: spot.clone(), what, why: none(), hint: none(), near: None });
        &mut self.0[last]
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order in which they were found, each once.
    pub fn finish(self) -> Vec<Problem> {
        let mut all: Vec<Problem> = Vec::with_capacity(self.0.len());
        for problem in self.0 {
            if !all.contains(&problem) {
                all.push(problem);
            }
        }
        all
    }
}

/// Reports every id that was there before; `spot` says where the n-th stands.
pub(super) fn unique<'a>(
    ids: impl IntoIterator<Item = &'a str>,
    spot: impl Fn(usize) -> Spot,
    called: &Text,
    problems: &mut Problems,
) {
    let mut seen = std::collections::BTreeSet::new();
    for (n, id) in ids.into_iter().enumerate() {
        if !seen.insert(id) {
            problems
                .at(&spot(n), Text::of("“{0}”出现了两次", "'{0}' is there twice").with(&[id]))
                .why(Text::of("前面的{0}已用了这个编号", "{0} before it is called the same").with_texts(&[called]));
        }
    }
}
