//! What the verifier says of a file: of an honest one, and of one that somebody changed.

use super::bundle::stores;
use super::device::{NOON, Phone, picture};
use super::hostile::{joined, signed};
use super::procedure::{Visit, library, now};
use super::schema::{BUNDLE, ensure_fits};
use p256::ecdsa::signature::{Signer, Verifier as _};
use p256::ecdsa::{Signature as Ecdsa, SigningKey, VerifyingKey};
use serde_json::{Value as Json, json};
use sitebook_core::exchange::{Exported, Writer, view};
use sitebook_core::ids::DeviceId;
use sitebook_core::ledger::{Change, Head, Record, Sealed};
use sitebook_core::seal::{Claim, Draft, FileDraft, PublicKey, Seal, Signature, SignatureBytes};
use sitebook_core::value::Value;
use sitebook_core::verify::{Facts, Finding, Forgery, Report, Sealing, Verdict, Verifier};

/// A device's key, as WebCrypto would hold it.
pub struct Key(SigningKey);

impl Key {
    pub fn new(number: u8) -> Key {
        Key(SigningKey::from_bytes(&[number; 32].into()).unwrap())
    }

    pub fn public(&self) -> PublicKey {
        PublicKey::of(VerifyingKey::from(&self.0).to_encoded_point(false).as_bytes()).unwrap()
    }

    pub fn device(&self) -> DeviceId {
        DeviceId::of_key(&self.public()).unwrap()
    }

    pub fn sign(&self, message: &[u8]) -> SignatureBytes {
        let signature: Ecdsa = self.0.sign(message);
        SignatureBytes::of(&signature.to_bytes()).unwrap()
    }

    /// A seal in the name of any device.
    pub fn seal(&self, device: &DeviceId, ops: &[Sealed]) -> Seal {
        let draft = Draft::new(device, &self.public(), &ops[0].op.record, ops, now()).unwrap();
        let message = draft.message().unwrap();
        draft.signed(self.sign(&message))
    }

    /// A signature of a file in the name of any device.
    pub fn file(&self, device: &DeviceId, digest: &str) -> Signature {
        let draft = FileDraft::new(device, &self.public(), digest);
        let message = draft.message().unwrap();
        draft.signed(self.sign(&message))
    }
}

/// What a browser answers.
pub fn check(claim: &Claim) -> bool {
    let key = VerifyingKey::from_sec1_bytes(&claim.key);
    let signature = Ecdsa::from_slice(&claim.sig);
    key.is_ok_and(|key| signature.is_ok_and(|signature| key.verify(&claim.message, &signature).is_ok()))
}

pub fn examine(bytes: &[u8], facts: &Facts<'_>) -> Report {
    let mut verifier = Verifier::new();
    for piece in bytes.chunks(4096) {
        verifier.push(piece);
    }
    let examined = verifier.finish();
    let answers: Vec<bool> = examined.claims().iter().map(check).collect();
    examined.report(&answers, facts)
}

pub fn report(bytes: &[u8]) -> Report {
    examine(bytes, &Facts::nothing(&library()))
}

pub fn exported_by(device: &DeviceId) -> Exported {
    let (by, company) = ("李伟".into(), "现场服务有限公司".into());
    Exported { app: "sitebook 0.1.0".into(), at: now(), by, company, device: device.clone() }
}

/// A file with these ops and seals, signed by this key.
pub fn file(ops: &[Sealed], seals: &[Seal], device: &DeviceId, key: Option<&Key>) -> Vec<u8> {
    let (templates, pictures) = stores();
    let (mut writer, mut bytes) = Writer::begin(&exported_by(device), &[]).unwrap();
    ops.iter().for_each(|op| bytes.extend(writer.op(op).unwrap()));
    let mut records: Vec<Record> = Vec::new();
    let mut carried = Vec::new();
    for sealed in ops {
        match records.iter_mut().find(|record| record.id == sealed.op.record) {
            Some(record) => record.apply(&sealed.op),
            None => records.push(Record::fold(&sealed.op.record, [&sealed.op])),
        }
        if let Change::Attach { attachment, .. } | Change::Sign { image: attachment, .. } = &sealed.op.change
            && !carried.contains(attachment)
        {
            carried.push(attachment.clone());
        }
    }
    carried.iter().for_each(|one| bytes.extend(writer.picture(one, &pictures[&one.sha256]).unwrap()));
    records.iter().for_each(|record| bytes.extend(writer.record(&view(record)).unwrap()));
    seals.iter().for_each(|seal| bytes.extend(writer.seal(seal).unwrap()));
    let pins = ops.iter().any(|op| matches!(&op.op.change, Change::Create { template: Some(_), .. }));
    templates.iter().filter(|_| pins).for_each(|(digest, json)| bytes.extend(writer.template(digest, json).unwrap()));
    let (end, digest) = writer.close().unwrap();
    bytes.extend(end);
    bytes.extend(writer.finish(key.map(|key| key.file(device, &digest)).as_ref()).unwrap());
    bytes
}

/// A signed visit of the phone with this key.
pub fn visit(key: &Key) -> Visit {
    let mut visit = Visit::signed();
    // The same visit, on a device whose id is made from a key.
    let mut head = Head::new(key.device());
    for sealed in &mut visit.ops {
        let op = sealed.op.clone();
        *sealed = sitebook_core::ledger::seal(&mut head, op.id, op.record, &op.actor, NOON, op.tz, op.change).unwrap();
    }
    visit.record = Record::fold(&visit.record.id, visit.ops.iter().map(|sealed| &sealed.op));
    visit.head = head;
    visit
}

fn forgeries(report: &Report) -> Vec<&Forgery> {
    report
        .findings
        .iter()
        .filter_map(|finding| if let Finding::Forged(forgery) = finding { Some(forgery) } else { None })
        .collect()
}

/// No word is left to fill in, and both languages say something.
fn speaks(report: &Report) {
    let mut texts = vec![report.headline(), report.meaning()];
    texts.extend(report.source());
    texts.extend(report.findings.iter().map(Finding::words));
    for record in &report.records {
        texts.extend(record.devices.iter().map(|part| part.words()));
        texts.extend(record.devices.iter().filter_map(|part| part.gap_words()));
        texts.extend(record.changed.iter().map(|change| change.words()));
    }
    for text in texts {
        assert!(!text.zh.is_empty() && !text.en.contains('{') && !text.zh.contains('{'), "{text:?}");
    }
}

#[test]
fn a_sealed_and_signed_file_is_the_original() {
    let key = Key::new(1);
    let visit = visit(&key);
    let seal = key.seal(&key.device(), &visit.ops);
    let report = report(&file(&visit.ops, &[seal], &key.device(), Some(&key)));
    assert!(report.is_original_of(&key.device()), "{:?}", report.findings);
    assert!(report.findings.is_empty());
    let part = &report.records[0].devices[0];
    assert_eq!((part.entries, part.after, part.gaps), (visit.ops.len(), 0, 0));
    assert!(matches!(part.sealing, Sealing::Upto { seq, .. } if seq == visit.ops.len() as u64));
    assert_eq!(report.records[0].number.as_deref(), Some("V-20261121-AAA-01"));
    assert!(report.headline().en.contains("exactly as it was exported"));
    speaks(&report);
}

#[test]
fn a_sealed_and_signed_file_fits_the_published_schema_and_broken_statements_do_not() {
    let key = Key::new(1);
    let visit = visit(&key);
    let bytes = file(&visit.ops, &[key.seal(&key.device(), &visit.ops)], &key.device(), Some(&key));
    let good: Json = serde_json::from_slice(&bytes).unwrap();
    ensure_fits(&BUNDLE, &good);
    for (place, value) in [
        ("/signature/sig", json!("AAAA")),
        ("/signature/key", json!("A".repeat(88))),
        ("/signature/device", json!("../x")),
        ("/seals/0/upto", json!(0)),
        ("/seals/0/count", json!(-1)),
        ("/seals/0/sum", json!("x")),
        ("/seals/0/sig", json!(null)),
        ("/seals/0/record", json!("")),
    ] {
        let mut broken = good.clone();
        *broken.pointer_mut(place).unwrap() = value;
        assert!(!BUNDLE.is_valid(&broken), "{place}");
        let signature = broken["signature"].take();
        let bytes = String::from_utf8(signed(broken)).unwrap();
        let bytes = format!("{},\n\"signature\":{signature}}}", bytes.strip_suffix('}').unwrap());
        assert!(matches!(report(bytes.as_bytes()).verdict, Verdict::Unreadable(_)), "{place}");
    }
    for part in ["seals/0", "signature"] {
        for key in good.pointer(&format!("/{part}")).unwrap().as_object().unwrap().keys() {
            let mut less = good.clone();
            less.pointer_mut(&format!("/{part}")).unwrap().as_object_mut().unwrap().remove(key);
            assert!(!BUNDLE.is_valid(&less), "{part} without {key}");
        }
    }
}

#[test]
fn entries_after_the_seal_are_counted_and_other_seals_stay_good() {
    let (key, other) = (Key::new(1), Key::new(2));
    let visit = visit(&key);
    let early = key.seal(&key.device(), &visit.ops[..3]);
    let mut second = Phone::new(2);
    second.head = Head::new(other.device());
    second.set("enter.measure.volt", Value::Number(-48.0));
    let theirs = other.seal(&other.device(), &second.ops);
    let ops = [visit.ops.clone(), second.ops].concat();
    let report = report(&file(&ops, &[early, theirs], &key.device(), Some(&key)));
    assert!(report.is_original_of(&key.device()), "{:?}", report.findings);
    let devices = &report.records[0].devices;
    let own = devices.iter().find(|part| part.device == key.device()).unwrap();
    assert_eq!((own.entries, own.after), (visit.ops.len(), visit.ops.len() - 3));
    let theirs = devices.iter().find(|part| part.device == other.device()).unwrap();
    assert_eq!((theirs.entries, theirs.after), (1, 0));
    speaks(&report);
}

#[test]
fn a_device_without_a_key_proves_nothing_and_that_is_said() {
    let visit = Visit::signed();
    let device = visit.head.device.clone();
    let unsigned = report(&file(&visit.ops, &[], &device, None));
    assert_eq!(unsigned.verdict, Verdict::Unproven);
    assert_eq!(unsigned.findings, [Finding::Unsigned]);
    speaks(&unsigned);
    // With a key that nothing binds to it.
    let key = Key::new(1);
    let bytes = file(&visit.ops, &[key.seal(&device, &visit.ops)], &device, Some(&key));
    let stranger = report(&bytes);
    assert_eq!(stranger.verdict, Verdict::Unproven);
    assert_eq!(stranger.findings, [Finding::KeyUnknown(device.clone())]);
    assert_eq!(stranger.records[0].devices[0].sealing, Sealing::Unproven);
    speaks(&stranger);
    // A phone that met the device before knows better, either way.
    let library = library();
    let known =
        |known: PublicKey| examine(&bytes, &Facts { key_of: &|_| Some(known.clone()), ..Facts::nothing(&library) });
    assert!(known(key.public()).is_original_of(&device));
    assert_eq!(known(Key::new(2).public()).verdict, Verdict::Contradicted);
}

#[test]
fn a_damaged_file_is_reported_with_its_place() {
    let key = Key::new(1);
    let bytes = file(&visit(&key).ops, &[], &key.device(), Some(&key));
    let report = report(&bytes[..bytes.len() / 2]);
    assert!(matches!(report.verdict, Verdict::Unreadable(_)));
    assert!(report.meaning().en.contains("breaks off in line"), "{}", report.meaning().en);
    speaks(&report);
    assert!(matches!(super::verify::report(b"").verdict, Verdict::Unreadable(_)));
}

#[test]
fn a_change_after_the_signature_shows_with_its_label() {
    let key = Key::new(1);
    let mut visit = visit(&key);
    visit.text("before.apply.reason", "其他原因").unwrap();
    let report = report(&file(&visit.ops, &[], &key.device(), Some(&key)));
    assert!(report.is_original_of(&key.device()));
    let changed = &report.records[0].changed;
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].name, "王主任");
    assert!(changed[0].words().en.contains("Changed after 王主任"), "{}", changed[0].words().en);
    assert!(report.findings.iter().any(|finding| matches!(finding, Finding::ChangedAfterSigning(_))));
    speaks(&report);
}

#[test]
fn what_this_phone_knows_is_compared() {
    let key = Key::new(1);
    let visit = visit(&key);
    let bytes = file(&visit.ops, &[], &key.device(), Some(&key));
    let library = library();
    let ops = &visit.ops;
    let hash_of = |id: &_| ops.iter().find(|sealed| sealed.op.id == *id).map(|sealed| sealed.hash.clone());
    let same = examine(&bytes, &Facts { hash_of: &hash_of, ..Facts::nothing(&library) });
    assert!(same.is_original_of(&key.device()));
    let other = |_: &_| Some("0".repeat(64));
    let differs = examine(&bytes, &Facts { hash_of: &other, ..Facts::nothing(&library) });
    assert!(matches!(forgeries(&differs)[..], [Forgery::Known(_)]));
    speaks(&differs);
    let taken = examine(&bytes, &Facts { hash_at: &|_, _| Some("0".repeat(64)), ..Facts::nothing(&library) });
    assert_eq!(taken.verdict, Verdict::Contradicted);
    let later = examine(&bytes, &Facts { last_of: &|_, _| Some(999), ..Facts::nothing(&library) });
    assert!(later.findings.iter().any(|finding| matches!(finding, Finding::Older { .. })));
    speaks(&later);
}

#[test]
fn a_readable_record_that_says_something_else_is_found_even_without_a_signature() {
    let visit = Visit::signed();
    let bytes = file(&visit.ops, &[], &visit.head.device, None);
    let mut json: Json = serde_json::from_slice(&bytes).unwrap();
    json["records"][0]["fields"]["before.apply.reason"] = "例行检查".into();
    let report = report(&signed(json.clone()));
    assert!(matches!(forgeries(&report)[..], [Forgery::View(_)]));
    speaks(&report);
    let twice = json["records"][0].clone();
    json["records"].as_array_mut().unwrap().push(twice);
    assert_eq!(super::verify::report(&signed(json)).verdict, Verdict::Contradicted);
}

#[test]
fn another_device_signs_in_its_own_name_only() {
    let (key, thief) = (Key::new(1), Key::new(2));
    let visit = visit(&key);
    let bytes = file(&visit.ops, &[key.seal(&key.device(), &visit.ops)], &key.device(), None);
    let json: Json = serde_json::from_slice(&bytes).unwrap();
    let digest = json["digest"].as_str().unwrap().to_owned();
    let with = |signature: Signature| {
        let mut members: Vec<_> =
            super::hostile::MEMBERS.iter().map(|name| ((*name).to_owned(), json[*name].clone())).collect();
        members.push(("digest".to_owned(), json["digest"].clone()));
        members.push(("signature".to_owned(), serde_json::to_value(signature).unwrap()));
        report(&joined(&members))
    };
    assert!(with(key.file(&key.device(), &digest)).is_original_of(&key.device()));
    let impostor = with(thief.file(&key.device(), &digest));
    assert!(matches!(forgeries(&impostor)[..], [Forgery::Key(_)]), "another key under the same id");
    let other = with(thief.file(&thief.device(), &digest));
    assert!(matches!(forgeries(&other)[..], [Forgery::FileDevice(_)]), "another id than the file names");
    let elsewhere = with(key.file(&key.device(), &"0".repeat(64)));
    assert!(matches!(forgeries(&elsewhere)[..], [Forgery::FileSignature]), "of another file");
    // Handed on by the thief: true, and his own statement; the seals still speak for the first device.
    let handed_on = report(&file(&visit.ops, &[key.seal(&key.device(), &visit.ops)], &thief.device(), Some(&thief)));
    assert!(handed_on.is_original_of(&thief.device()) && !handed_on.is_original_of(&key.device()));
    assert!(matches!(handed_on.records[0].devices[0].sealing, Sealing::Upto { .. }));
    [impostor, other, elsewhere, handed_on].iter().for_each(speaks);
    assert!(picture(1).1.len() > 8);
}

#[test]
fn a_seal_fits_its_ops_and_no_others() {
    let key = Key::new(1);
    let visit = visit(&key);
    let seal = key.seal(&key.device(), &visit.ops);
    assert!(seal.fits(&visit.ops));
    let mut backwards = visit.ops.clone();
    backwards.reverse();
    assert!(seal.fits(&[backwards, visit.ops.clone()].concat()), "in any order, twice");
    assert!(!seal.fits(&visit.ops[1..]) && !seal.fits(&visit.ops[..visit.ops.len() - 1]) && !seal.fits(&[]));
    let early = key.seal(&key.device(), &visit.ops[..3]);
    assert!(early.fits(&visit.ops), "what came later does not count");
    let mut other = visit.ops.clone();
    other[1].hash = "0".repeat(64);
    assert!(!seal.fits(&other));
}

#[test]
fn a_finding_calls_a_record_by_its_number() {
    let key = Key::new(1);
    let visit = visit(&key);
    let mut seal = key.seal(&key.device(), &visit.ops);
    seal.sig = key.sign(b"something else");
    let report = report(&file(&visit.ops, &[seal], &key.device(), Some(&key)));
    let told =
        report.findings.iter().map(|finding| report.told(finding)).find(|text| text.en.contains("seal")).unwrap();
    let number = report.records[0].number.clone().unwrap_or_default();
    assert!(!number.is_empty() && told.zh.contains(&number) && told.en.contains(&number), "{told:?}");
    assert!(!told.en.contains(visit.record.id.as_str()), "{told:?}");
}
