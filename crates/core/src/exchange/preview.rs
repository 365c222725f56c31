//! What an import would bring, before anything is written.

use super::error::ImportError;
use super::export::records;
use super::read::{Incoming, Template};
use crate::gathered::sorted;
use crate::ids::{DeviceId, OpId};
use crate::ledger::{Record, RecordKind, Sealed, TemplateRef, follows};
use crate::template::Library;
use crate::text::Text;
use crate::time::Stamp;
use std::fmt;

/// What is known here. The database answers later than a function can wait, so the app fetches before: for every op
/// of the file its id, and its place (device and running number) with the places before and after it.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The hash of the op with this id.
    pub hash_of: &'a dyn Fn(&OpId) -> Option<String>,
    /// The op at this place.
    pub op_at: &'a dyn Fn(&DeviceId, u64) -> Option<Sealed>,
    /// Whether the procedure with this digest is known.
    pub has_template: &'a dyn Fn(&str) -> bool,
    /// Whether the picture with this SHA-256 is stored.
    pub has_picture: &'a dyn Fn(&str) -> bool,
}

impl fmt::Debug for Known<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Known")
    }
}

impl Known<'static> {
    /// A device that knows nothing.
    pub const NOTHING: Known<'static> =
        Known { hash_of: &|_| None, op_at: &|_, _| None, has_template: &|_| false, has_picture: &|_| false };
}

/// What an import would bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// Ops that are not known here.
    pub new_ops: usize,
    /// Ops that are known here, just the same.
    pub same_ops: usize,
    /// Ops that cannot stand beside what is known here: same id or same place with other content, or no link to
    /// their neighbours.
    pub conflicts: Vec<OpId>,
    /// The records of the file, those not known here first.
    pub records: Vec<Line>,
    /// Pictures that are not stored here.
    pub new_pictures: usize,
    /// Pictures that are stored here.
    pub same_pictures: usize,
    /// SHA-256 of pictures that neither the file nor this device has. The records say so where they should stand.
    pub missing: Vec<String>,
    /// Procedures that neither the file nor this device has.
    pub lacking: Vec<TemplateRef>,
    /// The latest clock value of the file. When it lies more than a few minutes after now, one of the two clocks is
    /// wrong; after the import this device's ops would be dated after it, so ask first.
    pub newest: Option<Stamp>,
}

/// A record of the file in a few words.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Record id.
    pub id: String,
    /// Kind; `None` when neither the file nor anything known tells.
    pub kind: Option<RecordKind>,
    /// Number, if it has one.
    pub number: Option<String>,
    /// Its name, or the title of its procedure.
    pub name: Text,
    /// Whether some of it is known here.
    pub known: bool,
    /// Ops of it that are not known here.
    pub new_ops: usize,
}

impl Preview {
    /// Records that are not known here.
    pub fn new_records(&self) -> usize {
        self.records.iter().filter(|line| !line.known).count()
    }

    /// Whether the import would change nothing.
    pub fn is_idle(&self) -> bool {
        self.new_ops == 0 && self.new_pictures == 0
    }

    /// Why the file must not be imported here, if so.
    pub fn refusal(&self) -> Option<ImportError> {
        if let Some(first) = self.conflicts.first() {
            return Some(ImportError::Conflict { count: self.conflicts.len(), first: first.clone() });
        }
        let lacking = self.lacking.first()?;
        Some(ImportError::NoTemplate { id: lacking.id.clone(), version: lacking.version })
    }
}

/// What importing the file would bring here.
pub fn preview(incoming: &Incoming, known: &Known<'_>, library: &Library) -> Preview {
    let records = records(&incoming.ops);
    let mut tallies = vec![Tally::default(); records.len()];
    let mut conflicts = Vec::new();
    for sealed in &incoming.ops {
        // Records come in the order of their ids, one for every op.
        let at = records.partition_point(|record| record.id < sealed.op.record);
        let Some(tally) = tallies.get_mut(at) else { continue };
        match (known.hash_of)(&sealed.op.id) {
            Some(hash) if hash == sealed.hash => tally.same += 1,
            None if fits(sealed, known) => tally.fresh += 1,
            _ => conflicts.push(sealed.op.id.clone()),
        }
    }
    let templates = sorted(incoming.templates.iter().collect(), |one: &&Template, other| {
        one.reference.digest.cmp(&other.reference.digest)
    });
    let lines = records.iter().zip(&tallies).map(|(record, tally)| Line {
        id: record.id.to_string(),
        kind: record.kind(),
        number: record.number().map(str::to_owned),
        name: name_of(record, &templates, library),
        known: tally.same > 0,
        new_ops: tally.fresh,
    });
    let lines = sorted(lines.collect(), |a: &Line, b| (a.known, a.kind).cmp(&(b.known, b.kind)));
    let stored = |sha256: &str| (known.has_picture)(sha256);
    let same_pictures = incoming.pictures.iter().filter(|picture| stored(&picture.sha256)).count();
    let lacks = |template: &&TemplateRef| !(known.has_template)(&template.digest);
    let newest = incoming.ops.iter().map(|sealed| &sealed.op).max_by_key(|op| op.hlc);
    Preview {
        new_ops: tallies.iter().map(|tally| tally.fresh).sum(),
        same_ops: tallies.iter().map(|tally| tally.same).sum(),
        conflicts,
        records: lines,
        new_pictures: incoming.pictures.len() - same_pictures,
        same_pictures,
        missing: incoming.missing.iter().filter(|sha256| !stored(sha256)).cloned().collect(),
        lacking: incoming.lacking.iter().filter(lacks).cloned().collect(),
        newest: newest.map(|op| Stamp { at: i64::try_from(op.hlc.wall).unwrap_or(0), tz: op.tz }),
    }
}

/// Whether a new op's place is free here and its neighbours link to it.
fn fits(sealed: &Sealed, known: &Known<'_>) -> bool {
    let (device, seq) = (&sealed.op.device, sealed.op.seq);
    let before = seq.checked_sub(1).and_then(|seq| (known.op_at)(device, seq));
    let after = seq.checked_add(1).and_then(|seq| (known.op_at)(device, seq));
    (known.op_at)(device, seq).is_none()
        && before.is_none_or(|before| follows(&before, sealed))
        && after.is_none_or(|after| follows(sealed, &after))
}

/// Ops of one record.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    /// Known here, just the same.
    same: usize,
    /// Not known here.
    fresh: usize,
}

fn name_of(record: &Record, templates: &[&Template], library: &Library) -> Text {
    let template = record.created.as_ref().and_then(|created| created.template.as_ref());
    let known = |digest: &String| templates.binary_search_by(|one| one.reference.digest.cmp(digest)).ok();
    if let Some(at) = template.and_then(|template| known(&template.digest)) {
        return templates[at].procedure.title.clone();
    }
    let field = record.kind().and_then(|kind| library.record(kind)).map_or("name", |basic| basic.name.as_str());
    record.text(field).map(Text::same).unwrap_or_else(|| Text::same(template.map_or("", |template| &template.id)))
}
