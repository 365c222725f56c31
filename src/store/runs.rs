//! Beginning a run of a procedure: under a work order, or for itself.

use super::commit::{Job, commit};
use super::{Store, StoreError};
use crate::browser::{clock, random};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::value::Value;
use sitebook_core::work::Command;

/// Why a run is begun.
#[derive(Debug, Clone, Default)]
pub struct Cause {
    /// The work order that it belongs to.
    pub order: Option<RecordId>,
    /// The run that it follows from.
    pub from: Option<RecordId>,
}

impl Store {
    /// Begins a run: pins the procedure and notes who works for which company. Gives its id.
    ///
    /// # Errors
    /// The procedure is not at hand, or the run could not be stored.
    pub async fn begin_run(self, procedure: &str, cause: Cause) -> Result<RecordId, StoreError> {
        let settings = self.profile.now();
        let pin = self.procedure(procedure).await?;
        let id = RecordId::at(clock::now().at, random::bytes());
        let order = cause.order.map(|order| order.to_string()).unwrap_or_default();
        let from = cause.from.map(|from| from.to_string()).unwrap_or_default();
        let values = [
            ("visit.order", order.as_str()),
            ("visit.from", from.as_str()),
            ("visit.engineer", settings.name.as_str()),
            ("visit.company", settings.company.as_str()),
            ("visit.phone", settings.phone.as_str()),
        ];
        let values = values.into_iter().map(|(field, text)| (field.to_owned(), Value::text(text)));
        let command = Command::Create {
            kind: RecordKind::Visit,
            number: None,
            template: Some(pin.reference.clone()),
            values: values.filter(|(_, value)| !value.is_empty()).collect(),
        };
        let mut job = Job::new(id.clone(), command, &settings.name);
        job.pin = Some(pin);
        job.prefix = Some("SV");
        commit(self, job).await?;
        // From here on there is something to lose: ask the browser to keep it.
        self.ask_to_keep();
        Ok(id)
    }
}
