//! Every kind of mistake, as a small content file with the messages that it must bring beside it.
//!
//! `tests/broken/<mistake>.toml` is laid over the good fixture; `<mistake>.txt` holds the messages. After a wanted
//! change, `UPDATE_EXPECT=1 cargo test -p sitebook-content` writes them anew; read the difference before you commit.
#![allow(clippy::expect_used, reason = "a broken fixture must fail loudly")]

mod support;

use sitebook_content::{Problem, load_sources};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use support::{overlaid, tests_dir};

/// The names of the fixtures with this ending.
fn names(ending: &str) -> BTreeSet<String> {
    let files = fs::read_dir(tests_dir().join("broken")).expect("the folder of broken fixtures");
    files
        .filter_map(|entry| {
            let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            name.strip_suffix(ending).map(str::to_owned)
        })
        .collect()
}

fn path(name: &str, ending: &str) -> PathBuf {
    tests_dir().join("broken").join(format!("{name}{ending}"))
}

#[test]
fn every_mistake_is_reported_in_its_words() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for name in names(".toml") {
        let overlay = fs::read_to_string(path(&name, ".toml")).expect("a fixture");
        let problems = load_sources(&overlaid(&overlay)).err().unwrap_or_default();
        let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
        let found = lines.join("\n") + "\n";
        if lines.is_empty() {
            wrong.push(format!("{name}: no mistake was found"));
        } else if update {
            fs::write(path(&name, ".txt"), found).expect("the messages are written");
        } else {
            let expected = fs::read_to_string(path(&name, ".txt")).unwrap_or_default();
            if found != expected {
                wrong.push(format!("{name}: expected\n{expected}found\n{found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(names(".txt"), names(".toml"), "each has the other beside it");
    assert!(names(".toml").len() >= 25, "the fixtures are lost");
}

#[test]
fn all_problems_of_all_files_are_reported_at_once() {
    let two = "#- records/asset.toml\nschema = 1\n#- records/contact.toml\nschema = 1\n";
    let problems = load_sources(&overlaid(two)).expect_err("two files without fields");
    let files: BTreeSet<&str> = problems.iter().map(|problem| problem.file.as_str()).collect();
    assert_eq!(files, BTreeSet::from(["records/asset.toml", "records/contact.toml"]));
    assert!(problems.len() > 2, "several keys are missing in each");
}
