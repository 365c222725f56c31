//! Packs what Trunk has put together into what is published.
//!
//! Trunk calls it after each build, on its staging folder; so plain `trunk build` gives the same as
//! `cargo xtask build`. In order: one style sheet, the app in parts, a small wasm, names by content,
//! no inline script, the content that is fetched when needed, then version, service worker, header files and compressed copies. A development build
//! (without `--release`) skips what is slow.
//! It must not know anything of the app but the names that stand in `index.html`.

mod cache;
mod content;
mod css;
pub mod digest;
mod hosting;
mod html;
mod split;
mod wasm;
pub mod worker;

use crate::{policy, project::Project};
use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    ops::Range,
    path::{Path, PathBuf},
};

/// All icons, one symbol each; part of the page in what is published.
const ICONS: &str = "icons.svg";
const ICONS_MARK: &str = "@ICONS@";
const BOOT: &str = include_str!("../../assets/boot.js");

/// The packing step as Trunk's hook: where and how it reads from the environment.
pub fn from_trunk(project: &Project) -> Result<()> {
    let variable =
        |name: &str| env::var_os(name).with_context(|| format!("{name} is not set; Trunk calls this command"));
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    let source = PathBuf::from(variable("TRUNK_SOURCE_DIR")?);
    let release = variable("TRUNK_PROFILE")? == "release";
    let version = Packing { project, staging: &staging, source: &source, release }.finish()?;
    println!("packed: version {version}");
    Ok(())
}

/// One run of the packing step.
pub struct Packing<'a> {
    /// The checkout.
    pub project: &'a Project,
    /// The folder that Trunk has filled; changed in place.
    pub staging: &'a Path,
    /// The folder with `style/`.
    pub source: &'a Path,
    /// Whether to take the time to make files small.
    pub release: bool,
}

impl Packing<'_> {
    /// Does it all and answers the version.
    pub fn finish(&self) -> Result<String> {
        let page_file = self.staging.join(worker::PAGE);
        let page = fs::read_to_string(&page_file)?;
        let page = self.pack_page(&page)?;
        let page = self.with_icons(&page)?;
        let files = content::write(self.source, self.staging)?;
        content::fits_the_app(&files, self.staging)?;
        let entries = worker::entries(self.staging)?;
        let version = worker::version(&entries, &page);
        let marked = page.matches(worker::VERSION_MARK).count();
        if marked != 1 {
            bail!("index.html must name {} once, not {marked} times", worker::VERSION_MARK);
        }
        fs::write(&page_file, page.replace(worker::VERSION_MARK, &version))?;
        fs::write(self.staging.join("sw.js"), worker::worker(&entries, &version)?)?;
        let app = env!("CARGO_PKG_VERSION");
        let about = serde_json::json!({ "app": app, "version": version });
        fs::write(self.staging.join("version.json"), format!("{about:#}\n"))?;
        hosting::write(self.staging)?;
        if self.release {
            self.compress()?;
        }
        Ok(version)
    }

    /// The page with the sprite in it: an icon of another file costs a request each time it is used.
    fn with_icons(&self, page: &str) -> Result<String> {
        let file = self.staging.join(ICONS);
        let sprite = fs::read_to_string(&file).with_context(|| format!("{ICONS} is missing"))?;
        if page.matches(ICONS_MARK).count() != 1 {
            bail!("index.html must name {ICONS_MARK} once");
        }
        fs::remove_file(&file)?;
        let sprite =
            sprite.replace(" id=\"", " id=\"i-").replacen("<svg ", "<svg class=\"sprite\" aria-hidden=\"true\" ", 1);
        Ok(page.replace(ICONS_MARK, sprite.trim()))
    }

    /// Replaces each tag of Trunk's by ours, and makes the files that ours name.
    fn pack_page(&self, page: &str) -> Result<String> {
        let tags = html::tags(page)?;
        let has_policy = tags.iter().any(|tag| tag.get("content") == Some(policy::CONTENT_SECURITY_POLICY));
        if !has_policy {
            bail!("index.html must carry the policy of xtask/src/policy.rs:\n{}", policy::CONTENT_SECURITY_POLICY);
        }
        let mut parts: Vec<(Range<usize>, String)> = Vec::new();
        let mut started = false;
        for tag in &tags {
            let href = tag.get("href").unwrap_or_default();
            let text = if tag.is_inline_script() {
                match html::trunk_start(&tag.text) {
                    Some(start) => {
                        started = true;
                        self.start_tags(&start)?
                    }
                    None => self.script_tag(tag)?,
                }
            } else if tag.name == "link" && tag.get("rel") == Some("stylesheet") {
                self.style_tag(href)?
            } else if tag.name == "link" && matches!(tag.get("rel"), Some("modulepreload" | "preload")) {
                // Trunk's own, with names that no longer hold.
                String::new()
            } else if tag.get("style").is_some() || tag.name == "style" {
                bail!("<{}> in index.html: the policy forbids styles in the page", tag.name);
            } else {
                continue;
            };
            parts.push((tag.range.clone(), text));
        }
        if !started {
            bail!("Trunk's start script was not found in the page; has Trunk changed its form?");
        }
        html::rewrite(page, parts)
    }

    /// The app itself: wasm, its JavaScript, and the script that starts both.
    fn start_tags(&self, start: &html::Start) -> Result<String> {
        let wasm = self.staging.join(&start.wasm);
        let mut bytes = fs::read(&wasm)?;
        fs::remove_file(&wasm)?;
        let script = self.staging.join(&start.script);
        let mut text = fs::read_to_string(&script)?;
        fs::remove_file(&script)?;
        let app = start.script.rsplit_once('-').map_or("app", |(name, _)| name);
        if split::is_wanted(&text) {
            let parts = split::split(self.project, app)?;
            (text, bytes) = (parts.script, parts.first);
            for (name, part) in parts.later {
                let file = self.write_wasm(split::name(&name), part)?;
                text = text.replace(&format!("./{name}"), &format!("./{file}"));
            }
        }
        let wasm = self.write_wasm(app, bytes)?;
        let script = self.write(app, "js", text.as_bytes())?;

        let register = if self.release { "true" } else { "false" };
        let boot = BOOT.replace("@SCRIPT@", &script).replace("@WASM@", &wasm).replace("@REGISTER@", register);
        let boot = self.write("boot", "js", without_comments(&boot).as_bytes())?;
        Ok(format!(
            "<link rel=\"modulepreload\" href=\"./{script}\">\n\
             <link rel=\"preload\" href=\"./{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n\
             <script defer src=\"./{boot}\"></script>\n"
        ))
    }

    /// Writes a compiled part; made smaller first in a release.
    fn write_wasm(&self, name: &str, mut bytes: Vec<u8>) -> Result<String> {
        if self.release {
            bytes = wasm::optimise(self.project, &bytes)?;
        }
        self.write(name, "wasm", &bytes)
    }

    /// Any other inline script (Trunk's own for `trunk serve`) as a file.
    fn script_tag(&self, tag: &html::Tag) -> Result<String> {
        let file = self.write("script", "js", tag.text.as_bytes())?;
        let kind = tag.get("type").map(|kind| format!(" type=\"{kind}\"")).unwrap_or_default();
        Ok(format!("<script{kind} src=\"./{file}\"></script>"))
    }

    /// The style sheet with all that it imports. Trunk has copied only the first file.
    fn style_tag(&self, href: &str) -> Result<String> {
        let copied = href.strip_prefix("./").unwrap_or(href);
        let name = copied.rsplit_once('-').map(|(name, _)| name).context("a style sheet of another hand")?;
        let main = self.source.join("style").join(format!("{name}.css"));
        let (text, used) = css::bundle(&main)?;
        for entry in fs::read_dir(self.source.join("style"))? {
            let file = entry?.path();
            if file.extension().is_some_and(|ext| ext == "css") && !used.contains(&file) {
                println!("packing: {} is imported by nobody", file.display());
            }
        }
        fs::remove_file(self.staging.join(copied))?;
        let file = self.write(name, "css", text.as_bytes())?;
        Ok(format!("<link rel=\"stylesheet\" href=\"./{file}\">"))
    }

    /// Writes a file under a name that changes with its content.
    fn write(&self, name: &str, extension: &str, bytes: &[u8]) -> Result<String> {
        let file = format!("{name}-{}.{extension}", digest::short(bytes));
        fs::write(self.staging.join(&file), bytes)?;
        Ok(file)
    }

    /// A `.br` beside each file that gets smaller, for servers that can send it.
    fn compress(&self) -> Result<()> {
        for path in worker::files(self.staging)? {
            let text = matches!(
                path.rsplit('.').next().unwrap_or_default(),
                "html" | "js" | "css" | "wasm" | "json" | "webmanifest" | "svg"
            );
            if !text {
                continue;
            }
            let file = self.staging.join(&path);
            let bytes = fs::read(&file)?;
            let small = cache::remembered(self.project, "brotli 11", &bytes, || brotli(&bytes))?;
            fs::write(self.staging.join(format!("{path}.br")), small)?;
        }
        Ok(())
    }
}

/// One of our scripts without the lines that only speak to its reader.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with("//")).flat_map(|line| [line, "\n"]).collect()
}

/// Brotli at its best, as hosts that compress beforehand do it.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &settings)?;
    Ok(out)
}
