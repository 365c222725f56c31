//! The handbook: what chapters refer to, and whether an entry or a phrase can do its work.
//!
//! It must not judge conduct. It looks at all chapters together, since ids and defaults are those of the whole book.

use super::clause::Clauses;
use super::unique;
use crate::gather::{Found, Gathered};
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::handbook::{Category, Chapter, Check, Entry, Handbook, Level, Moment, Phrase, Place, Say, Use};
use sitebook_core::template::{CaptureKind, SCHEMA};

/// The book of all chapters that could be read, in reading order.
pub(crate) fn book(chapters: &[Found<Chapter>]) -> Handbook {
    let mut chapters: Vec<Chapter> = chapters.iter().map(|found| found.says.clone()).collect();
    chapters.sort_by_key(|chapter| chapter.order);
    Handbook { schema: SCHEMA, chapters }
}

/// What the checks of one entry or phrase look at.
struct Scope<'a> {
    all: &'a Gathered,
    book: Handbook,
    check: Check,
}

/// Checks all chapters.
pub(super) fn check(all: &Gathered, clauses: &Clauses<'_>, report: &mut Report) {
    if all.chapters.is_empty() {
        return;
    }
    let book = book(&all.chapters);
    let scope = Scope { all, check: Check::of(&book), book };
    once(all, "entry", "an entry", report);
    once(all, "dress", "a dress profile", report);
    once(all, "identity", "an identity mode", report);
    once(all, "category", "a category", report);
    once(all, "phrase", "a phrase", report);
    orders(all, report);
    if !all.lost_chapter {
        one_default(all, "dress", "dress profile", report);
        one_default(all, "identity", "identity mode", report);
        choices(all, &scope.book, report);
    }
    for Found { node, says } in &all.chapters {
        for (n, entry) in says.entries.iter().enumerate() {
            scope.entry(node.item("entry", n), entry, report);
        }
        for (list, n, clause) in clauses_of(says) {
            clauses.check(node.item(list, n).at("clause"), clause, report);
        }
        for (n, phrase) in says.phrases.iter().enumerate() {
            scope.phrase(node.item("phrase", n), phrase, report);
        }
    }
}

fn clauses_of(chapter: &Chapter) -> impl Iterator<Item = (&'static str, usize, &str)> {
    let entries = chapter.entries.iter().enumerate().map(|(n, one)| ("entry", n, one.clause.as_str()));
    let dresses = chapter.dresses.iter().enumerate().map(|(n, one)| ("dress", n, one.clause.as_str()));
    let identities = chapter.identities.iter().enumerate().map(|(n, one)| ("identity", n, one.clause.as_str()));
    let phrases = chapter.phrases.iter().enumerate().map(|(n, one)| ("phrase", n, one.clause.as_str()));
    entries.chain(dresses).chain(identities).chain(phrases)
}

/// Reports ids that are there twice in the whole book.
fn once(all: &Gathered, list: &'static str, called: &str, report: &mut Report) {
    let nodes = all.chapters.iter().flat_map(|found| found.node.list(list));
    unique(nodes.filter_map(|node| Some((node.words("id")?, node.at("id")))), called, report);
}

/// Reports chapters that want the same place in the book.
fn orders(all: &Gathered, report: &mut Report) {
    for (n, found) in all.chapters.iter().enumerate() {
        let before = all.chapters[..n].iter().find(|other| other.says.order == found.says.order);
        if let Some(before) = before {
            report
                .at(found.node.at("order").place, format!("'order' {} is there twice", found.says.order))
                .why(format!("the chapter '{}' has this place in the book", before.says.id));
        }
    }
}

/// Of these tables one is the default, which holds where nobody has chosen.
fn one_default(all: &Gathered, list: &'static str, called: &str, report: &mut Report) {
    let nodes: Vec<&Node> = all.chapters.iter().flat_map(|found| found.node.list(list)).collect();
    let is_default =
        |node: &&&Node| matches!(node.get("default").map(|node| &node.data), Some(crate::node::Data::Truth(true)));
    let defaults: Vec<&&Node> = nodes.iter().filter(is_default).collect();
    match (nodes.first(), defaults.as_slice()) {
        (Some(first), []) => {
            report
                .at(first.place, format!("no {called} has 'default = true'"))
                .why("one must hold where nobody has chosen")
                .hint("give it to the strictest");
        }
        (_, [_, second, ..]) => {
            report.at(second.at("default").place, format!("a second {called} is the default")).why("only one can hold");
        }
        _ => {}
    }
}

/// The answers of a choice in a record template.
fn options<'a>(all: &'a Gathered, record: &str, field: &str) -> Option<Vec<&'a str>> {
    let template = all.records.iter().find(|found| found.says.id == record)?;
    match &template.says.field(field)?.kind {
        CaptureKind::Choice { options } => Some(options.iter().map(|option| option.id.as_str()).collect()),
        _ => None,
    }
}

/// What a customer's dress and an order's identity can be is what the book knows.
fn choices(all: &Gathered, book: &Handbook, report: &mut Report) {
    let dresses: Vec<&str> = book.dresses().map(|dress| dress.id.as_str()).collect();
    let identities: Vec<&str> = book.identities().map(|identity| identity.id.as_str()).collect();
    for (record, field, known, called) in
        [("customer", "dress", dresses, "dress profile"), ("order", "identity", identities, "identity mode")]
    {
        let Some(template) = all.records.iter().find(|found| found.says.id == record) else { continue };
        let Some(n) = template.says.fields.iter().position(|one| one.id == field) else { continue };
        let node = template.node.item("field", n);
        let Some(options) = options(all, record, field).filter(|_| !known.is_empty()) else { continue };
        for (n, option) in options.iter().enumerate() {
            self::known(node.item("options", n).at("id"), option, &known, called, HAS, report);
        }
    }
}

impl Scope<'_> {
    fn entry(&self, node: &Node, entry: &Entry, report: &mut Report) {
        let ticked = entry.uses.contains(&Use::SelfCheck);
        if entry.moments.len() > 1 && entry.moments.contains(&Moment::All) {
            report
                .at(node.at("moments").place, "'all' stands beside other moments")
                .why("what matters always matters at each of them");
        }
        if entry.places.len() > 1 && entry.places.contains(&Place::Anywhere) && !entry.places.contains(&Place::Writing)
        {
            report
                .at(node.at("places").place, "'anywhere' stands beside other places")
                .why("only 'writing' may stand with it: speech does not include it");
        }
        if entry.level == Level::Observe && ticked {
            report
                .at(node.at("uses").place, "an entry to observe cannot be ticked")
                .why("'self-check' asks for a yes or no on one day")
                .hint("give it another 'level', or take 'self-check' away");
        }
        for list in ["moments", "places", "uses"] {
            twice(node, list, report);
        }
        if !self.all.lost_chapter {
            let dresses: Vec<&str> = self.book.dresses().map(|dress| dress.id.as_str()).collect();
            for (n, name) in entry.profiles.iter().enumerate() {
                known(node.item("profiles", n), name, &dresses, "dress profile", HAS, report);
            }
            let identities: Vec<&str> = self.book.identities().map(|one| one.id.as_str()).collect();
            if let Some(name) = &entry.identity {
                known(node.at("identity"), name, &identities, "identity mode", HAS, report);
            }
        }
        if let Some(works) = options(self.all, "order", "kind") {
            for (n, work) in entry.works.iter().enumerate() {
                known(node.item("works", n), work, &works, "kind of work", "'order.kind' has the answers", report);
            }
        }
    }

    fn phrase(&self, node: &Node, phrase: &Phrase, report: &mut Report) {
        let Some(category) = self.book.category(&phrase.category) else {
            if !self.all.lost_chapter {
                let all: Vec<&str> = self.book.categories().map(|category| category.id.as_str()).collect();
                known(node.at("category"), &phrase.category, &all, "category", HAS, report);
            }
            return;
        };
        match category.say {
            Say::Use => {
                for key in ["instead", "finds", "except"] {
                    if let Some(found) = node.get(key) {
                        report
                            .at(found.place, format!("a phrase to use has no '{key}'"))
                            .why(format!("its category '{}' says 'use'", category.id));
                    }
                }
                self.is_clean(node.at("words"), &phrase.words, report);
            }
            Say::Avoid => self.avoided(node, phrase, category, report),
        }
    }

    fn avoided(&self, node: &Node, phrase: &Phrase, category: &Category, report: &mut Report) {
        match &phrase.instead {
            None => {
                report.at(node.place, format!("'{}' is to be avoided and has no 'instead'", phrase.words)).why(
                    format!(
                        "its category '{}' says 'avoid'; whoever may not say it needs something to say",
                        category.id
                    ),
                );
            }
            Some(instead) => {
                self.is_clean(node.at("instead"), &instead.zh, report);
                self.is_clean(node.at("instead"), &instead.en, report);
            }
        }
        let finds = if phrase.instead.is_some() { phrase.looked_for() } else { &[] };
        for (n, find) in finds.iter().enumerate() {
            let place = if phrase.finds.is_some() { node.item("finds", n) } else { node.at("words") };
            match self.check.look(find).as_slice() {
                [one] if one.phrase == phrase.id => {}
                [one] => {
                    report
                        .at(place.place, format!("'{find}' is found as '{}'", one.phrase))
                        .why("two phrases look for the same words");
                }
                _ => {
                    report
                        .at(place.place, format!("'{find}' cannot be found"))
                        .why("it has no letters, or 'except' has it whole");
                }
            }
        }
        for (n, word) in phrase.except.iter().enumerate() {
            let alone = Phrase { except: Vec::new(), ..phrase.clone() };
            let chapter = Chapter { categories: vec![category.clone()], phrases: vec![alone], ..blank() };
            let book = Handbook { schema: SCHEMA, chapters: vec![chapter] };
            if phrase.instead.is_some() && Check::of(&book).look(word).is_empty() {
                report
                    .at(node.item("except", n).place, format!("'{word}' changes nothing"))
                    .why("what is looked for does not occur in it");
            }
        }
    }

    /// Reports a better phrase that is itself to be avoided.
    fn is_clean(&self, node: &Node, words: &str, report: &mut Report) {
        if let Some(finding) = self.check.look(words).first() {
            report
                .at(node.place, format!("'{words}' has a phrase to be avoided in it"))
                .why(format!("it is '{}'", finding.phrase));
        }
    }
}

fn blank() -> Chapter {
    Chapter {
        schema: SCHEMA,
        id: String::new(),
        order: 1,
        title: sitebook_core::text::Text::of("", ""),
        entries: Vec::new(),
        dresses: Vec::new(),
        identities: Vec::new(),
        categories: Vec::new(),
        phrases: Vec::new(),
    }
}

/// Who has the names, when it is the book.
const HAS: &str = "the handbook has";

/// Reports a name that is not among the known ones.
fn known(node: &Node, name: &str, names: &[&str], called: &str, has: &str, report: &mut Report) {
    if !names.contains(&name) {
        report
            .at(node.place, format!("unknown {called} '{name}'"))
            .why(format!("{has} '{}'", names.join("', '")))
            .meant(name, names.iter().copied());
    }
}

/// Reports a word that a list has twice.
fn twice(node: &Node, list: &str, report: &mut Report) {
    let mut seen = Vec::new();
    for item in node.list(list) {
        let crate::node::Data::Words(word) = &item.data else { continue };
        if seen.contains(&word) {
            report.at(item.place, format!("'{word}' is there twice"));
        }
        seen.push(word);
    }
}
