//! Numbers of a series (`XM2026001`): taken in the transaction that writes them, and remembered with the records that
//! have them, so that none is given twice here, and one that two phones gave is seen when their records meet.

use super::commit::put_json;
use super::error::StoreError;
use super::query::{View, parse};
use crate::browser::db::{Table, Tx};
use sitebook_core::ids::DeviceId;
use sitebook_core::template::CaptureKind;
use sitebook_core::time::Stamp;
use sitebook_core::work::{Command, Refusal, Serials, number_by};
use std::collections::BTreeMap;

/// Where the last serial of each series is kept.
const SERIALS: &str = "serials";

/// The serials that this device knows of.
pub(super) async fn serials(tx: &Tx) -> Result<Serials, StoreError> {
    match tx.get(Table::Meta, SERIALS).await? {
        Some(json) => parse(&json),
        None => Ok(Serials::default()),
    }
}

pub(super) fn put_serials(tx: &Tx, serials: &Serials) -> Result<(), StoreError> {
    put_json(tx, Table::Meta, SERIALS, serials, Vec::new())
}

/// Gives a command that asks for a number the next one.
pub(super) async fn fill(
    tx: &Tx,
    view: &View,
    command: &mut Command,
    now: Stamp,
    device: &DeviceId,
) -> Result<(), StoreError> {
    let Command::Number { field, number } = command else { return Ok(()) };
    let kind = view.procedure.as_ref().and_then(|procedure| procedure.capture(field)).map(|capture| &capture.kind);
    let Some(CaptureKind::Serial { pattern }) = kind else {
        return Err(Refusal::NoSuchField(field.clone()).into());
    };
    let mut serials = serials(tx).await?;
    *number = Some(number_by(pattern, &mut serials, now, device));
    put_serials(tx, &serials)
}

/// The numbers of a run: field key, pattern, number.
fn numbers(view: &View) -> Vec<(String, &str, String)> {
    let Some(procedure) = &view.procedure else { return Vec::new() };
    let mut found = Vec::new();
    for stage in &procedure.stages {
        for step in &stage.steps {
            for capture in &step.captures {
                let CaptureKind::Serial { pattern } = &capture.kind else { continue };
                let key = format!("{}.{}.{}", stage.id, step.id, capture.id);
                if let Some(number) = view.record.text(&key).map(str::to_owned) {
                    found.push((key, pattern.as_str(), number));
                }
            }
        }
    }
    found
}

fn place(number: &str) -> String {
    format!("number/{number}")
}

async fn holders(tx: &Tx, number: &str) -> Result<Vec<String>, StoreError> {
    tx.get(Table::Meta, &place(number)).await?.map_or_else(|| Ok(Vec::new()), |json| parse(&json))
}

/// Remembers who has which number. A run without any costs nothing.
pub(super) async fn remember(tx: &Tx, view: &View, device: &DeviceId) -> Result<(), StoreError> {
    let found = numbers(view);
    if found.is_empty() {
        return Ok(());
    }
    let taken = view.record.created.as_ref().map(|created| created.touch.stamp());
    let mut known = serials(tx).await?;
    let before = known.clone();
    for (_, pattern, number) in found {
        if let Some(taken) = taken {
            known.saw(pattern, &number, taken, device);
        }
        let mut records = holders(tx, &number).await?;
        if !records.iter().any(|record| record == view.record.id.as_str()) {
            records.push(view.record.id.to_string());
            put_json(tx, Table::Meta, &place(&number), &records, Vec::new())?;
        }
    }
    if known == before { Ok(()) } else { put_serials(tx, &known) }
}

/// The other records that have the same number, by field key.
pub(super) async fn twice(tx: &Tx, view: &View) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let mut found = BTreeMap::new();
    for (key, _, number) in numbers(view) {
        let mut others = Vec::new();
        for id in holders(tx, &number).await? {
            // A holder that is gone, void, or has another number by now holds nothing.
            let Some(json) = tx.get(Table::Records, &id).await? else { continue };
            let Ok(other) = parse::<sitebook_core::ledger::Record>(&json) else { continue };
            let has = other
                .fields
                .values()
                .any(|field| field.value().and_then(|value| value.as_text()) == Some(number.as_str()));
            if id != view.record.id.as_str() && !other.is_void() && has {
                others.push(id);
            }
        }
        if !others.is_empty() {
            found.insert(key, others);
        }
    }
    Ok(found)
}
