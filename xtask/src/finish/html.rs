//! Reads and changes the tags of the page that Trunk has written.
//!
//! It knows tags, attributes, comments and that the inside of `<script>` is text; it knows nothing
//! of files. The page is our own, so this is no general parser.

use anyhow::{Context, Result, bail};
use std::ops::Range;

/// A start tag; for a `<script>` together with its text and end tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// In lower case, such as `link`.
    pub name: String,
    /// Names and values, in order.
    pub attributes: Vec<(String, String)>,
    /// Where it lies in the page.
    pub range: Range<usize>,
    /// The text of a script; empty for others.
    pub text: String,
}

impl Tag {
    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// A script whose text is in the page, which the content security policy forbids.
    #[must_use]
    pub fn is_inline_script(&self) -> bool {
        self.name == "script" && self.get("src").is_none()
    }
}

/// All start tags of the page; comments are skipped.
pub fn tags(html: &str) -> Result<Vec<Tag>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = start + rest.find("-->").context("a comment without an end")? + 3;
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let mut tag = start_tag(html, start)?;
            at = tag.range.end;
            if tag.name == "script" {
                let end = at + html[at..].find("</script>").context("a <script> without an end")?;
                html[at..end].clone_into(&mut tag.text);
                at = end + "</script>".len();
                tag.range.end = at;
            }
            tags.push(tag);
        } else {
            at = start + 1;
        }
    }
    Ok(tags)
}

fn start_tag(html: &str, start: usize) -> Result<Tag> {
    let bytes = html.as_bytes();
    let is_name = |b: u8| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/');
    let skip = |mut at: usize, wanted: &dyn Fn(u8) -> bool| {
        while bytes.get(at).copied().is_some_and(wanted) {
            at += 1;
        }
        at
    };
    let mut at = skip(start + 1, &is_name);
    let name = html[start + 1..at].to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        at = skip(at, &|b| b.is_ascii_whitespace() || b == b'/');
        match bytes.get(at) {
            None => bail!("<{name} has no end"),
            Some(b'>') => {
                let range = start..at + 1;
                return Ok(Tag { name, attributes, range, text: String::new() });
            }
            Some(b'=') => bail!("<{name} has a value without a name"),
            Some(_) => {}
        }
        let from = at;
        at = skip(at, &is_name);
        let key = html[from..at].to_ascii_lowercase();
        at = skip(at, &|b| b.is_ascii_whitespace());
        let mut value = "";
        if bytes.get(at) == Some(&b'=') {
            at = skip(at + 1, &|b| b.is_ascii_whitespace());
            let quote = bytes.get(at).copied().filter(|b| matches!(b, b'"' | b'\''));
            let from = at + usize::from(quote.is_some());
            at = match quote {
                Some(quote) => skip(from, &|b| b != quote),
                None => skip(from, &|b| !b.is_ascii_whitespace() && b != b'>'),
            };
            value = &html[from..at];
            at += usize::from(quote.is_some());
        }
        attributes.push((key, value.to_owned()));
    }
}

/// What Trunk's own start script loads: the module and the wasm, as names in the same folder.
#[derive(Debug, PartialEq, Eq)]
pub struct Start {
    /// The JavaScript that wasm-bindgen has made.
    pub script: String,
    /// The compiled app.
    pub wasm: String,
}

/// Finds in an inline script what Trunk wants to start; `None` if it is another script.
#[must_use]
pub fn trunk_start(text: &str) -> Option<Start> {
    let import = text.split("import ").find(|part| part.trim_start().starts_with("init"))?;
    let script = quoted(import.split_once(" from ")?.1)?;
    let wasm = quoted(text.split_once("init({ module_or_path:")?.1)?;
    let name = |path: &str| path.strip_prefix("./").unwrap_or(path).to_owned();
    Some(Start { script: name(script), wasm: name(wasm) })
}

fn quoted(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text[1..].split_once(quote).map(|(inside, _)| inside)
}

/// The page with some parts replaced, and without comments and empty lines.
pub fn rewrite(html: &str, mut parts: Vec<(Range<usize>, String)>) -> Result<String> {
    parts.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for (range, text) in parts {
        if range.start < at {
            bail!("two parts of the page to be replaced overlap");
        }
        out.push_str(&html[at..range.start]);
        out.push_str(&text);
        at = range.end;
    }
    out.push_str(&html[at..]);
    let mut bare = String::with_capacity(out.len());
    let mut rest = out.as_str();
    while let Some((before, after)) = rest.split_once("<!--") {
        bare.push_str(before);
        rest = after.split_once("-->").context("a comment without an end")?.1;
    }
    bare.push_str(rest);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.flat_map(|line| [line, "\n"]).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TRUNK: &str = r#"<!doctype html><html><head>
    <!-- <script>not a script</script> -->
    <link rel="stylesheet" href="./main-1.css"/>
    <script type="module">
import init, * as bindings from './sitebook-29ac4b9f94a347ff.js';
const wasm = await init({ module_or_path: './sitebook-29ac4b9f94a347ff_bg.wasm' });
if (1 < 2) {}
</script><script src=./x.js></script></head><body><p data-x='a>b'>1 < 2</p></body></html>"#;

    #[test]
    fn the_inline_script_is_found_and_the_commented_one_is_not() {
        let tags = tags(TRUNK).unwrap();
        let names: Vec<_> = tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(names, ["html", "head", "link", "script", "script", "body", "p"]);
        let inline: Vec<_> = tags.iter().filter(|tag| tag.is_inline_script()).collect();
        assert_eq!(inline.len(), 1);
        assert!(TRUNK[inline[0].range.clone()].starts_with("<script type=\"module\">"));
        assert!(TRUNK[inline[0].range.clone()].ends_with("</script>"));
        assert_eq!(tags[4].get("src"), Some("./x.js"));
        assert_eq!(tags[6].get("data-x"), Some("a>b"));
    }

    #[test]
    fn the_names_that_trunk_starts_are_read_from_its_script() {
        let tags = tags(TRUNK).unwrap();
        let start = trunk_start(&tags[3].text).unwrap();
        assert_eq!(start.script, "sitebook-29ac4b9f94a347ff.js");
        assert_eq!(start.wasm, "sitebook-29ac4b9f94a347ff_bg.wasm");
        assert_eq!(trunk_start("const ws = new WebSocket('x');"), None);
    }

    #[test]
    fn rewriting_replaces_the_parts_and_drops_comments() {
        let tags = tags(TRUNK).unwrap();
        let parts =
            vec![(tags[3].range.clone(), "<script src=b.js></script>".into()), (tags[2].range.clone(), String::new())];
        assert_eq!(
            rewrite(TRUNK, parts).unwrap(),
            "<!doctype html><html><head>\n<script src=b.js></script><script src=./x.js></script>\
             </head><body><p data-x='a>b'>1 < 2</p></body></html>\n"
        );
        assert!(rewrite("abc", vec![(0..2, String::new()), (1..3, String::new())]).is_err());
        assert!(tags_fail("<script>x") && tags_fail("<a href='x") && tags_fail("<!-- x"));
    }

    fn tags_fail(html: &str) -> bool {
        tags(html).is_err()
    }
}
