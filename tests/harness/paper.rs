//! Forms as they come out of the printer: made by the browser, read by poppler.

use crate::browser::Browser;
use crate::machine;
use anyhow::{Context, Result, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use std::{fs, path::PathBuf, process::Command};

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
        read(path)
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
    Ok(Printed { path, pages, size, text })
}
