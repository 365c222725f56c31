//! The checklist as our app runs it: a file to be taken in, with a procedure of so many check steps in stages of 25, and
//! two visits that run it. In the first nothing is answered, in the second everything but the last stage.
//!
//! The file is an ordinary export, written by the core; the app gets it as it gets any other.

use anyhow::{Context, Result, anyhow};
use sitebook_core::exchange::{ExportError, Exported, Writer, view};
use sitebook_core::ids::{DeviceId, OpId, RecordId};
use sitebook_core::ledger::{Change, Head, Record, RecordKind, Sealed, TemplateRef, canonical, hex, seal, sha256};
use sitebook_core::template::{Capture, CaptureKind, Level, Procedure, Repeats, SCHEMA, Stage, Step};
use sitebook_core::text::Text;
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;

/// Steps of a stage, as an author would group them.
pub const STAGE: usize = 25;
/// 2026-11-20, noon in China.
const NOON: i64 = 1_795_147_200_000;
const TZ: i16 = 480;

/// A file, and the visits in it.
pub struct Parcel {
    /// The bytes of the file.
    pub file: Vec<u8>,
    /// The visit in which nothing is answered.
    pub fresh: RecordId,
    /// The visit in which all stages but the last are answered.
    pub filled: RecordId,
}

fn text(number: usize) -> Text {
    let number = number.to_string();
    Text::of("第 {0} 项：接线牢固，标签清楚", "Item {0}: wiring is tight and labels are readable").with(&[&number])
}

fn step(number: usize) -> Step {
    let capture = Capture {
        id: "done".to_owned(),
        label: text(number),
        hint: None,
        required: true,
        when: None,
        suggest: None,
        kind: CaptureKind::Check,
    };
    Step {
        id: format!("c{number}"),
        level: Level::Must,
        title: text(number),
        help: None,
        clause: String::new(),
        rules: Vec::new(),
        when: None,
        gates: Vec::new(),
        captures: vec![capture],
        starts: Vec::new(),
        guidance: Vec::new(),
    }
}

/// The id of a stage.
pub fn stage(number: usize) -> String {
    format!("s{number}")
}

/// How many stages a checklist of so many items has.
pub fn stages(items: usize) -> usize {
    items.div_ceil(STAGE)
}

fn procedure(items: usize) -> Procedure {
    let numbers: Vec<usize> = (1..=items).collect();
    let stages = numbers.chunks(STAGE).enumerate().map(|(at, numbers)| Stage {
        id: stage(at + 1),
        title: Text::of("第 {0} 部分", "Part {0}").with(&[&(at + 1).to_string()]),
        summary: None,
        when: None,
        gates: Vec::new(),
        steps: numbers.iter().map(|number| step(*number)).collect(),
    });
    Procedure {
        schema: SCHEMA,
        id: "checklist".to_owned(),
        version: 1,
        family: "support".to_owned(),
        title: Text::of("检查表", "Checklist"),
        summary: Text::of("逐项检查。", "Item by item."),
        sources: Vec::new(),
        carries: Vec::new(),
        repeats: Repeats::Once,
        notice: None,
        forms: Vec::new(),
        papers: Vec::new(),
        stages: stages.collect(),
        deadlines: Vec::new(),
        close: Vec::new(),
        outcomes: Vec::new(),
    }
}

/// Writes ops into the file and folds them as they pass.
struct Book {
    head: Head,
    ids: u64,
    out: Vec<u8>,
    writer: Writer,
}

fn words(error: &ExportError) -> anyhow::Error {
    anyhow!("{}", error.words().en)
}

impl Book {
    fn ten(&mut self) -> [u8; 10] {
        self.ids += 1;
        let mut ten = [0x55; 10];
        for (byte, from) in ten.iter_mut().skip(2).zip(self.ids.to_be_bytes()) {
            *byte = from;
        }
        ten
    }

    fn put(&mut self, record: &mut Record, change: Change) -> Result<()> {
        let id = OpId::at(NOON, self.ten());
        let sealed: Sealed = seal(&mut self.head, id, record.id.clone(), "钱芳", NOON, TZ, change)?;
        record.apply(&sealed.op);
        self.out.extend(self.writer.op(&sealed).map_err(|error| words(&error))?);
        Ok(())
    }

    fn visit(&mut self, template: &TemplateRef, answered: usize) -> Result<Record> {
        let mut record = Record::new(RecordId::at(NOON, self.ten()));
        let number = Some(format!("SV-{answered}"));
        let create = Change::Create { kind: RecordKind::Visit, number, template: Some(template.clone()) };
        self.put(&mut record, create)?;
        for number in 1..=answered {
            let field = format!("{}.c{number}.done", stage((number - 1) / STAGE + 1));
            self.put(&mut record, Change::Set { field, value: Value::Bool(true), was: Vec::new() })?;
        }
        Ok(record)
    }
}

/// Makes the file for a checklist of so many items.
pub fn parcel(items: usize) -> Result<Parcel> {
    let json = String::from_utf8(canonical(&procedure(items))?)?;
    let digest = hex(&sha256(json.as_bytes()));
    let template = TemplateRef { id: "checklist".to_owned(), version: 1, digest: digest.clone() };
    let device = DeviceId::at(NOON, [9; 10]);
    let exported = Exported {
        app: "sitebook bench".to_owned(),
        at: Stamp { at: NOON, tz: TZ },
        by: "钱芳".to_owned(),
        company: String::new(),
        device: device.clone(),
    };
    let (writer, out) = Writer::begin(&exported, &[]).map_err(|error| words(&error))?;
    let mut book = Book { head: Head::new(device), ids: 0, out, writer };
    let fresh = book.visit(&template, 0)?;
    let filled = book.visit(&template, (stages(items) - 1) * STAGE)?;
    let Book { mut out, mut writer, .. } = book;
    for record in [&fresh, &filled] {
        out.extend(writer.record(&view(record)).map_err(|error| words(&error))?);
    }
    out.extend(writer.template(&digest, &json).map_err(|error| words(&error))?);
    let (end, _) = writer.close().map_err(|error| words(&error))?;
    out.extend(end);
    out.extend(writer.finish(None).map_err(|error| words(&error)).context("the file does not end")?);
    Ok(Parcel { file: out, fresh: fresh.id, filled: filled.id })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitebook_core::exchange;

    #[test]
    fn the_file_is_one_that_the_app_takes_in() {
        let parcel = parcel(60).map_err(|error| error.to_string());
        let read = parcel.and_then(|parcel| {
            let incoming = exchange::read(&parcel.file).map_err(|error| error.words().en.clone())?;
            Ok((incoming.ops.len(), incoming.templates.len()))
        });
        // Two visits begin; two stages of the second are answered, ten steps of the third are not.
        assert_eq!(read, Ok((2 + 50, 1)));
    }
}
