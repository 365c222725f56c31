//! From checked content to the files that the app ships: compact JSON, one file a template.
//!
//! It must not add or leave out anything: what `serde_json` reads back equals what was checked. A procedure already
//! brings its forms along.

use crate::Content;
use serde::Serialize;
use sitebook_core::template::CatalogueLine;
use sitebook_core::text::Text;
use std::collections::BTreeMap;

/// One line of `index.json`.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: String,
    id: &'a str,
    title: &'a Text,
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<&'a str>,
}

/// The files to ship, by path: `procedures/<id>.json`, `forms/<id>.json`, `records/<id>.json`, `catalogue.json`,
/// `programmes.json`, `limits.json`, `sample.json`, `holidays.json` and `index.json`, which lists the others.
///
/// # Errors
/// When a document cannot be written as JSON, which checked content never meets.
pub fn compile(content: &Content) -> Result<BTreeMap<String, String>, serde_json::Error> {
    let mut files = BTreeMap::new();
    let mut index = Vec::new();
    for procedure in &content.procedures {
        let line = Line {
            file: format!("procedures/{}.json", procedure.id),
            id: &procedure.id,
            title: &procedure.title,
            version: procedure.version,
            family: Some(&procedure.family),
        };
        files.insert(line.file.clone(), serde_json::to_string(procedure)?);
        index.push(line);
    }
    for form in &content.forms {
        let line = Line {
            file: format!("forms/{}.json", form.id),
            id: &form.id,
            title: &form.title,
            version: form.version,
            family: None,
        };
        files.insert(line.file.clone(), serde_json::to_string(form)?);
        index.push(line);
    }
    for record in &content.records {
        let line = Line {
            file: format!("records/{}.json", record.id),
            id: &record.id,
            title: &record.title,
            version: record.version,
            family: None,
        };
        files.insert(line.file.clone(), serde_json::to_string(record)?);
        index.push(line);
    }
    let catalogue: Vec<CatalogueLine> = content.procedures.iter().map(CatalogueLine::of).collect();
    files.insert("catalogue.json".to_owned(), serde_json::to_string(&catalogue)?);
    files.insert("programmes.json".to_owned(), serde_json::to_string(&content.programmes)?);
    files.insert("limits.json".to_owned(), serde_json::to_string(&content.limits)?);
    files.insert("sample.json".to_owned(), serde_json::to_string(&content.sample)?);
    files.insert("holidays.json".to_owned(), serde_json::to_string(&content.holidays)?);
    files.insert("index.json".to_owned(), serde_json::to_string(&index)?);
    Ok(files)
}
