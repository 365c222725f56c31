//! An exported file, judged from outside: by the published schema, by its own digests, and by the core's reader.

use crate::machine;
use anyhow::{Context, Result, bail, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs};

/// An exported file.
pub struct Bundle {
    /// All of it.
    pub json: Value,
}

impl Bundle {
    /// Reads a file that a browser saved, and finds it whole.
    pub fn read(bytes: &[u8]) -> Result<Bundle> {
        let json: Value = serde_json::from_slice(bytes).context("the export is no JSON")?;
        let bundle = Bundle { json };
        if let Err(error) = sitebook_core::exchange::read(bytes) {
            bail!("the core does not read the export: {}", error.words().en);
        }
        Ok(bundle)
    }

    /// Finds that it fits the schema that is published with the app.
    pub fn fits_the_published_schema(&self) -> Result<()> {
        let path = machine::root().join("public/schema/bundle-1.json");
        let text = fs::read(&path).with_context(|| format!("no schema {}", path.display()))?;
        let schema: Value = serde_json::from_slice(&text)?;
        let validator = jsonschema::validator_for(&schema).map_err(|error| anyhow::anyhow!("the schema: {error}"))?;
        let errors: Vec<_> = validator
            .iter_errors(&self.json)
            .take(5)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        ensure!(errors.is_empty(), "the export does not fit the schema: {errors:#?}");
        Ok(())
    }

    /// The ops by id, each with its hash.
    pub fn ops(&self) -> Result<BTreeMap<String, String>> {
        let ops = self.json["ops"].as_array().context("no ops")?;
        let one = |op: &Value| {
            let id = op["op"]["id"].as_str().or_else(|| op["id"].as_str()).context("an op without id")?;
            Ok((id.to_owned(), op["hash"].as_str().context("an op without hash")?.to_owned()))
        };
        ops.iter().map(one).collect()
    }

    /// The attachments by their hash, with their length. Each must be what its hash says.
    pub fn attachments(&self) -> Result<BTreeMap<String, usize>> {
        let list = self.json["pictures"].as_array().context("no pictures")?;
        let one = |carried: &Value| {
            let hash = carried["sha256"].as_str().context("an attachment without hash")?;
            let bytes = STANDARD.decode(carried["data"].as_str().context("an attachment without data")?)?;
            let is: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            ensure!(is == hash, "attachment {hash} has the hash {is}");
            image::load_from_memory(&bytes).with_context(|| format!("attachment {hash} is no picture"))?;
            Ok((hash.to_owned(), bytes.len()))
        };
        list.iter().map(one).collect()
    }

    /// The readable record of the visit.
    pub fn visit(&self) -> Result<&Value> {
        let records = self.json["records"].as_array().context("no records")?;
        records.iter().find(|record| record["kind"] == "visit").context("no visit in the file")
    }
}
