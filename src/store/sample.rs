//! Makes the sample records on request, through the same commands as a user.

use super::commit::{Job, commit};
use super::content::Content;
use super::error::StoreError;
use super::{Store, settings::Settings};
use crate::browser::{clock, random};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::template::SampleValue;
use sitebook_core::text::Lang;
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::Command;
use std::collections::BTreeMap;

const HOUR: i64 = 3_600_000;

/// Creates the sample customer, site, contact, equipment and work order. Gives the work order's id.
///
/// # Errors
/// When one of them cannot be stored; those before it are.
pub async fn create(store: Store, settings: &Settings, lang: Lang) -> Result<Option<RecordId>, StoreError> {
    let Some(sample) = Content::sample() else { return Ok(None) };
    let now = clock::now();
    let mut ids: BTreeMap<String, RecordId> = BTreeMap::new();
    let mut order = None;
    for record in sample.records {
        let Some(kind) = RecordKind::parse(&record.kind) else { continue };
        let id = RecordId::at(now.at, random::bytes());
        let value = |value: &SampleValue| match value {
            SampleValue::Text(text) => Value::text(text.get(lang)),
            SampleValue::Ref(key) => ids.get(key).map_or(Value::EMPTY, |id| Value::text(id.as_str())),
            SampleValue::InHours(hours) => {
                let at = now.at + i64::from(*hours) * HOUR;
                Value::Moment(Stamp { at: at - at.rem_euclid(HOUR), tz: now.tz })
            }
            SampleValue::Number(number) => Value::Number(*number),
            SampleValue::Plain(text) => match text.as_str() {
                "true" => Value::Bool(true),
                text => Value::text(text),
            },
        };
        let values = record.values.iter().map(|(field, v)| (field.clone(), value(v))).collect();
        let command = Command::Create { kind, number: None, template: None, values };
        let mut job = Job::new(id.clone(), command, &settings.name);
        job.prefix = (kind == RecordKind::Order).then_some("WO");
        commit(store, job).await?;
        if kind == RecordKind::Order {
            order = Some(id.clone());
        }
        ids.insert(record.key, id);
    }
    Ok(order)
}
