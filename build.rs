//! Puts the content into the app: checks `content/`, compiles it to JSON, and writes `$OUT_DIR/content.rs` with
//! what every record needs: `RECORDS` (id and JSON), `CATALOGUE`, `PROGRAMMES`, `LIMITS`, `HOLIDAYS`, `SAMPLE`; and
//! `ASSETS`: name, file and digest of what the app fetches when it needs it. The packing step writes those files.
//! `PROCEDURES` are there for tests only. Content with a problem does not build.
//!
//! It must not know any rule of the content; those are in `sitebook-content`.

use sitebook_content::{Asset, Problem, assets, compile, load};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

const CONTENT: &str = "content";

fn main() -> ExitCode {
    // Cargo looks at everything below a folder.
    println!("cargo::rerun-if-changed={CONTENT}");
    println!("cargo::rerun-if-changed=build.rs");
    split();
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(lines) => {
            for line in lines {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

/// In a release build for the browser, what the first screen does not need becomes a part of its own: `src/later.rs`
/// says what, the packing step (`xtask/src/finish/split.rs`) takes it out, with the help of the linker's notes.
/// `SITEBOOK_WHOLE=1` leaves the app in one piece.
fn split() {
    println!("cargo::rustc-check-cfg=cfg(split)");
    println!("cargo::rerun-if-env-changed=SITEBOOK_WHOLE");
    let is = |name: &str, wanted: &str| env::var(name).is_ok_and(|value| value == wanted);
    if is("CARGO_CFG_TARGET_FAMILY", "wasm") && is("PROFILE", "release") && env::var_os("SITEBOOK_WHOLE").is_none() {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}

fn build() -> Result<(), Vec<String>> {
    let out = env::var_os("OUT_DIR").map(PathBuf::from);
    let out = out.ok_or_else(|| vec!["cargo did not set OUT_DIR".to_owned()])?;
    let content =
        load(Path::new(CONTENT)).map_err(|problems| problems.iter().map(Problem::to_string).collect::<Vec<_>>())?;
    let files = compile(&content).map_err(|error| vec![error.to_string()])?;
    let assets = assets(&content).map_err(|error| vec![error.to_string()])?;
    write(&out, &files, &assets).map_err(|error| vec![format!("{}: {error}", out.display())])
}

/// Writes the JSON files and the Rust file that includes them.
fn write(out: &Path, files: &BTreeMap<String, String>, assets: &[Asset]) -> std::io::Result<()> {
    let mut source = String::new();
    for (name, folder, called) in
        [("PROCEDURES", "procedures/", "The procedures"), ("RECORDS", "records/", "The templates of basic records")]
    {
        let _ = writeln!(source, "/// {called}: id and compact JSON.");
        if name == "PROCEDURES" {
            source.push_str("#[cfg(all(test, target_arch = \"wasm32\"))]\n");
        }
        let _ = writeln!(source, "pub static {name}: &[(&str, &str)] = &[");
        for (path, json) in files {
            let id = path.strip_prefix(folder);
            if let Some(id) = id.and_then(|file| file.strip_suffix(".json")) {
                let include = include(out, path, json)?;
                let _ = writeln!(source, "    ({id:?}, {include}),");
            }
        }
        source.push_str("];\n");
    }
    for (name, path, called) in [
        ("CATALOGUE", "catalogue.json", "What is known of each procedure without reading it"),
        ("PROGRAMMES", "programmes.json", "Which procedures each kind of work order runs"),
        ("LIMITS", "limits.json", "The limits"),
        ("HOLIDAYS", "holidays.json", "Public holidays and shifted working days"),
        ("SAMPLE", "sample.json", "The records offered on first use"),
    ] {
        let json = files.get(path).map_or("", String::as_str);
        let include = include(out, path, json)?;
        let _ = writeln!(source, "/// {called}, as compact JSON.");
        let _ = writeln!(source, "pub static {name}: &str = {include};");
    }
    source.push_str("/// What is fetched when needed: name, file, digest.\n");
    source.push_str("pub static ASSETS: &[(&str, &str, &str)] = &[\n");
    for Asset { name, file, digest, .. } in assets {
        let _ = writeln!(source, "    ({name:?}, {file:?}, {digest:?}),");
    }
    source.push_str("];\n");
    fs::write(out.join("content.rs"), source)
}

/// Writes a JSON file and tells how to include it.
fn include(out: &Path, path: &str, json: &str) -> std::io::Result<String> {
    let file = out.join(CONTENT).join(path);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&file, json)?;
    let place = format!("/{CONTENT}/{path}");
    Ok(format!("include_str!(concat!(env!(\"OUT_DIR\"), {place:?}))"))
}
