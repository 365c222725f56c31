//! The real content, and the records around a visit: the sample, made through the same commands as a user's.

use sitebook_content::load;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{RecordKind, TemplateRef, canonical, hex, sha256};
use sitebook_core::template::{Library, Procedure, Sample, SampleValue};
use sitebook_core::text::Lang;
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// The content of this repository, as the app has it at hand.
pub struct World {
    /// Forms and record templates.
    pub library: Library,
    /// The procedure of a field visit.
    pub procedure: Procedure,
    /// What a visit pins.
    pub pin: TemplateRef,
    /// The records offered on first use.
    pub sample: Sample,
}

/// The content, read and checked once.
pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
        let content = load(&dir).unwrap_or_else(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("content/ has problems:\n{}", lines.join("\n"))
        });
        let mut library = Library::default();
        library.set_limits(content.limits);
        for form in content.forms {
            library.forms.insert(form.id.clone(), form);
        }
        for record in content.records {
            library.records.insert(record.id.clone(), record);
        }
        let mut procedures = content.procedures.into_iter();
        let procedure = procedures.find(|one| one.id == "field-visit").unwrap();
        let pin = TemplateRef {
            id: procedure.id.clone(),
            version: procedure.version,
            digest: hex(&sha256(&canonical(&procedure).unwrap())),
        };
        World { library, procedure, pin, sample: content.sample }
    })
}

/// A local moment of the test's week: day of November 2026 and time, in China.
pub fn moment(day: u8, time: &str) -> Stamp {
    Stamp::from_input(&format!("2026-11-{day:02}T{time}"), 480).unwrap()
}

/// The values of one sample record in Chinese; `ids` are those of the records made before it.
pub fn sample_values(key: &str, ids: &BTreeMap<String, RecordId>, now: Stamp) -> (RecordKind, BTreeMap<String, Value>) {
    const HOUR: i64 = 3_600_000;
    let mut records = world().sample.records.iter();
    let record = records.find(|record| record.key == key).unwrap();
    let value = |value: &SampleValue| match value {
        SampleValue::Text(text) => Value::text(text.get(Lang::Zh)),
        SampleValue::Ref(key) => Value::text(ids[key].as_str()),
        SampleValue::InHours(hours) => {
            let at = now.at + i64::from(*hours) * HOUR;
            Value::Moment(Stamp { at: at - at.rem_euclid(HOUR), tz: now.tz })
        }
        SampleValue::Number(number) => Value::Number(*number),
        SampleValue::Plain(text) if text == "true" => Value::Bool(true),
        SampleValue::Plain(text) => Value::text(text),
    };
    let kind = RecordKind::parse(&record.kind).unwrap();
    let values = record.values.iter();
    let values = values.map(|(field, v)| (field.clone(), value(v))).collect();
    (kind, values)
}
