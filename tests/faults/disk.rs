//! What lies on the disk, read without the app and judged by the core in native code.

use crate::browser::Browser;
use crate::site::Site;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use sitebook_core::ids::RecordId;
use sitebook_core::json;
use sitebook_core::ledger::{Attachment, Change, Head, Op, Record, Sealed, hex, sha256, verify_ops};
use std::collections::{BTreeMap, BTreeSet};

/// The database, document by document.
#[derive(Debug, Clone, Deserialize)]
pub struct Disk {
    /// Version of the database.
    pub version: u32,
    meta: BTreeMap<String, String>,
    ops: BTreeMap<String, String>,
    records: BTreeMap<String, String>,
    lines: BTreeSet<String>,
    blobs: BTreeMap<String, Bytes>,
    templates: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Bytes {
    sha256: String,
    size: u64,
}

/// A page of the app's origin without the app.
pub fn bare(site: &Site) -> String {
    format!("{}version.json", site.address())
}

impl Disk {
    /// Reads it from a page that is not the app. None where there is no database yet.
    pub async fn read(phone: &Browser, site: &Site) -> Result<Option<Disk>> {
        phone.goto(&bare(site)).await?;
        let script = format!("return (async () => {{ {} }})()", include_str!("disk.js"));
        phone.ask(&script, Vec::new()).await.context("the database cannot be read")
    }

    /// How many bytes of pictures it holds, and how many pictures.
    #[must_use]
    pub fn pictures(&self) -> usize {
        self.blobs.len()
    }

    /// Judges all of it; answers the ops by their place in this device's chain.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn judge(&self) -> Result<Ledger> {
        let mut ops = Vec::new();
        for (id, text) in &self.ops {
            let sealed: Sealed = json::read(text).with_context(|| format!("op {id} cannot be read: {text}"))?;
            ensure!(sealed.op.id.as_str() == id, "op {} lies under {id}", sealed.op.id);
            ops.push(sealed);
        }
        if let Err(broken) = verify_ops(&ops) {
            bail!("the chain does not verify: {broken:?}");
        }
        let own = self.own_chain(&ops)?;
        self.projection(&ops)?;
        self.attachments(&ops)?;
        self.procedures(&ops)?;
        Ok(Ledger { own, ops })
    }

    /// Without a gap from 1 to the head, and the head is its end.
    fn own_chain(&self, ops: &[Sealed]) -> Result<Vec<Op>> {
        let Some(head) = self.meta.get("head") else {
            ensure!(ops.is_empty(), "{} ops and no head", ops.len());
            return Ok(Vec::new());
        };
        let head: Head = json::read(head).context("the head cannot be read")?;
        let mut own: Vec<&Sealed> = ops.iter().filter(|sealed| sealed.op.device == head.device).collect();
        own.sort_by_key(|sealed| sealed.op.seq);
        let places: Vec<u64> = own.iter().map(|sealed| sealed.op.seq).collect();
        let expected: Vec<u64> = (1..=head.seq).collect();
        ensure!(places == expected, "the head is at {}, the chain has {places:?}", head.seq);
        let end = own.last().map(|sealed| sealed.hash.clone());
        ensure!(end == head.hash, "the head names {:?}, the last op is {end:?}", head.hash);
        Ok(own.into_iter().map(|sealed| sealed.op.clone()).collect())
    }

    /// Each record is the fold of its ops, each has its line, and there is none without ops.
    fn projection(&self, ops: &[Sealed]) -> Result<()> {
        let mut by_record: BTreeMap<&RecordId, Vec<&Op>> = BTreeMap::new();
        for sealed in ops {
            by_record.entry(&sealed.op.record).or_default().push(&sealed.op);
        }
        for (id, ops) in &by_record {
            let stored = self.records.get(id.as_str()).with_context(|| format!("{id} has ops and no record"))?;
            let stored: Record = json::read(stored).with_context(|| format!("the record {id} cannot be read"))?;
            let folded = Record::fold(id, ops.iter().copied());
            ensure!(stored == folded, "the record {id} is not the fold of its ops:\n{stored:#?}\n{folded:#?}");
            ensure!(self.lines.contains(id.as_str()), "{id} has no line");
        }
        let ids = |known: &mut dyn Iterator<Item = &String>| -> Vec<String> {
            known.filter(|id| !by_record.keys().any(|known| known.as_str() == id.as_str())).cloned().collect()
        };
        let (records, lines) = (ids(&mut self.records.keys()), ids(&mut self.lines.iter()));
        ensure!(records.is_empty() && lines.is_empty(), "without any op: records {records:?}, lines {lines:?}");
        Ok(())
    }

    /// Each picture named by an op is there byte by byte, and there is none that no op names.
    fn attachments(&self, ops: &[Sealed]) -> Result<()> {
        let mut named = BTreeSet::new();
        for sealed in ops {
            let (Change::Attach { attachment, .. } | Change::Sign { image: attachment, .. }) = &sealed.op.change else {
                continue;
            };
            let Attachment { sha256, size, .. } = attachment;
            let bytes = self.blobs.get(sha256).with_context(|| format!("op {}: no bytes of {sha256}", sealed.op.id))?;
            ensure!(bytes.sha256 == *sha256, "bytes of {sha256} have the digest {}", bytes.sha256);
            ensure!(bytes.size == *size, "{sha256} has {} bytes, not {size}", bytes.size);
            named.insert(sha256);
        }
        // Those of an import that was killed are noted, so that the next start takes them away.
        let noted = |sha256: &str| self.meta.contains_key(&format!("incoming/{sha256}"));
        let stray = self.blobs.keys().filter(|sha256| !named.contains(sha256) && !noted(sha256));
        let stray: Vec<_> = stray.collect();
        ensure!(stray.is_empty(), "no op names the bytes of {stray:?}");
        Ok(())
    }

    /// Each procedure that a visit pinned is there, with its digest.
    fn procedures(&self, ops: &[Sealed]) -> Result<()> {
        for sealed in ops {
            let Change::Create { template: Some(template), .. } = &sealed.op.change else { continue };
            let text = self.templates.get(&template.digest).with_context(|| format!("no {}", template.digest))?;
            let digest = hex(&sha256(text.as_bytes()));
            ensure!(digest == template.digest, "the procedure {} has the digest {digest}", template.digest);
        }
        Ok(())
    }
}

/// A judged ledger.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The ops of this device, in the order of its chain.
    pub own: Vec<Op>,
    /// All ops.
    pub ops: Vec<Sealed>,
}
