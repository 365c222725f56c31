//! More than ten thousand ways to change a sealed and signed file, with and without knowing how hashes are made. None
//! passes as what the device exported, and no entry that was changed counts as sealed by it.

use super::device::{Phone, picture};
use super::hostile::{MEMBERS, joined};
use super::verify::{Key, file, report, visit};
use serde_json::{Value as Json, json};
use sitebook_core::exchange::{Event, Incoming, Reader};
use sitebook_core::ids::{DeviceId, OpId, RecordId};
use sitebook_core::ledger::{Change, Head, Sealed, canonical, hex, sha256};
use sitebook_core::seal::{Draft, Seal, sum_of};
use sitebook_core::value::Value;
use sitebook_core::verify::Sealing;
use std::sync::LazyLock;

/// The device whose file is attacked, another honest one, and the thief.
static KEYS: LazyLock<[Key; 3]> = LazyLock::new(|| [Key::new(1), Key::new(2), Key::new(66)]);

/// What was exported, and the same a little earlier.
struct Original {
    bytes: Vec<u8>,
    json: Json,
    content: (Incoming, Vec<Event>),
    earlier: Json,
}

static ORIGINAL: LazyLock<Original> = LazyLock::new(|| {
    let [key, other, _] = &*KEYS;
    let mut visit = visit(key);
    for number in [2, 3] {
        visit
            .run(&sitebook_core::work::Command::Attach {
                field: "enter.measure.photo".into(),
                attachment: picture(number).0,
                caption: None,
            })
            .unwrap();
    }
    let mut head = visit.head.clone();
    let order: Vec<Sealed> = (0..3u16)
        .map(|n| {
            let value = Value::Text(format!("单 {n}"));
            let change = Change::Set { field: "name".into(), value, was: Vec::new() };
            let (id, record) = (OpId::parse(&format!("order-op-{n}")).unwrap(), RecordId::parse("order-1").unwrap());
            sitebook_core::ledger::seal(&mut head, id, record, "Li Wei", super::device::NOON, 480, change).unwrap()
        })
        .collect();
    let mut second = Phone::new(2);
    second.head = Head::new(other.device());
    (0..3).for_each(|n| drop(second.set("enter.measure.volt", Value::Number(f64::from(n)))));
    let made = |visit: &[Sealed]| {
        let ops = [visit, &order, &second.ops].concat();
        let device = key.device();
        let seals = [key.seal(&device, visit), key.seal(&device, &order), other.seal(&other.device(), &second.ops)];
        file(&ops, &seals, &device, Some(key))
    };
    let bytes = made(&visit.ops);
    let json = serde_json::from_slice(&bytes).unwrap();
    let earlier = serde_json::from_slice(&made(&visit.ops[..visit.ops.len() - 2])).unwrap();
    let content = content(&bytes).unwrap();
    assert!(report(&bytes).is_original_of(&key.device()));
    Original { bytes, json, content, earlier }
});

fn content(bytes: &[u8]) -> Option<(Incoming, Vec<Event>)> {
    let mut reader = Reader::new();
    let events = reader.push(bytes).ok()?;
    Some((reader.finish().ok()?, events))
}

/// Numbers without end, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

/// The changed file must not pass.
fn must_not_pass(bytes: &[u8], how: &str) {
    let device = KEYS[0].device();
    let said = report(bytes);
    let Some(found) = content(bytes) else {
        assert!(!said.is_original_of(&device), "{how}: unreadable and original");
        return;
    };
    assert!(!said.is_original_of(&device) || found == ORIGINAL.content, "{how} passes as the original");
    // What counts as sealed by an honest device is what that device wrote.
    for record in &said.records {
        for part in &record.devices {
            let Sealing::Upto { seq, .. } = part.sealing else { continue };
            if part.device == KEYS[2].device() {
                continue;
            }
            let own = |ops: &[Sealed]| -> Vec<String> {
                let mut own: Vec<&Sealed> = ops.iter().collect();
                own.retain(|op| op.op.record == record.id && op.op.device == part.device && op.op.seq <= seq);
                own.sort_by_key(|op| op.op.seq);
                own.dedup_by_key(|op| op.op.seq);
                own.iter().map(|op| op.hash.clone()).collect()
            };
            assert_eq!(own(&found.0.ops), own(&ORIGINAL.content.0.ops), "{how}: entries pass as sealed");
        }
    }
}

/// Who signs the changed file in whose name.
#[derive(Debug, Clone, Copy)]
enum Signer {
    /// The signature stays as it was.
    Kept,
    /// It is taken off.
    Nobody,
    /// The thief, in the device's name.
    Impostor,
    /// The thief, in his own name.
    Thief,
    /// The thief in his own name, who also says that he exported it.
    Exporter,
    /// The device itself, for an earlier file.
    Earlier,
}

const SIGNERS: [Signer; 6] =
    [Signer::Kept, Signer::Nobody, Signer::Impostor, Signer::Thief, Signer::Exporter, Signer::Earlier];

/// The file with a fitting digest, signed by somebody.
fn closed(mut json: Json, signer: Signer) -> Vec<u8> {
    let [key, _, thief] = &*KEYS;
    if matches!(signer, Signer::Exporter) {
        json["from"]["device"] = thief.device().as_str().into();
    }
    let signature = json.as_object_mut().unwrap().remove("signature").unwrap_or_default();
    json.as_object_mut().unwrap().remove("digest");
    let digest = hex(&sha256(&canonical(&json).unwrap()));
    let mut members: Vec<(String, Json)> =
        MEMBERS.iter().map(|name| ((*name).to_owned(), json[*name].take())).collect();
    members.push(("digest".into(), digest.as_str().into()));
    let signature = match signer {
        Signer::Kept => Some(signature),
        Signer::Nobody => None,
        Signer::Impostor => Some(json!(thief.file(&key.device(), &digest))),
        Signer::Thief | Signer::Exporter => Some(json!(thief.file(&thief.device(), &digest))),
        Signer::Earlier => Some(ORIGINAL.earlier["signature"].clone()),
    };
    members.extend(signature.map(|signature| ("signature".to_owned(), signature)));
    joined(&members)
}

fn list<'a>(json: &'a mut Json, name: &str) -> &'a mut Vec<Json> {
    json[name].as_array_mut().unwrap()
}

/// Every text and number below a place, as JSON pointers.
fn leaves(value: &Json, at: &str, out: &mut Vec<String>) {
    match value {
        Json::Array(items) => items.iter().enumerate().for_each(|(n, item)| leaves(item, &format!("{at}/{n}"), out)),
        Json::Object(map) => map.iter().for_each(|(key, item)| leaves(item, &format!("{at}/{key}"), out)),
        Json::String(_) | Json::Number(_) | Json::Bool(_) => out.push(at.to_owned()),
        Json::Null => {}
    }
}

/// Another value of the same kind.
fn changed(value: &Json, dice: &mut Dice) -> Json {
    match value {
        Json::Bool(truth) => json!(!truth),
        Json::Number(number) => json!(number.as_f64().unwrap() + 1.0 + dice.below(9) as f64),
        Json::String(text) if text.is_empty() => json!("x"),
        Json::String(text) => {
            let mut chars: Vec<char> = text.chars().collect();
            let at = dice.below(chars.len());
            chars[at] = if chars[at] == 'a' { 'b' } else { 'a' };
            json!(chars.into_iter().collect::<String>())
        }
        _ => json!("x"),
    }
}

/// Everything that needs no key: hashes, chains and the sums of seals as they should be, seal by seal.
fn made_to_fit(json: &mut Json) {
    let mut heads: Vec<(String, u64, String)> = Vec::new();
    let ops = list(json, "ops");
    ops.sort_by_key(|sealed| sealed["op"]["seq"].as_u64());
    for sealed in ops.iter_mut() {
        let (device, seq) = (sealed["op"]["device"].to_string(), sealed["op"]["seq"].as_u64().unwrap_or(0));
        if let Some((.., hash)) = heads.iter().find(|(of, at, _)| *of == device && at + 1 == seq) {
            sealed["op"]["prev"] = hash.as_str().into();
        }
        let hash = hex(&sha256(&canonical(&sealed["op"]).unwrap()));
        sealed["hash"] = hash.as_str().into();
        heads.push((device, seq, hash));
    }
    let ops = ops.clone();
    for seal in list(json, "seals") {
        let covered = ops.iter().filter(|sealed| {
            sealed["op"]["device"] == seal["device"]
                && sealed["op"]["record"] == seal["record"]
                && sealed["op"]["seq"].as_u64() <= seal["upto"].as_u64()
        });
        let hashes: Vec<&str> = covered.filter_map(|sealed| sealed["hash"].as_str()).collect();
        seal["count"] = hashes.len().into();
        seal["sum"] = sum_of(hashes).into();
    }
}

/// The seals made anew with the thief's key: in the device's name, or in his own for ops that he makes his own.
fn sealed_by_the_thief(json: &mut Json, name: &DeviceId) {
    let ops: Vec<Sealed> = list(json, "ops").iter().filter_map(|op| serde_json::from_value(op.clone()).ok()).collect();
    let thief = &KEYS[2];
    let seals: Vec<Seal> =
        list(json, "seals").iter().filter_map(|seal| serde_json::from_value(seal.clone()).ok()).collect();
    let device = KEYS[0].device();
    let forged = seals.into_iter().map(|seal| {
        if seal.device != device {
            return json!(seal);
        }
        match Draft::new(&device, &thief.public(), &seal.record, &ops, seal.at) {
            Some(draft) => {
                let mut draft = json!(draft);
                draft["device"] = name.as_str().into();
                let sig = thief.sign(&canonical(&draft).unwrap());
                draft["sig"] = json!(sig);
                draft
            }
            None => json!(seal),
        }
    });
    json["seals"] = forged.collect();
}

fn many(kind: &str, times: usize, mut make: impl FnMut(&mut Dice) -> Vec<u8>) {
    for n in 0..times {
        let mut dice = Dice(n as u64 * 7919 + kind.len() as u64);
        // The first numbers of neighbouring beginnings are much alike.
        for _ in 0..4 {
            dice.below(2);
        }
        let bytes = make(&mut dice);
        must_not_pass(&bytes, &format!("{kind} {n}"));
    }
}

#[test]
fn bytes_flipped_anywhere() {
    many("flip", 3000, |dice| {
        let mut bytes = ORIGINAL.bytes.clone();
        let at = dice.below(bytes.len());
        bytes[at] ^= 1 << dice.below(8);
        bytes
    });
}

#[test]
fn characters_flipped_in_values() {
    let mut places = Vec::new();
    leaves(&ORIGINAL.json, "", &mut places);
    many("character", 2000, |dice| {
        let mut json = ORIGINAL.json.clone();
        let place = &places[dice.below(places.len())];
        let value = json.pointer_mut(place).unwrap();
        *value = changed(value, dice);
        // As it is, or with a digest that fits.
        if dice.below(2) == 0 {
            return closed(json, SIGNERS[dice.below(6)]);
        }
        let members = MEMBERS.iter().chain(&["digest", "signature"]);
        joined(&members.map(|name| ((*name).to_owned(), json[*name].take())).collect::<Vec<_>>())
    });
}

#[test]
fn elements_dropped_doubled_and_moved() {
    many("element", 1800, |dice| {
        let mut json = ORIGINAL.json.clone();
        let name = ["ops", "pictures", "records", "seals", "templates", "ops"][dice.below(6)];
        let elements = list(&mut json, name);
        let (one, other) = (dice.below(elements.len()), dice.below(elements.len()));
        match dice.below(3) {
            0 => drop(elements.remove(one)),
            1 => elements.insert(other, elements[one].clone()),
            _ if one == other => drop(elements.remove(one)),
            _ => elements.swap(one, other),
        }
        if dice.below(3) == 0 {
            made_to_fit(&mut json);
        }
        closed(json, SIGNERS[dice.below(6)])
    });
}

#[test]
fn ops_edited_and_everything_made_to_fit() {
    let mut places = Vec::new();
    leaves(&ORIGINAL.json["ops"], "/ops", &mut places);
    places.retain(|place| place.contains("/op/") && !place.ends_with("/prev"));
    many("edit", 2400, |dice| {
        let mut json = ORIGINAL.json.clone();
        let place = &places[dice.below(places.len())];
        let value = json.pointer_mut(place).unwrap();
        *value = changed(value, dice);
        made_to_fit(&mut json);
        match dice.below(4) {
            0 => {}
            1 => json["seals"] = ORIGINAL.json["seals"].clone(),
            2 => sealed_by_the_thief(&mut json, &KEYS[0].device()),
            _ => sealed_by_the_thief(&mut json, &KEYS[2].device()),
        }
        closed(json, SIGNERS[dice.below(6)])
    });
}

#[test]
fn seals_swapped_and_statements_edited() {
    many("seal", 900, |dice| {
        let mut json = ORIGINAL.json.clone();
        let other = dice.below(3);
        let from = json["seals"][dice.below(3)].clone();
        let keys = ["device", "key", "record", "upto", "count", "sum", "at", "sig"];
        let into = &mut json["seals"][other];
        match dice.below(3) {
            // Another seal under the name of this record.
            0 => {
                let record = into["record"].clone();
                *into = from;
                into["record"] = record;
            }
            1 => {
                let key = keys[dice.below(8)];
                into[key] = from[key].clone();
                into["upto"] = json!(into["upto"].as_u64().unwrap().saturating_sub(1));
            }
            _ => *into = ORIGINAL.earlier["seals"][other].clone(),
        }
        closed(json, SIGNERS[dice.below(6)])
    });
}

#[test]
fn the_latest_ops_taken_out() {
    let device = KEYS[0].device();
    many("truncate", 900, |dice| {
        let mut json = ORIGINAL.json.clone();
        for _ in 0..=dice.below(4) {
            let last = |json: &Json| json["op"]["device"] == device.as_str() && json["op"]["record"] == "visit-1";
            let ops = list(&mut json, "ops");
            if let Some(at) = ops.iter().rposition(last) {
                ops.remove(at);
            }
        }
        let named = json["ops"].to_string();
        list(&mut json, "pictures").retain(|picture| named.contains(picture["sha256"].as_str().unwrap()));
        match dice.below(4) {
            0 => {}
            1 => made_to_fit(&mut json),
            2 => sealed_by_the_thief(&mut json, &device),
            _ => list(&mut json, "seals").retain(|seal| seal["record"] != "visit-1"),
        }
        closed(json, SIGNERS[dice.below(6)])
    });
}
