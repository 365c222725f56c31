//! The judgement: seals against entries, readable records against entries, entries against what is known here.

use super::report::{DevicePart, Finding, Forgery, RecordReport, Report, Sealing, SignedChange, Verdict};
use super::{Facts, Seen, hash_of};
use crate::exchange::{Incoming, view};
use crate::gathered::sorted;
use crate::ids::{DeviceId, RecordId};
use crate::ledger::{FactKind, Record, RecordKind, Sealed};
use crate::seal::{PublicKey, Seal, sum_of};
use crate::work::{Around, Scope, changed_since, label_of};

/// Whether a key speaks for a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It does: the id is made from it, or it is known here.
    Proven,
    /// Nothing tells.
    Unknown,
    /// Another one does.
    Foreign,
}

fn standing(device: &DeviceId, key: &PublicKey, facts: &Facts<'_>) -> Standing {
    if device.is_of_a_key() {
        return if device.is_bound_to(key) { Standing::Proven } else { Standing::Foreign };
    }
    match (facts.key_of)(device) {
        Some(known) if known == *key => Standing::Proven,
        Some(_) => Standing::Foreign,
        None => Standing::Unknown,
    }
}

/// The ops of a file by record, device and running number.
struct Judge<'a> {
    incoming: &'a Incoming,
    facts: &'a Facts<'a>,
    ops: Vec<&'a Sealed>,
    chain: Vec<&'a Sealed>,
    findings: Vec<Finding>,
    /// How much was found that cannot have come about by itself.
    bad: usize,
}

/// The judgement of a file that could be read.
pub(super) fn judge(incoming: &Incoming, views: &[Seen], answers: &[bool], facts: &Facts<'_>) -> Report {
    let all = || incoming.ops.iter().collect::<Vec<&Sealed>>();
    let place = |sealed: &Sealed| (sealed.op.record.clone(), sealed.op.device.clone(), sealed.op.seq);
    let mut ops = sorted(all(), |one: &&Sealed, other| place(one).cmp(&place(other)));
    ops.dedup_by(|one, other| one.op.id == other.op.id);
    let in_chain = |one: &&Sealed, other: &&Sealed| (&one.op.device, one.op.seq).cmp(&(&other.op.device, other.op.seq));
    let mut chain = sorted(all(), in_chain);
    chain.dedup_by(|one, other| one.op.id == other.op.id);
    let mut judge = Judge { incoming, facts, ops, chain, findings: Vec::new(), bad: 0 };
    let mut answers = answers.iter().copied();
    let by = judge.file_signature(&mut answers);
    let seals = judge.seals(&mut answers);
    judge.compare();
    let records = judge.records(&seals, views);
    judge.lacks();
    let verdict = match by {
        _ if judge.bad > 0 => Verdict::Contradicted,
        Some(device) => Verdict::Original(device),
        None => Verdict::Unproven,
    };
    let findings = sorted(judge.findings, |one, other| one.rank().cmp(&other.rank()));
    Report { verdict, exported: Some(incoming.exported.clone()), records, findings }
}

/// A seal whose signature holds, and whether its key is the device's.
type Held<'a> = (&'a Seal, bool);

impl<'a> Judge<'a> {
    fn forged(&mut self, forgery: Forgery) {
        // Nobody reads more, and a hostile file can hold a million.
        const MOST: usize = 200;
        let finding = Finding::Forged(forgery);
        self.bad += 1;
        if self.bad <= MOST && !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// The device that has exported the file, if its signature proves that.
    fn file_signature(&mut self, answers: &mut dyn Iterator<Item = bool>) -> Option<DeviceId> {
        let Some(signature) = &self.incoming.signature else {
            self.findings.push(Finding::Unsigned);
            return None;
        };
        if !answers.next().unwrap_or(false) {
            self.forged(Forgery::FileSignature);
            return None;
        }
        let device = &signature.device;
        if *device != self.incoming.exported.device {
            self.forged(Forgery::FileDevice(device.clone()));
        }
        match standing(device, &signature.key, self.facts) {
            Standing::Proven => return Some(device.clone()),
            Standing::Foreign => self.forged(Forgery::Key(device.clone())),
            Standing::Unknown => self.findings.push(Finding::KeyUnknown(device.clone())),
        }
        None
    }

    /// The seals whose signatures hold, by record and device.
    fn seals(&mut self, answers: &mut dyn Iterator<Item = bool>) -> Vec<Held<'a>> {
        let mut held = Vec::new();
        for seal in &self.incoming.seals {
            if !answers.next().unwrap_or(false) {
                self.forged(Forgery::SealSignature(seal.record.clone()));
                continue;
            }
            match standing(&seal.device, &seal.key, self.facts) {
                Standing::Foreign => self.forged(Forgery::Key(seal.device.clone())),
                standing => held.push((seal, standing == Standing::Proven)),
            }
            // A seal of a device that has no entry there says that there is one.
            if self.part(&seal.record, &seal.device).is_empty() {
                self.miscounted(seal, 0);
            }
        }
        sorted(held, |(one, _), (other, _)| (&one.record, &one.device).cmp(&(&other.record, &other.device)))
    }

    fn miscounted(&mut self, seal: &Seal, here: u64) {
        let (record, device) = (seal.record.clone(), seal.device.clone());
        self.forged(Forgery::SealCount { record, device, sealed: seal.count, here });
    }

    /// What a device wrote of a record, in its order.
    fn part(&self, record: &RecordId, device: &DeviceId) -> &[&'a Sealed] {
        let place = |sealed: &&Sealed| (&sealed.op.record, &sealed.op.device).cmp(&(record, device));
        let from = self.ops.partition_point(|sealed| place(sealed).is_lt());
        let to = self.ops.partition_point(|sealed| place(sealed).is_le());
        self.ops.get(from..to).unwrap_or_default()
    }

    /// Entries that are known here as others.
    fn compare(&mut self) {
        for sealed in &self.incoming.ops {
            let known = (self.facts.hash_of)(&sealed.op.id);
            let there = (self.facts.hash_at)(&sealed.op.device, sealed.op.seq);
            if known.into_iter().chain(there).any(|hash| hash != sealed.hash) {
                self.forged(Forgery::Known(sealed.op.id.clone()));
                return;
            }
        }
    }

    fn records(&mut self, seals: &[Held<'a>], views: &[Seen]) -> Vec<RecordReport> {
        let ids: Vec<RecordId> = self.incoming.record_ids().into_iter().cloned().collect();
        let folded: Vec<Record> = ids.iter().map(|id| self.folded(id)).collect();
        self.compare_views(&folded, views);
        folded.iter().map(|record| self.record(record, &folded, seals)).collect()
    }

    /// The ops of a record, by device and place.
    fn ops_of(&self, id: &RecordId) -> &[&'a Sealed] {
        let from = self.ops.partition_point(|sealed| sealed.op.record < *id);
        let to = self.ops.partition_point(|sealed| sealed.op.record <= *id);
        self.ops.get(from..to).unwrap_or_default()
    }

    fn folded(&self, id: &RecordId) -> Record {
        Record::fold(id, self.ops_of(id).iter().map(|sealed| &sealed.op))
    }

    /// Readable records must say what the entries say, each once. A file may have none.
    fn compare_views(&mut self, records: &[Record], views: &[Seen]) {
        if views.is_empty() {
            return;
        }
        let views = sorted(views.iter().collect(), |one: &&Seen, other| one.0.cmp(&other.0));
        for pair in views.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            self.forged(Forgery::View(pair[0].0.clone()));
        }
        for record in records {
            let said = views.binary_search_by(|(id, _)| id.as_str().cmp(record.id.as_str()));
            if said.ok().is_none_or(|at| views[at].1 != hash_of(&view(record))) {
                self.forged(Forgery::View(record.id.to_string()));
            }
        }
        let known = |id: &str| records.binary_search_by(|record| record.id.as_str().cmp(id)).is_ok();
        for (id, _) in views.iter().filter(|(id, _)| !known(id)) {
            self.forged(Forgery::View(id.clone()));
        }
    }

    fn record(&mut self, record: &Record, all: &[Record], seals: &[Held<'a>]) -> RecordReport {
        let mut devices: Vec<DeviceId> = Vec::new();
        for sealed in self.ops_of(&record.id) {
            if devices.last() != Some(&sealed.op.device) {
                devices.push(sealed.op.device.clone());
            }
        }
        let devices = devices.into_iter().map(|device| self.device(&record.id, device, seals)).collect();
        let changed = self.changed(record, all);
        if !changed.is_empty() {
            self.findings.push(Finding::ChangedAfterSigning(record.id.clone()));
        }
        let (id, kind, number) = (record.id.clone(), record.kind(), record.number().map(str::to_owned));
        let field = kind.and_then(|kind| self.facts.library.record(kind)).map_or("name", |basic| basic.name.as_str());
        let name = record.text(field).map(str::to_owned);
        RecordReport { id, kind, number, name, devices, changed }
    }

    fn device(&mut self, record: &RecordId, device: DeviceId, seals: &[Held<'a>]) -> DevicePart {
        let part = self.part(record, &device).to_vec();
        let mut sealing = Sealing::None;
        let place = |(seal, _): &Held<'a>| (&seal.record, &seal.device).cmp(&(record, &device));
        let (from, to) =
            (seals.partition_point(|held| place(held).is_lt()), seals.partition_point(|held| place(held).is_le()));
        for (seal, proven) in seals.get(from..to).unwrap_or_default() {
            let covered: Vec<&str> =
                part.iter().filter(|sealed| sealed.op.seq <= seal.upto).map(|sealed| sealed.hash.as_str()).collect();
            let here = covered.len() as u64;
            let upto_is_there = part.iter().any(|sealed| sealed.op.seq == seal.upto);
            if here != seal.count || !upto_is_there {
                self.miscounted(seal, here);
                sealing = Sealing::Broken;
            } else if sum_of(covered) != seal.sum {
                self.forged(Forgery::SealSum { record: record.clone(), device: device.clone() });
                sealing = Sealing::Broken;
            } else {
                sealing = sealing.better(seal, *proven);
            }
        }
        let last = part.last().map_or(0, |sealed| sealed.op.seq);
        if (self.facts.last_of)(record, &device).is_some_and(|known| known > last) {
            self.findings.push(Finding::Older { record: record.clone(), device: device.clone() });
        }
        let upto = if let Sealing::Upto { seq, .. } = sealing { seq } else { 0 };
        let after = part.iter().filter(|sealed| sealed.op.seq > upto).count();
        let gaps = part.first().map_or(0, |first| self.gaps(&device, first.op.seq, last));
        DevicePart { device, entries: part.len(), sealing, after, gaps }
    }

    /// Places of a device's chain from one to another that are not in the file.
    fn gaps(&self, device: &DeviceId, first: u64, last: u64) -> u64 {
        let until = |seq: u64| self.chain.partition_point(|sealed| (&sealed.op.device, sealed.op.seq) < (device, seq));
        let here = until(last.saturating_add(1)) - until(first);
        (last - first + 1).saturating_sub(here as u64)
    }

    /// Signatures of a visit whose covered values were changed afterwards.
    fn changed(&self, visit: &Record, all: &[Record]) -> Vec<SignedChange> {
        let Some(template) = visit.created.as_ref().and_then(|created| created.template.as_ref()) else {
            return Vec::new();
        };
        let carried = self.incoming.templates.iter().find(|carried| carried.reference.digest == template.digest);
        let known = carried.is_none().then(|| (self.facts.procedure)(&template.digest)).flatten();
        let Some(procedure) = carried.map(|carried| &carried.procedure).or(known.as_ref()) else {
            return Vec::new();
        };
        let around = around(visit, all);
        let scope = Scope::new(self.facts.library, procedure, visit, &around);
        let signature = |field: &String| {
            let fact = visit.signature(field)?;
            let fields = changed_since(fact, &scope);
            let FactKind::Signature { name, role, .. } = &fact.kind else { return None };
            let (name, role, at) = (name.clone(), role.clone(), fact.touch.stamp());
            let fields: Vec<_> = fields.iter().map(|key| label_of(key, &scope)).collect();
            (!fields.is_empty()).then_some(SignedChange { name, role, at, fields })
        };
        visit.facts.keys().filter_map(signature).collect()
    }

    fn lacks(&mut self) {
        if !self.incoming.missing.is_empty() {
            self.findings.push(Finding::PicturesMissing(self.incoming.missing.len()));
        }
        if !self.incoming.lacking.is_empty() {
            self.findings.push(Finding::TemplatesMissing(self.incoming.lacking.len()));
        }
    }
}

/// The records around a visit, as far as the file holds them.
fn around(visit: &Record, all: &[Record]) -> Around {
    let find = |id: &str| {
        let at = all.binary_search_by(|record| record.id.as_str().cmp(id)).ok()?;
        all.get(at).cloned()
    };
    let mut around = Around { profile: find(RecordId::profile().as_str()), ..Around::default() };
    let Some(order) = visit.text("visit.order").and_then(find) else { return around };
    for field in [RecordKind::Customer, RecordKind::Site, RecordKind::Contact, RecordKind::Asset] {
        if let Some(record) = order.text(field.id()).and_then(find) {
            around.set(record);
        }
    }
    around.set(order);
    around
}

impl Sealing {
    /// The better one of this and what a seal that holds gives.
    fn better(self, seal: &Seal, proven: bool) -> Sealing {
        match self {
            Sealing::Broken => Sealing::Broken,
            Sealing::Upto { seq, .. } if !proven || seq >= seal.upto => self,
            _ if proven => Sealing::Upto { seq: seal.upto, at: seal.at },
            _ => Sealing::Unproven,
        }
    }
}
