//! The command line: what it prints and how it ends.
#![allow(clippy::expect_used, reason = "a command that cannot start must fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const GOOD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/good");

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sitebook-content")).args(args).output().expect("the command runs")
}

/// A folder of its own below the build's temporary folder.
fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if dir.exists() {
        fs::remove_dir_all(&dir).expect("the folder of the last run is removed");
    }
    fs::create_dir_all(&dir).expect("a folder");
    dir
}

#[test]
fn good_content_ends_with_counts_and_success() {
    let done = run(&["check", GOOD]);
    assert!(done.status.success());
    assert_eq!(
        String::from_utf8_lossy(&done.stdout),
        "1 procedures, 5 stages, 9 steps, 3 gates, 1 forms, 3 records, 2 entries, 2 phrases\n"
    );
}

#[test]
fn bad_content_ends_with_every_problem_and_failure() {
    let dir = folder("bad-content");
    fs::create_dir_all(dir.join("records")).expect("a folder");
    fs::write(dir.join("records/site.toml"), "schema = 2\n").expect("a file");
    fs::write(dir.join("sources.toml"), "schema =\n").expect("a file");
    let done = run(&["check", &dir.to_string_lossy()]);
    assert_eq!(done.status.code(), Some(1));
    let lines = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(lines.contains("records/site.toml:1:10: unknown schema version 2"));
    assert!(lines.contains("sources.toml:1:9: not TOML"));
    assert!(done.stdout.is_empty());
}

#[test]
fn compile_writes_the_files_of_the_app() {
    let out = folder("compiled");
    let done = run(&["compile", GOOD, &out.to_string_lossy()]);
    assert!(done.status.success());
    assert!(out.join("procedures/visit-support.json").is_file());
    assert!(out.join("index.json").is_file());
}

#[test]
fn a_wrong_call_shows_the_usage() {
    let done = run(&["chek"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).starts_with("usage:"));
}
