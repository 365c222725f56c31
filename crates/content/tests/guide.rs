//! The guides to the language (`docs/language.*.md`) and the schema for editors say what the checker says.
#![allow(clippy::expect_used, reason = "a guide that cannot be read must fail loudly")]

use sitebook_content::{RuleFile, Source, Sources, json_schema, load_sources, run_rules, vocabulary};
use std::fs;
use std::path::{Path, PathBuf};

const GUIDES: [&str; 2] = ["docs/language.zh.md", "docs/language.en.md"];

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(root(name)).expect("a guide")
}

/// The fenced TOML texts of a guide that begin with `# <path>`.
fn files(guide: &str) -> Vec<Source> {
    let blocks = guide.split("```toml\n").skip(1);
    let text = blocks.map(|block| block.split("```").next().unwrap_or_default());
    text.filter_map(|text| {
        let path = text.lines().next()?.strip_prefix("# ")?.trim();
        path.ends_with(".toml").then(|| Source { path: path.to_owned(), text: text.to_owned() })
    })
    .collect()
}

#[test]
fn the_worked_example_of_each_guide_passes_the_checker_and_its_rule_test_runs() {
    for guide in GUIDES {
        let (rules, mut content): (Vec<_>, Vec<_>) =
            files(&read(guide)).into_iter().partition(|file| file.path.starts_with("R-"));
        assert!(!rules.is_empty() && content.len() >= 2, "{guide}: the example is lost");
        for own in [
            "sources.toml",
            "records/order.toml",
            "records/customer.toml",
            "records/site.toml",
            "records/contact.toml",
            "records/asset.toml",
        ] {
            content.push(Source { path: own.to_owned(), text: read(&format!("content/{own}")) });
        }
        content.sort_by(|a, b| a.path.cmp(&b.path));
        let loaded = load_sources(&Sources { root: guide.to_owned(), files: content });
        let content = loaded.unwrap_or_else(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            unreachable!("{}", lines.join("\n"))
        });
        let rules: Vec<RuleFile> =
            rules.into_iter().map(|file| RuleFile { name: file.path, text: file.text }).collect();
        let verdict = run_rules(&content, &rules);
        assert!(verdict.faults.is_empty(), "{guide}: {}", verdict.faults[0]);
        assert_eq!(verdict.proven.len(), rules.len(), "{guide}");
    }
}

#[test]
fn no_key_and_no_condition_is_left_unexplained() {
    for guide in GUIDES {
        let text = read(guide);
        let missing: Vec<&str> = vocabulary().into_iter().filter(|word| !text.contains(&format!("`{word}`"))).collect();
        assert!(missing.is_empty(), "{guide} does not explain: {}", missing.join(", "));
    }
}

#[test]
fn the_schema_for_editors_is_the_checkers_table() {
    let path = root("public/schema/content-1.json");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, json_schema()).expect("the schema is written");
    }
    let published = fs::read_to_string(&path).expect("the schema");
    assert!(published == json_schema(), "run UPDATE_EXPECT=1 cargo test -p sitebook-content --test guide and commit");
}
