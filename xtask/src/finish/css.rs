//! Makes one style sheet out of `style/main.css` and what it imports.
//!
//! `@import "x.css"`, with an optional `layer`, `layer(name)` and media query, is replaced by the
//! file; comments and needless white space go. It knows CSS only as far as strings, comments and
//! at-rules.

use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The bundled text, and the files that went into it.
pub fn bundle(main: &Path) -> Result<(String, BTreeSet<PathBuf>)> {
    let mut seen = BTreeSet::new();
    let text = read(main, &mut Vec::new(), &mut seen)?;
    Ok((text, seen))
}

fn read(file: &Path, above: &mut Vec<PathBuf>, seen: &mut BTreeSet<PathBuf>) -> Result<String> {
    if above.iter().any(|other| other == file) {
        bail!("{} imports itself", file.display());
    }
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    seen.insert(file.to_owned());
    above.push(file.to_owned());
    let folder = file.parent().unwrap_or(Path::new(""));
    let css = squeeze(&text);
    let mut out = String::new();
    let mut rest = css.as_str();
    loop {
        rest = rest.trim_start();
        if let Some(after) = at_rule(rest, "@import") {
            let (rule, tail) =
                statement(after).with_context(|| format!("an @import without an end in {}", file.display()))?;
            let import = Import::parse(rule).with_context(|| format!("`@import{rule};` in {}", file.display()))?;
            let inner = read(&folder.join(&import.file), above, seen)?;
            out.push_str(&import.wrap(&inner));
            rest = tail;
        } else if let Some(after) = at_rule(rest, "@charset") {
            rest = statement(after).map_or("", |(_, tail)| tail);
        } else if let Some((rule, tail)) =
            at_rule(rest, "@layer").and_then(statement).filter(|(rule, _)| !rule.contains('{'))
        {
            // The order of layers may be given between imports.
            out.push_str("@layer");
            out.push_str(rule);
            out.push(';');
            rest = tail;
        } else {
            break;
        }
    }
    if rest.contains("@import") {
        bail!("{}: browsers ignore an @import after the first rule", file.display());
    }
    out.push_str(rest.trim_end());
    out.push('\n');
    above.pop();
    Ok(out)
}

fn at_rule<'a>(css: &'a str, name: &str) -> Option<&'a str> {
    css.strip_prefix(name).filter(|rest| rest.starts_with([' ', '"', '\'', '(']))
}

fn statement(css: &str) -> Option<(&str, &str)> {
    css.split_once(';')
}

struct Import {
    file: String,
    layer: Option<String>,
    media: String,
}

impl Import {
    fn parse(rule: &str) -> Result<Import> {
        let rule = rule.trim();
        let (inside, rest) = match rule.strip_prefix("url(") {
            Some(inner) => inner.split_once(')').context("no closing bracket")?,
            None => {
                let quote = rule.chars().next().context("names no file")?;
                if quote != '"' && quote != '\'' {
                    bail!("the file wants quotes");
                }
                rule[1..].split_once(quote).context("no closing quote")?
            }
        };
        let file = inside.trim_matches([' ', '"', '\'']).to_owned();
        if file.contains("//") || file.starts_with('/') {
            bail!("only files of the project can be imported");
        }
        let rest = rest.trim();
        let (layer, media) = match rest.strip_prefix("layer") {
            Some(after) if after.starts_with('(') => {
                let (name, media) = after[1..].split_once(')').context("no closing bracket")?;
                (Some(name.trim().to_owned()), media.trim())
            }
            Some(after) if after.is_empty() || after.starts_with(' ') => (Some(String::new()), after.trim()),
            _ => (None, rest),
        };
        if media.starts_with("supports(") {
            bail!("supports() is not handled here; write @supports in the file");
        }
        Ok(Import { file, layer, media: media.to_owned() })
    }

    fn wrap(&self, css: &str) -> String {
        let mut css = css.to_owned();
        if let Some(layer) = &self.layer {
            let space = if layer.is_empty() { "" } else { " " };
            css = format!("@layer{space}{layer}{{{css}}}\n");
        }
        if !self.media.is_empty() {
            css = format!("@media {}{{{css}}}\n", self.media);
        }
        css
    }
}

/// Drops comments and runs of white space; leaves strings alone.
fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    let mut quote = None;
    while let Some(c) = chars.next() {
        if let Some(open) = quote {
            out.push(c);
            if c == '\\' {
                out.extend(chars.next());
            } else if c == open {
                quote = None;
            }
        } else if c == '/' && chars.peek() == Some(&'*') {
            chars.next();
            let mut last = ' ';
            for c in chars.by_ref() {
                if last == '*' && c == '/' {
                    break;
                }
                last = c;
            }
            push_space(&mut out);
        } else if c.is_whitespace() {
            push_space(&mut out);
        } else {
            if c == '"' || c == '\'' {
                quote = Some(c);
            }
            // Around these a space has no meaning; before `:` and around `+ - ( )` it may have one.
            if matches!(c, '{' | '}' | ';' | ',') && out.ends_with(' ') {
                out.pop();
            }
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
        }
    }
    out.trim_end().to_owned()
}

fn push_space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',']) {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("sitebook-css-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (file, text) in files {
            fs::write(folder.join(file), text).unwrap();
        }
        folder
    }

    #[test]
    fn imports_are_replaced_in_their_order_with_layer_and_media() {
        let folder = folder(
            "order",
            &[
                (
                    "main.css",
                    "/* top */\n@layer base, page;\n@import \"a.css\" layer(base);\n@import url('b.css') print;\nmain { color : red; }\n",
                ),
                ("a.css", "a { b: c }"),
                ("b.css", "@import 'c.css';\nb{c:d}"),
                ("c.css", "c > d { e: f }"),
            ],
        );
        let (css, files) = bundle(&folder.join("main.css")).unwrap();
        assert_eq!(
            css,
            "@layer base,page;@layer base{a{b: c}\n}\n@media print{c > d{e: f}\nb{c:d}\n}\nmain{color : red}\n"
        );
        assert_eq!(files.len(), 4);
    }

    #[test]
    fn a_circle_a_late_import_and_a_foreign_file_are_refused() {
        let folder = folder(
            "refused",
            &[
                ("circle.css", "@import 'circle.css';"),
                ("late.css", "a{b:c} @import 'circle.css';"),
                ("foreign.css", "@import 'https://example.org/x.css';"),
                ("missing.css", "@import 'nowhere.css';"),
            ],
        );
        for file in ["circle.css", "late.css", "foreign.css", "missing.css"] {
            assert!(bundle(&folder.join(file)).is_err(), "{file}");
        }
    }

    #[test]
    fn strings_keep_what_looks_like_a_comment_or_white_space() {
        assert_eq!(
            squeeze("a::before { content: \"/* x */  \\\" ; }\" ; }"),
            "a::before{content: \"/* x */  \\\" ; }\"}"
        );
        assert_eq!(squeeze("a /* x */ b,\n c { width: calc(1px + 2px) }"), "a b,c{width: calc(1px + 2px)}");
        assert_eq!(squeeze(":is(a) .b { }"), ":is(a) .b{}");
    }
}
