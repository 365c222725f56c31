//! What a limit holds here: the customer's own, the company's, or the default; and limits that stand in for a field
//! which nobody filled in. It must not know who asks.

use super::Around;
use crate::ledger::Record;
use crate::template::{Library, Limit, Operand};
use crate::value::Value;

/// What a limit holds. `None` while it must still be set.
pub(super) fn held(limit: &Limit, around: &Around) -> Option<Value> {
    held_for(limit, around.customer.as_ref(), around.profile.as_ref())
}

/// What a limit holds for a customer. `None` while it must still be set.
pub(super) fn held_for(limit: &Limit, customer: Option<&Record>, profile: Option<&Record>) -> Option<Value> {
    let field = limit.field_id();
    let kept = [customer.filter(|_| limit.customer), profile].into_iter().flatten();
    kept.filter_map(|record| record.value(&field).filter(|value| !value.is_empty())).next().cloned().or_else(|| {
        match limit.default.as_ref()? {
            Operand::Number(number) => Some(Value::Number(*number)),
            Operand::Field(words) => Some(Value::Text(words.clone())),
        }
    })
}

/// What counts for a field of the records around a run while it is blank, such as `order.identity`.
pub fn standing_for(key: &str, library: &Library, around: &Around) -> Option<Value> {
    let limit = library.limits.values().find(|limit| limit.stands_for.as_deref() == Some(key))?;
    held(limit, around)
}
