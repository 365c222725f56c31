//! Rule tests: small TOML files that show a rule of the norms speaking where it must and keeping quiet where it may.
//!
//! A file ([`RuleFile`]) holds cases. Each case lays a run of a real procedure on the table, answers some of its
//! fields, and says which gates, deadlines or steps speak then. It must not know how a screen shows them. What is wrong
//! is a value with words that teach.

mod case;
mod fill;
mod lay;
mod speak;
mod value;
mod world;

use crate::Content;
use crate::problem::nearest;
use case::{Case, File};
use speak::Voice;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use world::World;

/// A file of rule tests.
#[derive(Debug, Clone)]
pub struct RuleFile {
    /// Its name, as messages show it: `R-006.toml`.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Something that is wrong with a file or in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The case; empty when the whole file is meant.
    pub case: String,
    /// What is wrong, and what to do.
    pub words: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.case.as_str() {
            "" => write!(out, "{}: {}", self.file, self.words),
            case => write!(out, "{}: case \"{case}\": {}", self.file, self.words),
        }
    }
}

/// What carries a rule and was seen to speak and to keep quiet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proof {
    /// Id of the procedure.
    pub procedure: String,
    /// What spoke, as the cases call it: `gate operate.start backup`.
    pub voice: String,
}

/// What running all rule tests showed.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// How many cases ran.
    pub cases: usize,
    /// Everything that is wrong.
    pub faults: Vec<Fault>,
    /// By rule: what carries it and was seen both ways. A rule without an entry is not shown.
    pub proven: BTreeMap<String, BTreeSet<Proof>>,
}

/// Reads the rule tests of a folder, by name.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn read_rules(dir: &Path) -> io::Result<Vec<RuleFile>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".toml") && !name.starts_with('.') {
            files.push(RuleFile { name, text: fs::read_to_string(&path)? });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// Runs all cases of all files over the content.
pub fn run_rules(content: &Content, files: &[RuleFile]) -> Verdict {
    let world = World::new(content);
    let mut verdict = Verdict::default();
    for file in files {
        match toml::from_str::<File>(&file.text) {
            Ok(read) => run_file(&file.name, &read, &world, &mut verdict),
            Err(error) => verdict.faults.push(Fault {
                file: file.name.clone(),
                case: String::new(),
                words: format!("cannot be read: {}", error.to_string().trim_end()),
            }),
        }
    }
    verdict
}

/// Which voices of a rule were heard in a file, and which kept quiet.
#[derive(Default)]
struct Heard {
    fired: BTreeSet<Proof>,
    quiet: BTreeSet<Proof>,
}

fn run_file(name: &str, file: &File, world: &World, verdict: &mut Verdict) {
    let fault = |case: &str, words: String| Fault { file: name.to_owned(), case: case.to_owned(), words };
    if !name.rsplit('/').next().unwrap_or(name).starts_with(&file.rule) {
        let words = format!("the file shows {}: call it '{}.toml' or '{0}-….toml'", file.rule, file.rule);
        verdict.faults.push(fault("", words));
    }
    if file.cases.is_empty() {
        verdict.faults.push(fault("", "there is no [[case]]".to_owned()));
    }
    let mut heard = Heard::default();
    for case in &file.cases {
        verdict.cases += 1;
        let words = run_case(file, case, world, &mut heard);
        verdict.faults.extend(words.into_iter().map(|words| fault(&case.name, words)));
    }
    let both: BTreeSet<Proof> = heard.fired.intersection(&heard.quiet).cloned().collect();
    let carried = |proof: &Proof| {
        let procedure = world.procedure(&proof.procedure)?;
        let voice = Voice::parse(&proof.voice, procedure).ok()?;
        Some(voice.rules(procedure)?.contains(&file.rule))
    };
    let proven: BTreeSet<Proof> = both.iter().filter(|proof| carried(proof) == Some(true)).cloned().collect();
    if proven.is_empty() {
        verdict.faults.push(fault("", not_shown(&file.rule, &heard, &both)));
    } else {
        verdict.proven.entry(file.rule.clone()).or_default().extend(proven);
    }
}

/// Why a file does not show its rule.
fn not_shown(rule: &str, heard: &Heard, both: &BTreeSet<Proof>) -> String {
    if let Some(one) = both.first() {
        return format!(
            "'{}' of {} speaks and keeps quiet, but does not say that it carries {rule}: add rules = [\"{rule}\"] to it",
            one.voice, one.procedure
        );
    }
    let (lacks, one) = match (heard.fired.first(), heard.quiet.first()) {
        (Some(one), _) => ("quiet", one.voice.as_str()),
        (None, Some(one)) => ("fires", one.voice.as_str()),
        (None, None) => ("fires", "gate <stage> <gate>"),
    };
    format!(
        "{rule} is not shown: the same gate, deadline or step must stand once in 'fires' and once in 'quiet'; \
         a case with {lacks} = [\"{one}\"] is missing"
    )
}

/// Runs one case; gives what is wrong with it.
fn run_case(file: &File, case: &Case, world: &World, heard: &mut Heard) -> Vec<String> {
    let Some(id) = case.procedure.as_ref().or(file.procedure.as_ref()) else {
        return vec!["which procedure? Write procedure = \"…\" in the case or once at the top of the file".to_owned()];
    };
    let Some(procedure) = world.procedure(id) else {
        return vec![format!("there is no procedure '{id}'{}", nearest_words(id, world.procedure_ids()))];
    };
    if case.fires.is_empty() && case.quiet.is_empty() {
        return vec!["it looks at nothing: say what must speak in 'fires', or what must not in 'quiet'".to_owned()];
    }
    let table = match lay::lay(case, procedure, world) {
        Ok(table) => table,
        Err(words) => return words,
    };
    let mut wrong = Vec::new();
    let each = |list: &[String], speaks: bool, wrong: &mut Vec<String>, into: &mut BTreeSet<Proof>| {
        for text in list {
            let voice = match Voice::parse(text, procedure) {
                Ok(voice) => voice,
                Err(words) => {
                    wrong.push(words);
                    continue;
                }
            };
            match table.ask(|scope| voice.speaks(scope, table.now)) {
                Err(words) => wrong.push(words),
                Ok(heard) if heard.speaks == speaks => {
                    into.insert(Proof { procedure: id.clone(), voice: text.clone() });
                }
                Ok(heard) => wrong.push(heard.against(text, speaks)),
            }
        }
    };
    each(&case.fires, true, &mut wrong, &mut heard.fired);
    each(&case.quiet, false, &mut wrong, &mut heard.quiet);
    if !wrong.is_empty() {
        wrong.extend(table.notes.iter().map(|note| format!("note: {note}")));
    }
    wrong
}

/// `; did you mean 'x'?`, or what there is.
fn nearest_words<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    if let Some(found) = nearest(word, known.iter().copied()) {
        return format!("; did you mean '{found}'?");
    }
    match known.as_slice() {
        [] => "; there is none".to_owned(),
        [first, ..] if known.len() > 12 => format!("; there is '{first}' and {} others", known.len() - 1),
        few => format!("; there is '{}'", few.join("', '")),
    }
}
