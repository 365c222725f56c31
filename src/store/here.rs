//! What this phone knows of the records of a file, fetched before the core judges the file.

use super::Store;
use super::device;
use super::error::StoreError;
use super::query::parse;
use crate::browser::db::{Key, Range, Table};
use sitebook_core::exchange::Incoming;
use sitebook_core::ids::{DeviceId, OpId, RecordId};
use sitebook_core::ledger::Sealed;
use sitebook_core::print::{PaperCode, PaperVerdict};
use sitebook_core::seal::PublicKey;
use sitebook_core::template::{Library, Procedure};
use sitebook_core::verify::{Examined, Facts, Report};
use std::collections::{BTreeMap, BTreeSet};

/// Hashes, places and keys.
#[derive(Debug, Default)]
pub(super) struct Here {
    hashes: BTreeMap<OpId, String>,
    places: BTreeMap<(DeviceId, u64), String>,
    last: BTreeMap<(RecordId, DeviceId), u64>,
    keys: BTreeMap<DeviceId, PublicKey>,
    procedures: BTreeMap<String, Procedure>,
}

impl Here {
    /// What is known of this file's records and devices.
    pub(super) async fn gather(store: Store, incoming: &Incoming) -> Result<Here, StoreError> {
        let mut here = Here::default();
        let tx = store.db()?.read(&[Table::Ops, Table::Meta, Table::Templates])?;
        if tx.count(Table::Ops).await? > 0 {
            for id in incoming.record_ids() {
                let range = Range::Only(vec![Key::Text(id.to_string())]);
                for json in tx.list(Table::Ops, "record", &range, None).await? {
                    // A row that cannot be read here says nothing about the file.
                    if let Ok(sealed) = parse::<Sealed>(&json) {
                        here.know(sealed);
                    }
                }
            }
        }
        let signed = incoming.signature.iter().map(|signature| &signature.device);
        let devices: BTreeSet<&DeviceId> = incoming.seals.iter().map(|seal| &seal.device).chain(signed).collect();
        for device in devices.into_iter().filter(|device| !device.is_of_a_key()) {
            if let Some(key) = device::known_key(&tx, device).await? {
                here.keys.insert(device.clone(), key);
            }
        }
        for reference in &incoming.lacking {
            if let Some(json) = tx.get(Table::Templates, &reference.digest).await?
                && let Ok(procedure) = parse(&json)
            {
                here.procedures.insert(reference.digest.clone(), procedure);
            }
        }
        Ok(here)
    }

    fn know(&mut self, Sealed { op, hash }: Sealed) {
        let last = self.last.entry((op.record, op.device.clone())).or_insert(0);
        *last = op.seq.max(*last);
        self.places.insert((op.device, op.seq), hash.clone());
        self.hashes.insert(op.id, hash);
    }

    /// How many ops of the file are here, too.
    pub(super) fn same(&self, incoming: &Incoming) -> usize {
        incoming.ops.iter().filter(|sealed| self.hashes.get(&sealed.op.id) == Some(&sealed.hash)).count()
    }

    /// How many ops of its records are here.
    pub(super) fn count(&self) -> usize {
        self.hashes.len()
    }

    /// What can be said of the file, by this.
    pub(super) fn report(&self, examined: &Examined, answers: &[bool], library: &Library) -> Report {
        self.with(library, |facts| examined.report(answers, facts))
    }

    /// Whether a paper says what its visit in the file says.
    pub(super) fn paper(&self, examined: &Examined, code: &PaperCode, library: &Library) -> Option<PaperVerdict> {
        self.with(library, |facts| examined.paper(code, facts))
    }

    fn with<T>(&self, library: &Library, ask: impl FnOnce(&Facts<'_>) -> T) -> T {
        ask(&Facts {
            key_of: &|device| self.keys.get(device).cloned(),
            hash_of: &|id| self.hashes.get(id).cloned(),
            hash_at: &|device, seq| self.places.get(&(device.clone(), seq)).cloned(),
            last_of: &|record, device| self.last.get(&(record.clone(), device.clone())).copied(),
            procedure: &|digest| self.procedures.get(digest).cloned(),
            library,
        })
    }
}
