//! Erases a customer's data from this device, in one transaction: stubs and one op that says so stay (see
//! `sitebook_core::ledger`'s erasing), everything else about them goes. And keeps it out: no file brings it back.

use super::Store;
use super::commit::{TABLES, head, put_json, put_op};
use super::error::StoreError;
use super::local;
use super::projection::put_view;
use super::query::{View, parse, parse_all, read_record};
use super::seals;
use super::transfer::Made;
use crate::browser::db::{Key, Range, Table, Tx};
use crate::browser::{clock, outgoing, random};
use sitebook_core::exchange::Incoming;
use sitebook_core::ids::{OpId, RecordId};
use sitebook_core::ledger::{Change, Record, RecordKind, Sealed, Stub, erasure, seal};
use sitebook_core::time::Stamp;
use sitebook_core::work::{Refusal, Summary, check_erase};
use std::collections::{BTreeMap, BTreeSet};

/// What erasing a customer would take away.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The customer's name.
    pub name: String,
    /// Their records, the customer's own first.
    pub records: Vec<RecordId>,
    /// How many of each kind.
    pub kinds: BTreeMap<RecordKind, usize>,
    /// How many ops.
    pub entries: usize,
    /// How many pictures.
    pub photos: usize,
}

/// What a file brings that was erased here.
#[derive(Debug, Clone, PartialEq)]
pub struct StaysErased {
    /// How many ops.
    pub entries: usize,
    /// When it was erased.
    pub at: Stamp,
    /// By whom.
    pub by: String,
}

/// A customer of a file whose data was erased on another device, as the file or this device's book says.
#[derive(Debug, Clone, PartialEq)]
pub struct ErasedElsewhere {
    /// The customer.
    pub customer: RecordId,
    /// When it was erased.
    pub at: Stamp,
    /// By whom.
    pub by: String,
    /// How many ops of the customer's record the file would bring that are not here: their data comes back.
    pub back: usize,
}

/// The records of a customer, with their ops.
struct Found {
    customer: Record,
    records: Vec<RecordId>,
    kinds: BTreeMap<RecordKind, usize>,
    /// Ops to be erased.
    go: Vec<Sealed>,
    /// Earlier erasures, of other devices: they stay.
    stay: Vec<Sealed>,
}

fn is_erasure(sealed: &Sealed) -> bool {
    matches!(sealed.op.change, Change::Erase { .. })
}

/// Follows references from the customer to sites, contacts, equipment, orders and visits.
async fn belonging(tx: &Tx, customer: &RecordId) -> Result<Vec<(String, RecordKind)>, StoreError> {
    let lines: Vec<Summary> = parse_all(&tx.all(Table::Lines, None).await?)?;
    let mut all: Vec<(String, RecordKind, BTreeMap<String, String>)> =
        lines.into_iter().map(|line| (line.id, line.kind, line.refs)).collect();
    // Records whose beginning has not arrived have no line.
    let known: BTreeSet<String> = all.iter().map(|(id, ..)| id.clone()).collect();
    for id in tx.all_keys(Table::Records).await?.into_iter().filter(|id| !known.contains(id)) {
        if let Some(record) = read_record(tx, &id).await? {
            let value = |field: &str| Some((field.to_owned(), record.text(field)?.to_owned()));
            let refs = ["customer", "site", "contact", "asset", "visit.order"].into_iter().filter_map(value).collect();
            let kind = if record.text("visit.order").is_some() { RecordKind::Visit } else { RecordKind::Order };
            all.push((id, kind, refs));
        }
    }
    let mut found = BTreeMap::from([(customer.to_string(), RecordKind::Customer)]);
    loop {
        let before = found.len();
        for (id, kind, refs) in &all {
            // What names a customer belongs to that one, whatever else it names.
            let belongs = match refs.get("customer") {
                Some(other) => other == customer.as_str(),
                None => *kind != RecordKind::Customer && refs.values().any(|other| found.contains_key(other)),
            };
            if belongs {
                found.insert(id.clone(), *kind);
            }
        }
        if found.len() == before {
            return Ok(found.into_iter().collect());
        }
    }
}

async fn find(tx: &Tx, customer: &RecordId) -> Result<Found, StoreError> {
    let record = read_record(tx, customer.as_str()).await?.ok_or(Refusal::NoRecord)?;
    if record.kind() != Some(RecordKind::Customer) {
        return Err(Refusal::NoRecord.into());
    }
    let mut found =
        Found { customer: record, records: Vec::new(), kinds: BTreeMap::new(), go: Vec::new(), stay: Vec::new() };
    for (id, kind) in belonging(tx, customer).await? {
        *found.kinds.entry(kind).or_insert(0) += 1;
        let range = Range::Only(vec![Key::Text(id.clone())]);
        let ops: Vec<Sealed> = parse_all(&tx.list(Table::Ops, "record", &range, None).await?)?;
        let (stay, go): (Vec<_>, Vec<_>) = ops.into_iter().partition(is_erasure);
        found.stay.extend(stay);
        found.go.extend(go);
        found.records.extend(RecordId::parse(&id));
    }
    Ok(found)
}

/// The pictures that only these ops name.
async fn own_pictures(tx: &Tx, found: &Found) -> Result<BTreeSet<String>, StoreError> {
    let mut pictures: BTreeSet<String> = found.go.iter().filter_map(picture).map(str::to_owned).collect();
    if pictures.is_empty() {
        return Ok(pictures);
    }
    let own: BTreeSet<&str> = found.records.iter().map(RecordId::as_str).collect();
    for id in tx.all_keys(Table::Records).await? {
        if !own.contains(id.as_str())
            && let Some(json) = tx.get(Table::Records, &id).await?
        {
            pictures.retain(|sha256| !json.contains(sha256.as_str()));
        }
    }
    Ok(pictures)
}

fn picture(sealed: &Sealed) -> Option<&str> {
    match &sealed.op.change {
        Change::Attach { attachment, .. } | Change::Sign { image: attachment, .. } => Some(&attachment.sha256),
        _ => None,
    }
}

/// The records among these of which this device erased ops, each with one of the stubs.
pub(super) async fn erased_of(tx: &Tx, ids: &[&RecordId]) -> Result<BTreeMap<RecordId, Stub>, StoreError> {
    let mut erased = BTreeMap::new();
    for id in ids {
        let range = Range::Only(vec![Key::Text(id.to_string())]);
        if let Some(json) = tx.list(Table::Stubs, "record", &range, Some(1)).await?.first() {
            erased.insert((*id).clone(), parse::<Stub>(json)?);
        }
    }
    Ok(erased)
}

/// Whether an op that comes in must stay out.
pub(super) fn stays_out(sealed: &Sealed, erased: &BTreeMap<RecordId, Stub>) -> bool {
    erased.contains_key(&sealed.op.record) && !is_erasure(sealed)
}

impl Store {
    /// What erasing this customer would take away.
    ///
    /// # Errors
    /// When the record is no customer's or the database cannot be read.
    pub async fn plan_erase(self, customer: &RecordId) -> Result<Plan, StoreError> {
        let tx = self.db()?.read(&TABLES)?;
        let found = find(&tx, customer).await?;
        let photos = own_pictures(&tx, &found).await?.len();
        let name = found.customer.text("name").unwrap_or_default().to_owned();
        Ok(Plan { name, records: found.records, kinds: found.kinds, entries: found.go.len(), photos })
    }

    /// Exports the records that an erasure would take away.
    ///
    /// # Errors
    /// When the database cannot be read or the bundle cannot be made.
    pub async fn export_before_erase(self, plan: &Plan) -> Result<Made, StoreError> {
        let ids: Vec<String> = plan.records.iter().map(RecordId::to_string).collect();
        self.export("customer", &ids, &self.profile.now()).await
    }

    /// Erases a customer with everything that belongs to them.
    ///
    /// # Errors
    /// When the name typed is another, the reason is none, or the database refuses; nothing was erased then.
    pub async fn erase(self, customer: &RecordId, typed: &str, reason: &str) -> Result<(), StoreError> {
        let tx = self.db()?.write(&TABLES)?;
        match self.write_erase(&tx, customer, typed, reason).await {
            Ok((records, needles)) => {
                tx.done().await?;
                local::sweep(&needles);
                // A backup that was saved or shared a moment ago tells everything.
                outgoing::clear().await;
                for id in &records {
                    self.announce(id);
                }
                Ok(())
            }
            Err(error) => {
                tx.abort();
                Err(error)
            }
        }
    }

    async fn write_erase(
        self,
        tx: &Tx,
        customer: &RecordId,
        typed: &str,
        reason: &str,
    ) -> Result<(Vec<RecordId>, Vec<String>), StoreError> {
        let found = find(tx, customer).await?;
        let name = found.customer.text("name").unwrap_or_default().to_owned();
        let reason = check_erase(&name, typed, reason)?;
        let pictures = own_pictures(tx, &found).await?;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let change = erasure(&found.go, count(found.records.len()), count(pictures.len()), reason);
        let (mut head, now) = (head(tx).await?, clock::now());
        let actor = self.profile.now().name;
        let by = OpId::at(now.at, random::bytes());
        let sealed = seal(&mut head, by.clone(), customer.clone(), &actor, now.at, now.tz, change)?;
        put_op(tx, &sealed)?;
        for old in &found.go {
            tx.delete(Table::Ops, old.op.id.as_str())?;
            let keys = vec![("record", Key::Text(old.op.record.to_string()))];
            put_json(tx, Table::Stubs, old.op.id.as_str(), &Stub::of(old, &by), keys)?;
        }
        for id in &found.records {
            tx.delete(Table::Records, id.as_str())?;
            tx.delete(Table::Lines, id.as_str())?;
            tx.delete(Table::Texts, id.as_str())?;
            // A seal says how many entries there were, and a file with fewer would be taken for a forgery.
            seals::forget(tx, id, &found.go).await?;
            for due in tx.keys(Table::Dues, "record", &Range::Only(vec![Key::Text(id.to_string())]), None).await? {
                tx.delete(Table::Dues, &due)?;
            }
        }
        for sha256 in &pictures {
            tx.delete(Table::Blobs, sha256)?;
        }
        let stay = found.stay.iter().chain([&sealed]).map(|sealed| &sealed.op);
        put_view(tx, self, &View::new(Record::fold(customer, stay))).await?;
        let mut needles: Vec<String> = found.records.iter().map(RecordId::to_string).collect();
        needles.extend(Some(name).filter(|name| name.chars().count() > 1));
        local::sweep_copy(tx, &needles).await?;
        put_json(tx, Table::Meta, "head", &head, Vec::new())?;
        Ok((found.records, needles))
    }

    /// Leaves out of a file what was erased here, and says what that is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn without_erased(self, mut incoming: Incoming) -> Result<(Incoming, Option<StaysErased>), StoreError> {
        let tx = self.db()?.read(&[Table::Ops, Table::Stubs])?;
        let erased = erased_of(&tx, &incoming.record_ids()).await?;
        let Some(first) = erased.values().next() else { return Ok((incoming, None)) };
        let by = tx.get(Table::Ops, first.by.as_str()).await?.map(|json| parse::<Sealed>(&json)).transpose()?;
        let before = incoming.ops.len();
        incoming.ops.retain(|sealed| !stays_out(sealed, &erased));
        let entries = before - incoming.ops.len();
        let named: BTreeSet<String> = incoming.ops.iter().filter_map(picture).map(str::to_owned).collect();
        incoming.pictures.retain(|picture| named.contains(&picture.sha256));
        incoming.missing.retain(|sha256| named.contains(sha256));
        let pins = |digest: &str| incoming.ops.iter().any(|sealed| pins(sealed, digest));
        let (templates, lacking) = (&mut incoming.templates, &mut incoming.lacking);
        templates.retain(|template| pins(&template.reference.digest));
        lacking.retain(|reference| pins(&reference.digest));
        let by = by.map(|sealed| sealed.op);
        let at = by.as_ref().map_or(0, |op| i64::try_from(op.hlc.wall).unwrap_or(0));
        let stays = StaysErased {
            entries,
            at: Stamp { at, tz: by.as_ref().map_or(0, |op| op.tz) },
            by: by.map(|op| op.actor).unwrap_or_default(),
        };
        Ok((incoming, (entries > 0).then_some(stays)))
    }

    /// What a file says, or this device knows, of customers who were erased on another device. What was erased here is
    /// left out before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn erased_elsewhere(self, incoming: &Incoming) -> Result<Vec<ErasedElsewhere>, StoreError> {
        let tx = self.db()?.read(&[Table::Ops, Table::Records, Table::Stubs])?;
        let mut told = BTreeMap::new();
        let mut customers = BTreeSet::new();
        for Sealed { op, .. } in &incoming.ops {
            match &op.change {
                Change::Erase { .. } => {
                    let at = Stamp { at: i64::try_from(op.hlc.wall).unwrap_or(0), tz: op.tz };
                    told.insert(op.record.clone(), (at, op.actor.clone()));
                }
                Change::Create { kind: RecordKind::Customer, .. } => drop(customers.insert(op.record.clone())),
                _ => {}
            }
        }
        customers.extend(told.keys().cloned());
        let here = erased_of(&tx, &customers.iter().collect::<Vec<_>>()).await?;
        let mut found = Vec::new();
        for customer in customers.into_iter().filter(|customer| !here.contains_key(customer)) {
            let known = read_record(&tx, customer.as_str()).await.unwrap_or(None);
            let said = known.as_ref().and_then(|record| record.erased.last()).map(|erased| {
                let touch = &erased.touch;
                (Stamp { at: i64::try_from(touch.hlc.wall).unwrap_or(0), tz: touch.tz }, touch.actor.clone())
            });
            let Some((at, by)) = told.remove(&customer).or(said) else { continue };
            let mut back = 0;
            let theirs = |sealed: &&Sealed| sealed.op.record == customer && !is_erasure(sealed);
            for sealed in incoming.ops.iter().filter(theirs) {
                back += usize::from(!tx.has(Table::Ops, sealed.op.id.as_str()).await?);
            }
            found.push(ErasedElsewhere { customer, at, by, back });
        }
        Ok(found)
    }

    /// What is left of all erased ops.
    ///
    /// # Errors
    /// When the database cannot be read.
    #[cfg(all(test, target_arch = "wasm32"))]
    pub(super) async fn stubs(self) -> Result<Vec<Stub>, StoreError> {
        let tx = self.db()?.read(&[Table::Stubs])?;
        parse_all(&tx.all(Table::Stubs, None).await?)
    }
}

fn pins(sealed: &Sealed, digest: &str) -> bool {
    matches!(&sealed.op.change, Change::Create { template: Some(template), .. } if template.digest == digest)
}
