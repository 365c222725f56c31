//! Commands on basic records: customers, sites, contacts, assets, work orders.

use super::check::check_value;
use super::decide::{guard_state, in_conflict, void};
use super::{Command, Refusal};
use crate::gathered::gathered;
use crate::ledger::{Change, Record};
use crate::template::RecordTemplate;
use crate::value::Value;

/// The changes of a command on a basic record.
pub(super) fn basic(
    command: &Command,
    template: &RecordTemplate,
    record: Option<&Record>,
) -> Result<Vec<Change>, Refusal> {
    match (record, command) {
        (Some(record), _) => guard_state(command, record)?,
        (None, Command::Create { .. }) => {}
        (None, _) => return Err(Refusal::NoRecord),
    }
    let (values, mut changes) = match command {
        Command::Create { kind, number, values, .. } if kind.id() == template.id && record.is_none() => {
            let create = Change::Create { kind: *kind, number: number.clone(), template: None };
            (values.clone(), vec![create])
        }
        Command::Edit { values } => (values.clone(), Vec::new()),
        Command::Set { field, value } => {
            let one = gathered([(field.clone(), value.clone())]);
            (one, Vec::new())
        }
        Command::Void { reason } => return void(reason),
        _ => return Err(Refusal::NoSuchField(template.id.clone())),
    };
    // Whether the record has a value, in the order of the fields.
    let had = |field: &str| record.is_some_and(|record| record.value(field).is_some());
    let mut after: Vec<bool> = template.fields.iter().map(|field| had(&field.id)).collect();
    for (id, value) in values {
        let place = template.fields.iter().position(|field| field.id == id);
        let place = place.ok_or_else(|| Refusal::NoSuchField(id.clone()))?;
        let value = check_value(&template.fields[place].kind, None, value)?;
        after[place] = !value.is_empty();
        let before = record.and_then(|record| record.value(&id));
        let settles = matches!(command, Command::Set { .. }) && in_conflict(record, &id);
        if before.unwrap_or(&Value::EMPTY) != &value || settles {
            let was = record.map(|record| record.field_ops(&id)).unwrap_or_default();
            changes.push(Change::Set { field: id, value, was });
        }
    }
    let missing: Vec<_> = template
        .fields
        .iter()
        .zip(after)
        .filter(|(field, has_value)| field.required && field.when.is_none() && !has_value)
        .map(|(field, _)| field.label.clone())
        .collect();
    if missing.is_empty() { Ok(changes) } else { Err(Refusal::Required(missing)) }
}
