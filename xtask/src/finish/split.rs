//! Takes the compiled app apart: what the first screen needs, and what is loaded once it stands.
//!
//! The app marks the functions with which a later part begins (`src/later.rs`); whatever only they
//! reach goes with them. Trunk has run wasm-bindgen on the whole by then, so its result is thrown
//! away: the compiler's own file is split first, and wasm-bindgen sees only the first part.
//! It knows the forms of `wasm-split` and wasm-bindgen; it must not know what is in the parts.

use crate::project::Project;
use anyhow::{Context, Result, anyhow, bail};
use std::{fs, path::Path};
use wasm_split_cli_support::{Options, transform};
use xshell::cmd;

/// The module that the marked functions are imported from, until they are taken out.
const MARK: &str = "__wasm_split_placeholder__";
/// The script with the loaders, as the splitter names it.
const LOADERS: &str = "./__wasm_split.js";

/// The app in parts, not yet optimised.
pub struct Parts {
    /// wasm-bindgen's JavaScript together with the loaders.
    pub script: String,
    /// What is started.
    pub first: Vec<u8>,
    /// What the loaders load: the name in the script, and the wasm.
    pub later: Vec<(String, Vec<u8>)>,
}

/// Whether the app asks to be taken apart, by the JavaScript that Trunk's wasm-bindgen has made.
#[must_use]
pub fn is_wanted(script: &str) -> bool {
    script.contains(MARK)
}

/// Takes apart what the release build of `app` has left in the target folder.
pub fn split(project: &Project, app: &str) -> Result<Parts> {
    let shell = project.shell()?;
    let folder = shell.create_temp_dir()?;
    let folder = folder.path();
    let compiled = project.target()?.join("wasm32-unknown-unknown/release").join(format!("{app}.wasm"));
    let whole = fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;

    let bare = folder.join("bare.wasm");
    let glue = format!("./{app}.js");
    let mut options = Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = &bare;
    options.link_name = LOADERS;
    options.main_module = &glue;
    let done = transform(options).map_err(|error| anyhow!("{error:?}"))?;

    let program = project
        .which("wasm-bindgen")
        .context("wasm-bindgen is missing; `cargo xtask setup` installs it into target/tools")?;
    let out = folder.join("out");
    // The later parts link to what the linker exports, by these names.
    cmd!(
        shell,
        "{program} --target web --no-typescript --keep-lld-exports --no-demangle
         --out-dir {out} --out-name {app} {bare}"
    )
    .quiet()
    .run()?;

    let script = fs::read_to_string(out.join(format!("{app}.js")))?;
    let loaders = fs::read_to_string(folder.join(LOADERS))?;
    let mut later = Vec::new();
    for file in &done.split_modules {
        let name = file.file_name().and_then(|name| name.to_str());
        let name = name.context("a part without a name")?.to_owned();
        // A part that nothing is in has a file all the same, which no loader names.
        if loaders.contains(&format!("\"./{name}\"")) {
            later.push((name, fs::read(file)?));
        }
    }
    Ok(Parts { script: join(&script, &loaders, &glue)?, first: fs::read(out.join(format!("{app}_bg.wasm")))?, later })
}

/// The name under which a part is kept: `split_later.wasm` becomes `later`.
#[must_use]
pub fn name(file: &str) -> &str {
    let path = Path::new(file);
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let stem = stem.unwrap_or(file);
    stem.strip_prefix("split_").unwrap_or(stem)
}

/// The loaders' own way to start a part, and ours: it also does for a host that sends wasm under
/// another type, and says what a host has answered instead of a file.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
const OURS: &str = "startPart(src, imports)";
const START_PART: &str = "
async function startPart(src, imports) {
    const response = await src;
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    if (response.headers.get('content-type') === 'application/wasm') {
        return WebAssembly.instantiateStreaming(response, imports);
    }
    return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
";

/// One module of the two, which import each other: each could not be named by its content as long
/// as it holds the name of the other.
fn join(script: &str, loaders: &str, glue: &str) -> Result<String> {
    let mut aliases = Vec::new();
    let mut out = String::new();
    for line in script.lines() {
        match import(line) {
            Some((alias, from)) if from == LOADERS => aliases.push(alias),
            _ => out.extend([line, "\n"]),
        }
    }
    let back = format!("import {{ initSync }} from \"{glue}\";");
    if aliases.is_empty() || !loaders.contains(&back) || !loaders.contains(STREAMING) {
        bail!("wasm-bindgen or wasm-split has changed the form of its JavaScript");
    }
    let loaders = loaders.replace(&back, "").replace(STREAMING, OURS);
    let mut names = Vec::new();
    for line in loaders.lines() {
        if let Some(rest) = line.strip_prefix("export const ") {
            names.push(rest.split_once(' ').map_or(rest, |(name, _)| name));
        }
    }
    let names = names.join(", ");
    let body = loaders.replace("\nexport const ", "\nconst ");
    out.push_str(&format!("\nconst parts = (() => {{{START_PART}{}\nreturn {{ {names} }};\n}})();\n", body.trim_end()));
    for alias in aliases {
        out.push_str(&format!("const {alias} = parts;\n"));
    }
    Ok(out)
}

/// `import * as alias from "module"`.
fn import(line: &str) -> Option<(&str, &str)> {
    let (alias, from) = line.strip_prefix("import * as ")?.split_once(" from ")?;
    Some((alias, from.trim_end_matches(';').trim_matches(['"', '\''])))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SCRIPT: &str = "import * as import1 from \"./__wasm_split.js\"\n\
        import * as other from \"./snippets/a.js\";\nfunction initSync() {}\n";
    const LOADERS_: &str = "import { initSync } from \"./app.js\";\nlet shared;\n\
        export const load_later = make(() => {\n\
        const src = fetch(new URL(\"./split_later.wasm\", import.meta.url));\n\
        return (WebAssembly.instantiateStreaming(src, imports));\n});\n";

    #[test]
    fn the_two_scripts_become_one_that_imports_neither() {
        let joined = join(SCRIPT, LOADERS_, "./app.js").unwrap();
        assert!(!joined.contains("./__wasm_split.js") && !joined.contains("./app.js"));
        assert!(joined.starts_with("import * as other from \"./snippets/a.js\";\nfunction initSync"));
        assert!(joined.contains("\nconst load_later = make("));
        assert!(joined.contains("return { load_later };\n})();\nconst import1 = parts;\n"));
        assert!(joined.contains("return (startPart(src, imports));"));
        assert!(joined.contains("\"./split_later.wasm\""));
    }

    #[test]
    fn another_form_of_either_script_is_an_error() {
        assert!(join("function initSync() {}", LOADERS_, "./app.js").is_err());
        assert!(join(SCRIPT, LOADERS_, "./other.js").is_err());
        assert!(join(SCRIPT, &LOADERS_.replace("Streaming", ""), "./app.js").is_err());
    }

    #[test]
    fn parts_are_wanted_where_the_mark_is_and_named_by_what_they_are() {
        assert!(is_wanted("import * as import1 from \"__wasm_split_placeholder__\""));
        assert!(!is_wanted(SCRIPT));
        assert_eq!(name("split_later.wasm"), "later");
        assert_eq!(name("chunk_1.wasm"), "chunk_1");
    }
}
