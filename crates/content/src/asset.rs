//! What the app fetches when it needs it, beside the program: files that are named by what is in them.
//!
//! The build script puts names and digests into the app, the packing step puts the files beside it; both call
//! [`assets`], so one fits the other. It must not know who asks for a file, or when.

use crate::{Cited, Content};
use serde::Serialize;
use sitebook_core::ledger::{hex, sha256};
use sitebook_core::template::SCHEMA;

/// How many digits of the digest stand in a file's name. The service worker and the header files know names by this.
const DIGITS: usize = 16;

/// A file that lies beside the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// What the app asks for: `sources`, `procedure-field-visit`.
    pub name: String,
    /// The name of the file: `content-sources-0123456789abcdef.json`.
    pub file: String,
    /// SHA-256 of the text, in 64 hex digits.
    pub digest: String,
    /// Compact JSON.
    pub text: String,
}

impl Asset {
    fn of(name: &str, says: &impl Serialize) -> Result<Asset, serde_json::Error> {
        let text = serde_json::to_string(says)?;
        let digest = hex(&sha256(text.as_bytes()));
        let file = format!("content-{name}-{}.json", &digest[..DIGITS]);
        Ok(Asset { name: name.to_owned(), file, digest, text })
    }
}

#[derive(Serialize)]
struct Sources<'a> {
    schema: u32,
    #[serde(rename = "source")]
    sources: &'a [Cited],
}

/// The files that are fetched when needed: `sources`, the documents that clauses cite; `handbook`; `forms`, for runs
/// that did not bring theirs along; and each procedure, as `procedure-<id>`.
///
/// # Errors
/// When something cannot be written as JSON, which checked content never meets.
pub fn assets(content: &Content) -> Result<Vec<Asset>, serde_json::Error> {
    let mut all = vec![
        Asset::of("sources", &Sources { schema: SCHEMA, sources: &content.cited })?,
        Asset::of("handbook", &content.handbook)?,
        Asset::of("forms", &content.forms)?,
    ];
    for procedure in &content.procedures {
        all.push(Asset::of(&format!("procedure-{}", procedure.id), procedure)?);
    }
    Ok(all)
}
