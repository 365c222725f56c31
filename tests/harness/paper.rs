//! Forms as they come out of the printer: made by the browser, read by poppler.

use crate::browser::Browser;
use crate::machine;
use anyhow::{Context, Result, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

/// A printed form.
#[derive(Debug)]
pub struct Printed {
    /// The PDF.
    pub path: PathBuf,
    /// Number of pages.
    pub pages: usize,
    /// Width and height of the first page in points.
    pub size: (f64, f64),
    /// The text of each page.
    pub text: Vec<String>,
    /// The fonts that the browser drew with: a PDF does not name those that it takes apart.
    pub fonts: BTreeSet<String>,
}

impl Printed {
    /// Whether it is A4, upright or lying.
    #[must_use]
    pub fn is_a4(&self) -> bool {
        let (short, long) = (self.size.0.min(self.size.1), self.size.0.max(self.size.1));
        (short - 595.28).abs() < 1.5 && (long - 841.89).abs() < 1.5
    }
}

pub(crate) fn run(variable: &str, name: &str, arguments: &[&str]) -> Result<String> {
    let program = machine::tool(variable, &[name]).with_context(|| format!("{name} is not on this machine"))?;
    let output = Command::new(program).args(arguments).output()?;
    if !output.status.success() {
        bail!("{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

impl Browser {
    /// Prints the page on the screen into `test-results/<folder>/<name>.pdf` (Chromium only).
    pub async fn print(&self, folder: &str, name: &str) -> Result<Printed> {
        let wanted = json!({ "preferCSSPageSize": true, "printBackground": true });
        let answer = self.devtools("Page.printToPDF", wanted).await?;
        let data = answer["data"].as_str().context("no PDF came")?;
        let path = machine::results(folder)?.join(format!("{name}.pdf"));
        fs::write(&path, STANDARD.decode(data)?)?;
        Ok(Printed { fonts: self.fonts_of_paper().await?, ..read(path)? })
    }

    /// The fonts of a few places of the paper on the screen.
    async fn fonts_of_paper(&self) -> Result<BTreeSet<String>> {
        const PLACES: [&str; 3] = [".paper-title", ".paper-label", ".paper-value"];
        self.devtools("DOM.enable", json!({})).await?;
        self.devtools("CSS.enable", json!({})).await?;
        let root = self.devtools("DOM.getDocument", json!({ "depth": 0 })).await?["root"]["nodeId"].clone();
        let mut fonts = BTreeSet::new();
        for place in PLACES {
            let wanted = json!({ "nodeId": root, "selector": format!(".paper-frame {place}") });
            let node = self.devtools("DOM.querySelector", wanted).await?["nodeId"].clone();
            if node == 0 {
                continue;
            }
            let told = self.devtools("CSS.getPlatformFontsForNode", json!({ "nodeId": node })).await?;
            let names = told["fonts"].as_array().into_iter().flatten();
            fonts.extend(names.filter_map(|font| font["familyName"].as_str()).map(str::to_owned));
        }
        self.devtools("CSS.disable", json!({})).await?;
        self.devtools("DOM.disable", json!({})).await?;
        Ok(fonts)
    }
}

fn read(path: PathBuf) -> Result<Printed> {
    let file = path.to_string_lossy().into_owned();
    let about = run("PDFINFO", "pdfinfo", &[&file])?;
    let line = |name: &str| about.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let pages = line("Pages:").and_then(|count| count.parse().ok()).context("pdfinfo tells no pages")?;
    let mut size =
        line("Page size:").unwrap_or_default().split_whitespace().filter_map(|word| word.parse::<f64>().ok());
    let size = size.next().zip(size.next()).context("pdfinfo tells no size")?;
    let text = run("PDFTOTEXT", "pdftotext", &[&file, "-"])?;
    let text = text.split('\u{c}').map(str::to_owned).filter(|page| !page.trim().is_empty()).collect();
    Ok(Printed { path, pages, size, text, fonts: BTreeSet::new() })
}
