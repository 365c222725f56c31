//! A book in which every procedure was run once and everything was answered, plausibly and always the same: what the
//! printed forms are compared by. New procedures and forms come in by themselves.
//!
//! Gates and limits are passed over: the ops are written as a phone would have written them, not decided. What a
//! condition hides stays empty, and choices are made so that as much as possible shows.

use crate::answers::{self, MINUTE, PEOPLE};
use crate::machine;
use crate::pictures;
use crate::wishes::Wishes;
use anyhow::{Context, Result, anyhow, bail};
use sitebook_content::{Content, Problem, load};
use sitebook_core::exchange::{Exported, Parcel, export};
use sitebook_core::ids::{DeviceId, OpId, RecordId, RowId};
use sitebook_core::ledger::{
    Attachment, Change, Head, Record, RecordKind, Sealed, TemplateRef, canonical, hex, seal, sha256,
};
use sitebook_core::template::{Capture, CaptureKind, Column, ColumnKind, Library, Procedure, SampleValue, Verdict};
use sitebook_core::text::{Lang, Text};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Around, Scope, holds, seen_by};
use std::collections::BTreeMap;

/// Who did it all.
pub const ENGINEER: &str = "林晓峰";
/// Their company.
pub const COMPANY: &str = "清源网络技术有限公司";
/// When every visit begins.
const BEGIN: &str = "2026-11-21T08:00";

/// A visit of the book.
#[derive(Debug, Clone)]
pub struct Filled {
    /// Its procedure.
    pub procedure: String,
    /// The visit.
    pub visit: RecordId,
    /// The forms of its procedure.
    pub forms: Vec<String>,
    /// Rows of each table.
    pub rows: usize,
}

/// The book.
pub struct Book {
    /// To be imported.
    pub bundle: Vec<u8>,
    /// Its visits.
    pub visits: Vec<Filled>,
}

/// Runs every procedure once, and one that prints a table once more with so many rows.
pub fn book(many_rows: usize) -> Result<Book> {
    let folder = machine::root().join("content");
    let content = load(&folder)
        .map_err(|found| anyhow!("content: {}", found.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")))?;
    let mut writer = Writer::new(&content)?;
    let mut visits = Vec::new();
    for procedure in &content.procedures {
        visits.push(writer.visit(&content, procedure, 3)?);
    }
    let with_table = content.procedures.iter().find(|one| one.id == "field-visit").context("no field visit")?;
    visits.push(writer.visit(&content, with_table, many_rows)?);
    Ok(Book { bundle: writer.export()?, visits })
}

struct Writer {
    library: Library,
    head: Head,
    now: Stamp,
    /// What all chance comes from.
    seed: String,
    count: u64,
    ops: Vec<Sealed>,
    pictures: BTreeMap<String, Vec<u8>>,
    templates: BTreeMap<String, String>,
    around: Around,
    ids: BTreeMap<String, RecordId>,
}

impl Writer {
    fn new(content: &Content) -> Result<Writer> {
        let now = Stamp::from_input(BEGIN, 480).context("no such moment")?;
        let mut library = Library::default();
        library.forms.extend(content.forms.iter().map(|form| (form.id.clone(), form.clone())));
        library.records.extend(content.records.iter().map(|record| (record.id.clone(), record.clone())));
        library.set_limits(content.limits.clone());
        Ok(Writer {
            library,
            head: Head::new(DeviceId::at(now.at, [7; 10])),
            now,
            seed: String::new(),
            count: 0,
            ops: Vec::new(),
            pictures: BTreeMap::new(),
            templates: BTreeMap::new(),
            around: Around::default(),
            ids: BTreeMap::new(),
        })
    }

    fn random(&mut self) -> [u8; 10] {
        self.count += 1;
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&sha256(format!("{} {}", self.seed, self.count).as_bytes())[..10]);
        bytes
    }

    fn write(&mut self, record: &mut Record, change: Change) -> Result<()> {
        let id = OpId::at(self.now.at, self.random());
        let (at, tz) = (self.now.at, self.now.tz);
        let sealed = seal(&mut self.head, id, record.id.clone(), ENGINEER, at, tz, change);
        let sealed = sealed.map_err(|error| anyhow!("{error:?}"))?;
        record.apply(&sealed.op);
        self.ops.push(sealed);
        self.now.at += 1_000;
        Ok(())
    }

    fn set(&mut self, record: &mut Record, field: &str, value: Value) -> Result<()> {
        self.write(record, Change::Set { field: field.to_owned(), value, was: Vec::new() })
    }

    /// The sample's records, with what they leave open filled in.
    fn basics(&mut self, content: &Content, procedure: &Procedure, wishes: &Wishes, number: usize) -> Result<()> {
        self.around = Around::default();
        for one in &content.sample.records {
            let kind = RecordKind::parse(&one.kind).with_context(|| format!("no kind {}", one.kind))?;
            let mut record = Record::new(RecordId::at(self.now.at, self.random()));
            self.ids.insert(one.key.clone(), record.id.clone());
            let serial =
                (kind == RecordKind::Order).then(|| format!("WO-20261121-{}-{number:02}", self.head.device.tag()));
            self.write(&mut record, Change::Create { kind, number: serial, template: None })?;
            let template = self.library.record(kind).cloned().context("no such record template")?;
            for field in &template.fields {
                let key = format!("{}.{}", one.kind, field.id);
                let wish = wishes.demanded(&key);
                let given = one.values.get(&field.id).map(|value| self.sample(value));
                let value = match (wish, given) {
                    (Some(wish), _) => Some(Value::text(wish)),
                    (None, Some(given)) => Some(given),
                    (None, None) => {
                        let mut around = self.around.clone();
                        around.set(record.clone());
                        let scope = Scope::new(&self.library, procedure, &record, &around);
                        // A limit of which a blank means something stays blank: a customer's own list would take the
                        // place of the general one.
                        let limit = field.id.strip_prefix("limit-").and_then(|id| self.library.limits.get(id));
                        let blank = limit.is_some_and(|limit| limit.blank.is_some());
                        let shown = !blank && field.when.as_ref().is_none_or(|when| holds(when, &scope));
                        if shown { self.single(&key, field, wishes, &record) } else { None }
                    }
                };
                if let Some(value) = value {
                    self.set(&mut record, &field.id, value)?;
                }
            }
            self.around.set(record);
        }
        Ok(())
    }

    fn sample(&self, value: &SampleValue) -> Value {
        match value {
            SampleValue::Text(text) => Value::text(text.get(Lang::Zh)),
            SampleValue::Ref(key) => self.ids.get(key).map_or(Value::EMPTY, |id| Value::text(id.as_str())),
            SampleValue::InHours(hours) => {
                Value::Moment(Stamp { at: self.now.at + i64::from(*hours) * 60 * MINUTE, tz: self.now.tz })
            }
            SampleValue::Number(number) => Value::Number(*number),
            SampleValue::Plain(text) => Value::text(text),
        }
    }

    fn visit(&mut self, content: &Content, procedure: &Procedure, rows: usize) -> Result<Filled> {
        let wishes = Wishes::of(procedure, &self.library)?;
        // A device and a day for each: no procedure changes the papers of another.
        self.seed = format!("{} {rows}", procedure.id);
        self.count = 0;
        self.now = Stamp::from_input(BEGIN, 480).context("no such moment")?;
        self.head = Head::new(DeviceId::at(self.now.at, self.random()));
        let number = usize::from(sha256(self.seed.as_bytes())[0]) % 90 + 10;
        self.basics(content, procedure, &wishes, number)?;
        let json = canonical(procedure).map_err(|error| anyhow!("{error:?}"))?;
        let digest = hex(&sha256(&json));
        let template = TemplateRef { id: procedure.id.clone(), version: procedure.version, digest: digest.clone() };
        self.templates.insert(digest, String::from_utf8(json)?);
        let mut visit = Record::new(RecordId::at(self.now.at, self.random()));
        let serial = Some(format!("SV-{}-{}-{number:02}", self.now.compact_date(), self.head.device.tag()));
        let create = Change::Create { kind: RecordKind::Visit, number: serial, template: Some(template) };
        self.write(&mut visit, create)?;
        let order = self.ids.get("order").map(|id| id.as_str().to_owned()).unwrap_or_default();
        for (field, text) in [("visit.order", order.as_str()), ("visit.engineer", ENGINEER), ("visit.company", COMPANY)]
        {
            self.set(&mut visit, field, Value::text(text))?;
        }
        let mut overridden = false;
        for stage in &procedure.stages {
            if !self.shows(stage.when.as_ref(), procedure, &visit) {
                continue;
            }
            for step in &stage.steps {
                let path = format!("{}.{}", stage.id, step.id);
                if !self.shows(step.when.as_ref(), procedure, &visit) {
                    continue;
                }
                self.now.at += 4 * MINUTE;
                if let Some(gate) = step.gates.first().filter(|_| !overridden) {
                    overridden = true;
                    let target = format!("gate:{path}:{}", gate.id);
                    let (reason, approver) = ("客户电话同意，书面随后补".to_owned(), PEOPLE[2].to_owned());
                    self.write(&mut visit, Change::Override { target, reason, approver })?;
                }
                for capture in &step.captures {
                    if self.shows(capture.when.as_ref(), procedure, &visit) {
                        let key = format!("{path}.{}", capture.id);
                        self.capture(&mut visit, procedure, &key, capture, &wishes, rows)?;
                    }
                }
            }
        }
        let forms = procedure.forms.clone();
        Ok(Filled { procedure: procedure.id.clone(), visit: visit.id, forms, rows })
    }

    fn shows(&self, when: Option<&sitebook_core::template::Predicate>, procedure: &Procedure, visit: &Record) -> bool {
        when.is_none_or(|when| holds(when, &Scope::new(&self.library, procedure, visit, &self.around)))
    }

    fn capture(
        &mut self,
        visit: &mut Record,
        procedure: &Procedure,
        key: &str,
        capture: &Capture,
        wishes: &Wishes,
        rows: usize,
    ) -> Result<()> {
        match &capture.kind {
            CaptureKind::Checklist { items } => {
                for item in items {
                    if self.shows(item.when.as_ref(), procedure, visit) {
                        self.set(visit, &format!("{key}.{}", item.id), Value::Bool(true))?;
                    }
                }
            }
            CaptureKind::Stamp { .. } => {
                self.now.at += MINUTE;
                self.write(visit, Change::Stamp { field: key.to_owned(), at: self.now, by_hand: false })?;
            }
            CaptureKind::Photo { min, .. } => {
                for number in 0..(*min).clamp(1, 4) {
                    let attachment = self.photo()?;
                    let caption = Some(format!("{} {}", capture.label.get(Lang::Zh), number + 1));
                    self.write(visit, Change::Attach { field: key.to_owned(), attachment, caption })?;
                }
            }
            CaptureKind::Signature { role, .. } => {
                let name = if key.contains("engineer") { ENGINEER } else { PEOPLE[0] };
                let image = self.ink()?;
                let seen = seen_by(key, &Scope::new(&self.library, procedure, visit, &self.around));
                let (field, name, role) = (key.to_owned(), name.to_owned(), role.get(Lang::Zh).to_owned());
                self.write(visit, Change::Sign { field, name, role, image, seen })?;
            }
            CaptureKind::Table { columns, presets, .. } => {
                let presets: Vec<Text> = presets
                    .iter()
                    .filter(|preset| self.shows(preset.when.as_ref(), procedure, visit))
                    .map(|preset| preset.text.clone())
                    .collect();
                self.table(visit, key, columns, &presets, rows)?;
            }
            CaptureKind::Series { .. } => {
                let columns = capture.kind.columns().unwrap_or_default().into_owned();
                self.table(visit, key, &columns, &[], rows.max(6))?;
            }
            CaptureKind::Verdicts { items, measure } => {
                let shown = |item: &&Verdict| self.shows(item.when.as_ref(), procedure, visit);
                let items: Vec<Verdict> = items.iter().filter(shown).cloned().collect();
                for (number, item) in items.iter().enumerate() {
                    let key = format!("{key}.{}", item.id);
                    let verdict = ["pass", "pass", "pass", "na", "pass", "fail"][number % 6];
                    self.set(visit, &key, Value::text(verdict))?;
                    if *measure && (item.unit.is_some() || item.min.is_some() || item.max.is_some()) {
                        let value = Value::Number(answers::middle(item.min, item.max, 1));
                        self.set(visit, &format!("{key}.value"), value)?;
                    }
                    if verdict == "fail" {
                        let note = Value::text("现场已整改，复查合格，照片留档。");
                        self.set(visit, &format!("{key}.note"), note)?;
                    }
                }
            }
            CaptureKind::Score { items, .. } => {
                for item in items {
                    let points = Value::Number((item.of * 0.9).floor());
                    self.set(visit, &format!("{key}.{}", item.id), points)?;
                }
            }
            CaptureKind::Serial { .. } => {
                self.set(visit, key, Value::text("XH2026007"))?;
            }
            CaptureKind::Tally { of } => {
                let counted: Vec<(RowId, Value)> = visit
                    .rows(of)
                    .into_iter()
                    .map(|(id, row)| (id.clone(), row.value("quantity").cloned().unwrap_or(Value::Number(1.0))))
                    .collect();
                for (row, value) in counted {
                    let (table, column) = (of.clone(), "out".to_owned());
                    self.write(visit, Change::RowSet { table, row, column, value, was: Vec::new() })?;
                }
            }
            _ => {
                if let Some(value) = self.single(key, capture, wishes, visit) {
                    self.set(visit, key, value)?;
                }
            }
        }
        Ok(())
    }

    fn table(
        &mut self,
        visit: &mut Record,
        key: &str,
        columns: &[Column],
        presets: &[Text],
        rows: usize,
    ) -> Result<()> {
        let first = columns.iter().position(|column| matches!(column.kind, ColumnKind::Text { .. }));
        for number in 0..rows {
            self.now.at += MINUTE;
            let mut cells: BTreeMap<String, Value> = BTreeMap::new();
            for (place, column) in columns.iter().enumerate() {
                let mut value = answers::cell(column, number, self.now);
                if let Some(preset) = presets.get(number).filter(|_| Some(place) == first) {
                    value = Value::text(preset.get(Lang::Zh));
                }
                cells.insert(column.id.clone(), value);
            }
            let row = RowId::at(self.now.at, self.random());
            self.write(visit, Change::RowAdd { table: key.to_owned(), row, cells })?;
        }
        Ok(())
    }

    /// The answer of a field that holds one value.
    fn single(&self, key: &str, capture: &Capture, wishes: &Wishes, record: &Record) -> Option<Value> {
        let suggested = capture.suggest.as_ref().and_then(|from| self.known(from, record));
        answers::single(key, capture, wishes, suggested, self.now)
    }

    fn known(&self, key: &str, record: &Record) -> Option<Value> {
        let (first, field) = key.split_once('.')?;
        let value = self.around.get(first).map_or_else(|| record.value(key), |around| around.value(field));
        value.filter(|value| !value.is_empty()).cloned()
    }

    fn photo(&mut self) -> Result<Attachment> {
        let folder = machine::Scratch::new("photo")?;
        let seed = u32::try_from(self.count % 5)?;
        let path = pictures::small_jpeg(folder.path(), "photo.jpg", seed)?;
        self.picture(std::fs::read(path)?, "image/jpeg", 160, 120)
    }

    fn ink(&mut self) -> Result<Attachment> {
        self.picture(pictures::ink()?, "image/png", 300, 120)
    }

    fn picture(&mut self, bytes: Vec<u8>, mime: &str, width: u32, height: u32) -> Result<Attachment> {
        let sha256 = hex(&sha256(&bytes));
        let size = bytes.len() as u64;
        self.pictures.insert(sha256.clone(), bytes);
        Ok(Attachment { sha256, mime: mime.to_owned(), size, width, height })
    }

    fn export(&self) -> Result<Vec<u8>> {
        let exported = Exported {
            app: "sitebook 0.1.0".to_owned(),
            at: self.now,
            by: ENGINEER.to_owned(),
            company: COMPANY.to_owned(),
            device: self.head.device.clone(),
        };
        let parcel = Parcel {
            exported: &exported,
            ops: &self.ops,
            templates: &self.templates,
            attachments: &self.pictures,
            seals: &[],
        };
        let made = export(&parcel).map_err(|error| anyhow!("{}", error.words().en))?;
        if !made.missing.is_empty() || !made.lacking.is_empty() {
            bail!("the book lacks {:?} and {:?}", made.missing, made.lacking);
        }
        Ok(made.bytes)
    }
}
