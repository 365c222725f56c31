//! Where in the content each row stands.

use anyhow::Result;
use sitebook_content::{Content, Verdict};
use sitebook_core::template::Procedure;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Rows with the places that carry them.
#[derive(Default)]
pub(super) struct Carried {
    /// By row: files, with the steps, gates and deadlines in them.
    places: BTreeMap<String, Vec<String>>,
    /// By rule: what a test showed both ways.
    proofs: BTreeMap<String, Vec<String>>,
}

impl Carried {
    pub(super) fn of(content: &Content, verdict: &Verdict, root: &Path) -> Result<Carried> {
        let mut files = BTreeMap::new();
        walk(&root.join("content/procedures"), "content/procedures", &mut files)?;
        let mut carried = Carried::default();
        for procedure in &content.procedures {
            let file = files.get(&procedure.id).cloned().unwrap_or_else(|| procedure.id.clone());
            let file = format!("[{}](../{file})", procedure.id);
            for row in procedure.carries.iter().filter(|row| !row.starts_with("R-")) {
                carried.add(row, file.clone());
            }
            carried.rules(procedure, &file);
            for form in &procedure.forms {
                let number: Vec<&str> = form.splitn(3, '-').take(2).collect();
                let place = format!("[{form}](../content/forms/{}.toml) in {file}", form.to_ascii_lowercase());
                carried.add(&number.join("-"), place);
            }
        }
        for (rule, proofs) in &verdict.proven {
            let named = proofs.iter().map(|proof| format!("{}: {}", proof.procedure, proof.voice)).collect();
            carried.proofs.insert(rule.clone(), named);
        }
        Ok(carried)
    }

    fn add(&mut self, row: &str, place: String) {
        let places = self.places.entry(row.to_owned()).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
    }

    /// Every step, gate and deadline that names a rule.
    fn rules(&mut self, procedure: &Procedure, file: &str) {
        let mut named: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (place, rules) in ruled(procedure) {
            for rule in rules {
                named.entry(rule).or_default().push(place.clone());
            }
        }
        for (rule, places) in named {
            self.add(rule, format!("{file}: {}", places.join(", ")));
        }
    }

    /// Where a row stands.
    pub(super) fn places(&self, row: &str) -> Vec<String> {
        self.places.get(row).cloned().unwrap_or_default()
    }

    /// What a test showed of a rule.
    pub(super) fn proofs(&self, row: &str) -> Vec<String> {
        self.proofs.get(row).cloned().unwrap_or_default()
    }

    /// Whether a row is there; a rule only when it is shown.
    pub(super) fn has(&self, row: &str) -> bool {
        self.places.contains_key(row) && (!row.starts_with("R-") || self.proofs.contains_key(row))
    }

    /// Why a row is not there.
    pub(super) fn lacks(&self, row: &str) -> String {
        match (row.starts_with("R-"), row.starts_with("F-"), self.places.contains_key(row)) {
            (true, _, true) => format!("no rule test shows it (crates/content/tests/rules/{row}.toml)"),
            (true, _, false) => "no step, gate or deadline has it in its rules".to_owned(),
            (_, true, _) => "no form of this number is listed by a procedure".to_owned(),
            _ => "no procedure has it in 'carries'".to_owned(),
        }
    }
}

/// Everything that can carry rules: how it is called, and which it names.
fn ruled(procedure: &Procedure) -> Vec<(String, &[String])> {
    let mut all: Vec<(String, &[String])> = Vec::new();
    for stage in &procedure.stages {
        all.extend(stage.gates.iter().map(|gate| (format!("{} {}", stage.id, gate.id), gate.rules.as_slice())));
        for step in &stage.steps {
            let path = format!("{}.{}", stage.id, step.id);
            all.extend(step.gates.iter().map(|gate| (format!("{path} {}", gate.id), gate.rules.as_slice())));
            all.push((path, &step.rules));
        }
    }
    all.extend(procedure.deadlines.iter().map(|one| (format!("due {}", one.id), one.rules.as_slice())));
    all.extend(procedure.close.iter().map(|gate| (format!("close {}", gate.id), gate.rules.as_slice())));
    all
}

/// The files below a folder by their name without ending.
fn walk(dir: &Path, named: &str, files: &mut BTreeMap<String, String>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            walk(&path, &format!("{named}/{name}"), files)?;
        } else if let Some(stem) = name.strip_suffix(".toml") {
            files.insert(stem.to_owned(), format!("{named}/{name}"));
        }
    }
    Ok(())
}
