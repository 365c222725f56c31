//! Every file of the fuzzers' corpus, through what the fuzzers run.

use super::bundle::{export_all, full_visit};
use super::device::Phone;
use super::fuzzed;
use sitebook_core::ledger::{hex, sha256};
use sitebook_core::value::Value;
use std::fs;
use std::path::PathBuf;

fn folder(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target)
}

fn all(target: &str, run: fn(&[u8])) {
    let files: Vec<PathBuf> = fs::read_dir(folder(target)).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.len() >= 5, "the corpus of {target} is gone");
    for file in files {
        let bytes = fs::read(&file).unwrap();
        // The name of the file that does not hold is the first thing to know.
        let done = std::panic::catch_unwind(|| run(&bytes));
        assert!(done.is_ok(), "{}", file.display());
    }
}

#[test]
fn files_that_were_made_up_are_read_in_peace() {
    all("read", fuzzed::read);
}

#[test]
fn histories_that_were_made_up_go_out_and_come_in() {
    all("roundtrip", fuzzed::roundtrip);
}

#[test]
fn json_that_was_made_up_is_read_as_others_read_it() {
    all("json", fuzzed::json);
}

#[test]
fn ops_that_were_made_up_fold_in_any_order() {
    all("fold", fuzzed::fold);
}

/// Writes what the fuzzers begin with; they find the rest.
#[test]
#[ignore = "writes files: cargo test -p sitebook-core -- --ignored seeds_of_the_corpus"]
fn seeds_of_the_corpus() {
    let write = |target: &str, bytes: &[u8]| {
        fs::write(folder(target).join(&hex(&sha256(bytes))[..16]), bytes).unwrap();
    };
    let mut phone = Phone::new(1);
    phone.set("a.b.c", Value::Number(-48.25));
    phone.add_row("row-1", &[("item", Value::Text("扳手".into()))]);
    for file in [export_all(&full_visit().ops).bytes, export_all(&phone.ops).bytes] {
        for how in [0, 1, 9] {
            write("read", &[&[how, 0, 3, 40, 255], file.as_slice()].concat()[..]);
        }
        write("read", &[&[0], &file[..file.len() / 2]].concat());
    }
    for text in [
        "{\"format\":\"sitebook-bundle/2\"",
        "{\"format\":\"sitebook-bundle/1\",\"from\":{\"app\":[[[[[[",
        "\u{feff} {\"format\":\"\\ud83d\"}",
        "[1]",
    ] {
        write("read", format!("\0{text}").as_bytes());
    }
    for text in [
        "[0,-0,1e5,-1.5e-7,9007199254740993,1e400,18446744073709551616]",
        "{\"a\":{\"a\":[],\"b\":null},\"\\u00e9\":\"\\ud83d\\ude00\\n\"}",
        "{\"a\":1,\"a\":2}",
        "\"\\ud83d\"",
        " [ true , false , null ] ",
        "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
        "01",
    ] {
        write("json", text.as_bytes());
    }
    for seed in 0..8u8 {
        let bytes: Vec<u8> = (0..12u8).flat_map(|n| sha256(&[seed, n])).collect();
        write("roundtrip", &bytes);
        write("fold", &bytes);
    }
}
