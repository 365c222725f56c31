//! What must hold for any bytes at all. The targets in `fuzz/` run these functions for hours on bytes that a fuzzer
//! makes up; the test beside runs them on every file of the corpus. It must not need anything but the core's own
//! interface and `serde_json`: it is compiled in both places.

use serde_json::Value as Json;
use sitebook_core::exchange::{Event, Exported, ImportError, Incoming, Parcel, Reader, export, limits, read_all};
use sitebook_core::ids::{DeviceId, OpId, RecordId, RowId};
use sitebook_core::json::{self, Any, Object};
use sitebook_core::ledger::{
    Attachment, Change, Head, Hlc, Op, Record, RecordKind, Sealed, State, canonical, hex, seal, sha256,
};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use std::collections::BTreeMap;

/// 2026-11-21, noon in China.
const NOON: i64 = 1_795_233_600_000;

/// Bytes as choices; zeros when they are used up.
struct Dice<'a>(&'a [u8]);

impl Dice<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn below(&mut self, end: u8) -> u8 {
        self.byte() % end
    }

    fn number(&mut self) -> i64 {
        i64::from_le_bytes([(); 8].map(|()| self.byte()))
    }

    fn text(&mut self) -> String {
        let length = usize::from(self.below(24)).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn value(&mut self) -> Value {
        match self.below(6) {
            0 => Value::EMPTY,
            1 => Value::Bool(self.below(2) == 1),
            #[allow(clippy::cast_precision_loss)]
            2 => Value::Number((self.number() % (1 << 53)) as f64),
            3 => Value::Number(f64::from(self.byte()) / 7.0 - 9.0),
            4 => Value::Moment(Stamp { at: NOON + i64::from(self.byte()), tz: 480 }),
            _ => Value::Text(self.text()),
        }
    }

    fn ids(&mut self) -> Vec<OpId> {
        (0..self.below(3)).map(|_| op_id(u16::from(self.byte()))).collect()
    }

    fn change(&mut self) -> Change {
        let (field, table) = (format!("a.b.{}", self.below(3)), "a.b.list".to_owned());
        let row = |dice: &mut Self| RowId::parse(&format!("row-{}", dice.below(3))).unwrap();
        match self.below(14) {
            0 => Change::Create { kind: RecordKind::Visit, number: Some(self.text()), template: None },
            1 => Change::RowAdd {
                table,
                row: row(self),
                cells: BTreeMap::from([
                    ("item".to_owned(), self.value()),
                    (format!("c{}", self.below(2)), self.value()),
                ]),
            },
            2 => Change::RowSet { table, row: row(self), column: "item".into(), value: self.value(), was: self.ids() },
            3 => Change::RowRemove { table, row: row(self), saw: self.ids() },
            4 => Change::RowRestore { table, row: row(self) },
            5 => Change::Stamp { field, at: Stamp { at: NOON, tz: 0 }, by_hand: self.below(2) == 1 },
            6 => Change::Attach { field, attachment: photo(self.below(3)).0, caption: Some(self.text()) },
            7 => {
                let (name, role) = (self.text(), self.text());
                let seen = BTreeMap::from([("a.b.0".to_owned(), "0".repeat(32))]);
                Change::Sign { field, name, role, image: photo(3).0, seen }
            }
            8 => Change::Override { target: "gate:a.b:g".into(), reason: self.text(), approver: self.text() },
            9 => Change::Withdraw { fact: op_id(u16::from(self.byte())) },
            10 => Change::Transition { to: if self.below(2) == 1 { State::Closed } else { State::Open } },
            11 => Change::Void { reason: self.text() },
            _ => Change::Set { field, value: self.value(), was: self.ids() },
        }
    }

    /// Ops of up to three phones that know nothing of each other, with clocks that jump.
    fn ops(&mut self) -> Vec<Sealed> {
        let mut heads = [1, 2, 3].map(|number| Head::new(DeviceId::at(NOON, [number; 10])));
        let (mut ops, mut now) = (Vec::new(), NOON);
        while !self.0.is_empty() && ops.len() < 60 {
            let head = &mut heads[usize::from(self.below(3))];
            now = match self.below(8) {
                0 => now.saturating_add(self.number() >> 8),
                _ => now.saturating_add(1),
            };
            let record = RecordId::parse(if self.below(5) == 0 { "order-1" } else { "visit-1" }).unwrap();
            let id = op_id(u16::try_from(ops.len()).unwrap());
            ops.push(seal(head, id, record, "李伟", now, 480, self.change()).unwrap());
        }
        ops
    }
}

fn op_id(number: u16) -> OpId {
    let scatter = sha256(&number.to_le_bytes());
    OpId::at(NOON, scatter[..10].try_into().unwrap())
}

fn photo(number: u8) -> (Attachment, Vec<u8>) {
    let bytes = [b"\x89PNG\r\n\x1a\n".as_slice(), &[number; 5]].concat();
    let (sha256, size) = (hex(&sha256(&bytes)), bytes.len() as u64);
    (Attachment { sha256, mime: "image/png".into(), size, width: 4, height: 3 }, bytes)
}

fn written(ops: &[Sealed]) -> Vec<u8> {
    let device = DeviceId::at(NOON, [1; 10]);
    let at = Stamp { at: NOON, tz: 480 };
    let exported = Exported { app: "fuzz".into(), at, by: "李伟".into(), company: String::new(), device };
    let attachments = (0..3).map(photo).map(|(photo, bytes)| (photo.sha256, bytes)).collect();
    let templates = &BTreeMap::new();
    export(&Parcel { exported: &exported, ops, templates, attachments: &attachments, seals: &[] }).unwrap().bytes
}

/// The file after a forger gave each op and the whole a fitting hash; as it is if it is no such file.
fn forged(bytes: &[u8]) -> Vec<u8> {
    const MEMBERS: [&str; 8] = ["format", "from", "missing", "ops", "pictures", "records", "seals", "templates"];
    let Ok(Json::Object(mut file)) = serde_json::from_slice::<Json>(bytes) else { return bytes.to_vec() };
    for sealed in file.get_mut("ops").and_then(Json::as_array_mut).into_iter().flatten() {
        if let Some(op) = sealed.get("op")
            && let Ok(canonical) = canonical(op)
        {
            sealed["hash"] = hex(&sha256(&canonical)).into();
        }
    }
    file.retain(|name, _| MEMBERS.contains(&name.as_str()));
    let Ok(canonical) = canonical(&file) else { return bytes.to_vec() };
    let members: Vec<String> =
        MEMBERS.iter().filter_map(|name| Some(format!("\"{name}\":{}", file.get(*name)?))).collect();
    format!("{{{},\"digest\":\"{}\"}}", members.join(","), hex(&sha256(&canonical))).into_bytes()
}

type Outcome = Result<(Incoming, Vec<Event>), ImportError>;

fn in_pieces(bytes: &[u8], sizes: &[u8]) -> Outcome {
    let (mut reader, mut events, mut rest) = (Reader::new(), Vec::new(), bytes);
    let mut sizes = sizes.iter().cycle();
    while !rest.is_empty() {
        let size = sizes.next().map_or(rest.len(), |size| usize::from(*size) * 3 + 1).min(rest.len());
        let (piece, behind) = rest.split_at(size);
        events.extend(reader.push(piece)?);
        assert!(reader.buffered() <= limits::ELEMENT + bytes.len());
        rest = behind;
    }
    reader.finish().map(|incoming| (incoming, events))
}

/// Any bytes, whole and in pieces: the same outcome and no panic. The first byte says whether a forger was at work and
/// how many bytes follow that say how large the pieces are.
pub fn read(data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    let (sizes, bytes) = rest.split_at(usize::from(how >> 1 & 7).min(rest.len()));
    let bytes = if how & 1 == 1 { forged(bytes) } else { bytes.to_vec() };
    let whole = in_pieces(&bytes, &[]);
    assert_eq!(whole, in_pieces(&bytes, sizes));
    let at_once = read_all(&bytes);
    match (&whole, &at_once) {
        (Ok((one, _)), Ok((other, _))) => assert_eq!(one, other),
        (Err(one), Err(other)) => assert_eq!(one, other),
        _ => panic!("whole and at once differ"),
    }
    if let Err(error) = whole {
        let words = error.words();
        assert!(words.en.contains("Nothing was imported") && words.zh.contains("没有导入任何内容"));
    }
}

/// Arbitrary ops go out and come in again, and go out as the same file once more.
pub fn roundtrip(data: &[u8]) {
    let ops = Dice(data).ops();
    if ops.is_empty() {
        return;
    }
    let file = written(&ops);
    let (back, _) = read_all(&file).unwrap();
    assert_eq!(back.ops.len(), ops.len());
    let find = |id: &OpId| ops.iter().find(|sealed| sealed.op.id == *id);
    assert!(back.ops.iter().all(|sealed| find(&sealed.op.id) == Some(sealed)));
    assert_eq!(written(&back.ops), file);
}

fn same(ours: &Any, theirs: &Json) -> bool {
    match (ours, theirs) {
        (Any::Null, Json::Null) => true,
        (Any::Bool(ours), Json::Bool(theirs)) => ours == theirs,
        (Any::Number(ours), Json::Number(theirs)) => theirs.as_f64() == Some(*ours),
        (Any::Text(ours), Json::String(theirs)) => ours == theirs,
        (Any::List(ours), Json::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Any::Object(Object(ours)), Json::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|(key, value)| theirs.get(key).is_some_and(|theirs| same(value, theirs)))
        }
        _ => false,
    }
}

fn has_twins(value: &Any) -> bool {
    match value {
        Any::List(items) => items.iter().any(has_twins),
        Any::Object(Object(entries)) => {
            let mut keys: Vec<&String> = entries.iter().map(|(key, _)| key).collect();
            keys.sort_unstable();
            keys.windows(2).any(|pair| pair[0] == pair[1]) || entries.iter().any(|(_, value)| has_twins(value))
        }
        _ => false,
    }
}

/// Our reader and `serde_json` accept the same texts and find the same in them; what we write reads back as the same.
pub fn json(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (ours, theirs) = (json::read::<Any>(text), serde_json::from_str::<Json>(text));
    match (ours, theirs) {
        // Keys that stand twice: they keep the last, we keep both and then refuse to write them.
        (Ok(ours), Ok(_)) if has_twins(&ours) => assert!(json::write(&ours).is_err()),
        (Ok(ours), Ok(theirs)) => {
            assert!(same(&ours, &theirs), "{ours:?} is not {theirs:?}");
            let canonical = json::write(&ours).unwrap();
            let again = json::read::<Any>(&canonical).unwrap();
            assert_eq!(json::write(&again).unwrap(), canonical);
            assert!(same(&again, &serde_json::from_str(&canonical).unwrap()));
        }
        (Err(_), Err(_)) => {}
        // Both stop at 128 levels, one of them before and one behind the last.
        (ours, theirs) => {
            let depth = text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
            assert!(depth > 120, "{text}: ours {ours:?}, theirs {theirs:?}");
        }
    }
}

/// Arbitrary ops, also such as no phone writes: their order does not matter, nor that some come twice, nor where the
/// fold was stored in between.
pub fn fold(data: &[u8]) {
    let Some((seed, rest)) = data.split_first() else { return };
    let mut dice = Dice(rest);
    let mut ops: Vec<Op> = dice.ops().into_iter().map(|sealed| sealed.op).collect();
    for op in &mut ops {
        // Clocks that no chain would allow: equal ones, and such that run backwards.
        if seed & 1 == 1 {
            op.hlc = Hlc { wall: op.hlc.wall & !3, count: op.hlc.count & 1 };
        }
    }
    let id = RecordId::parse("visit-1").unwrap();
    let forward = Record::fold(&id, &ops);
    let backward = Record::fold(&id, ops.iter().rev());
    assert_eq!(forward, backward);
    let mut shuffled: Vec<&Op> = ops.iter().collect();
    shuffled.sort_by_key(|op| sha256(&[op.id.as_str().as_bytes(), &[*seed]].concat()));
    let half = shuffled.len() / 2;
    let stored = json::write(&Record::fold(&id, shuffled[..half].iter().copied())).unwrap();
    let mut merged: Record = json::read(&stored).unwrap();
    shuffled.iter().for_each(|op| merged.apply(op));
    assert_eq!(forward, merged);
}
