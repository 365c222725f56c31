//! What a command changes, or why it is refused.

use super::basic::basic;
use super::check::{MAX_NAME, MAX_NOTE, check_any, check_value, clean_text};
use super::rows::{add_row, remove_row, restore_row, set_cell};
use super::{Command, Context, Refusal, Run, Scope, StepState, label_of, pattern_words, seen_by};
use crate::ledger::{Attachment, Change, Field, Record, RecordKind, State};
use crate::template::{Capture, CaptureKind, Side};
use crate::time::Stamp;
use crate::value::Value;

/// A clock a little ahead is no reason to refuse a stamp.
const FUTURE_GRACE_MS: i64 = 60_000;

/// The changes that a command makes, in order.
///
/// # Errors
/// A [`Refusal`] when the command does not fit the template or the record; nothing changes then.
pub fn decide(command: &Command, context: &Context<'_>, now: Stamp, actor: &str) -> Result<Vec<Change>, Refusal> {
    match context {
        Context::NewVisit => create_visit(command),
        Context::Template { record } => version(command, *record),
        Context::Basic { template, record } => basic(command, template, *record),
        Context::Visit { scope } => {
            guard_state(command, scope.visit)?;
            visit(command, scope, now, actor)
        }
    }
}

/// Whether the field holds several values, none of which anybody has chosen.
pub(super) fn in_conflict(record: Option<&Record>, field: &str) -> bool {
    record.and_then(|record| record.fields.get(field)).is_some_and(Field::in_conflict)
}

/// Whether the record takes the command at all.
pub(super) fn guard_state(command: &Command, record: &Record) -> Result<(), Refusal> {
    if record.created.is_none() {
        return Err(Refusal::NoRecord);
    }
    if record.is_void() {
        return Err(Refusal::Void);
    }
    match command {
        Command::Reopen | Command::Void { .. } => Ok(()),
        _ if record.state() == State::Closed => Err(Refusal::Closed),
        _ => Ok(()),
    }
}

fn create_visit(command: &Command) -> Result<Vec<Change>, Refusal> {
    let Command::Create { kind: RecordKind::Visit, number, template: Some(template), values } = command else {
        return Err(Refusal::NoRecord);
    };
    let mut changes =
        vec![Change::Create { kind: RecordKind::Visit, number: number.clone(), template: Some(template.clone()) }];
    for (field, value) in values {
        if !field.starts_with("visit.") {
            return Err(Refusal::NoSuchField(field.clone()));
        }
        changes.push(Change::Set { field: field.clone(), value: check_any(value)?, was: Vec::new() });
    }
    Ok(changes)
}

/// The one thing that a version says beside what it pins: what changed with it.
const NOTE: &str = "note";

/// A version of a procedure is published and may be withdrawn; what it says never changes.
fn version(command: &Command, record: Option<&Record>) -> Result<Vec<Change>, Refusal> {
    match (command, record) {
        (Command::Create { kind: RecordKind::Template, number, template: Some(template), values }, None) => {
            let create =
                Change::Create { kind: RecordKind::Template, number: number.clone(), template: Some(template.clone()) };
            let mut changes = vec![create];
            for (field, value) in values {
                if field != NOTE {
                    return Err(Refusal::NoSuchField(field.clone()));
                }
                let note = clean_text(value.as_text().unwrap_or_default(), MAX_NOTE, true)?;
                if !note.is_empty() {
                    changes.push(Change::Set { field: field.clone(), value: Value::text(&note), was: Vec::new() });
                }
            }
            Ok(changes)
        }
        (Command::Void { reason }, Some(record)) => {
            guard_state(command, record)?;
            void(reason)
        }
        (_, None) => Err(Refusal::NoRecord),
        (_, Some(_)) => Err(Refusal::NoSuchField(RecordKind::Template.id().to_owned())),
    }
}

/// The record declared void.
pub(super) fn void(reason: &str) -> Result<Vec<Change>, Refusal> {
    let reason = required_note(reason)?;
    Ok(vec![Change::Void { reason }])
}

fn required_note(text: &str) -> Result<String, Refusal> {
    let text = clean_text(text, MAX_NOTE, true)?;
    if text.chars().count() < 2 { Err(Refusal::ReasonMissing) } else { Ok(text) }
}

fn required_name(text: &str, missing: Refusal) -> Result<String, Refusal> {
    let text = clean_text(text, MAX_NAME, false)?;
    if text.is_empty() { Err(missing) } else { Ok(text) }
}

fn visit(command: &Command, scope: &Scope<'_>, now: Stamp, actor: &str) -> Result<Vec<Change>, Refusal> {
    let record = scope.visit;
    let change = match command {
        Command::Set { field, value } => {
            let capture = open_capture(field, scope)?;
            let item = field.splitn(4, '.').nth(3);
            let value = check_value(&capture.kind, item, value.clone())?;
            let same = record.value(field).unwrap_or(&Value::EMPTY) == &value;
            if same && !in_conflict(Some(record), field) {
                return Ok(Vec::new());
            }
            Change::Set { field: field.clone(), value, was: record.field_ops(field) }
        }
        Command::Number { field, number } => {
            let capture = open_capture(field, scope)?;
            let CaptureKind::Serial { pattern } = &capture.kind else {
                return Err(Refusal::NoSuchField(field.clone()));
            };
            if record.value(field).is_some_and(|taken| !taken.is_empty()) {
                return Ok(Vec::new());
            }
            let number = number.clone().unwrap_or_else(|| pattern_words(pattern, now));
            let value = check_any(&Value::text(&number))?;
            Change::Set { field: field.clone(), value, was: record.field_ops(field) }
        }
        Command::AddRow { table, row, cells } => add_row(table, row, cells, scope)?,
        Command::SetCell { table, row, column, value } => set_cell(table, row, column, value, scope)?,
        Command::RemoveRow { table, row } => remove_row(table, row, scope)?,
        Command::RestoreRow { table, row } => restore_row(table, row, scope)?,
        Command::Stamp { field, at, by_hand } => stamp(field, *at, *by_hand, scope, now)?,
        Command::Attach { field, attachment, caption } => {
            let capture = open_capture(field, scope)?;
            let CaptureKind::Photo { max, .. } = capture.kind else {
                return Err(Refusal::NoSuchField(field.clone()));
            };
            if record.facts(field).count() >= usize::from(max) {
                return Err(Refusal::TooManyPhotos { max });
            }
            let caption = caption.as_deref().map(|text| clean_text(text, MAX_NOTE, true)).transpose()?;
            let caption = caption.filter(|text| !text.is_empty());
            Change::Attach { field: field.clone(), attachment: acceptable(attachment)?, caption }
        }
        Command::Sign { field, name, role, image } => {
            let capture = open_capture(field, scope)?;
            let CaptureKind::Signature { side, .. } = capture.kind else {
                return Err(Refusal::NoSuchField(field.clone()));
            };
            let name = required_name(name, Refusal::NameMissing)?;
            let role = required_name(role, Refusal::RoleMissing)?;
            if side == Side::Customer && is_same_name(&name, actor) {
                return Err(Refusal::OwnName);
            }
            let image = acceptable(image.as_ref().ok_or(Refusal::NothingDrawn)?)?;
            Change::Sign { field: field.clone(), name, role, image, seen: seen_by(field, scope) }
        }
        Command::Override { target, reason, approver } => {
            if !Run::new(scope).has(target) {
                return Err(Refusal::NoSuchField(target.to_string()));
            }
            Change::Override {
                target: target.to_string(),
                reason: required_note(reason)?,
                approver: required_name(approver, Refusal::NameMissing)?,
            }
        }
        Command::Withdraw { fact } => {
            let mut facts = record.facts.values().chain(record.overrides.values()).flatten();
            if facts.all(|known| known.touch.op != *fact) {
                return Err(Refusal::NoRecord);
            }
            if record.withdrawn.contains(fact) {
                return Ok(Vec::new());
            }
            Change::Withdraw { fact: fact.clone() }
        }
        Command::Close => {
            let gates = Run::new(scope).close_gates();
            if !gates.is_empty() {
                return Err(Refusal::Gates(gates));
            }
            Change::Transition { to: State::Closed }
        }
        Command::Reopen => Change::Transition { to: State::Open },
        Command::Void { reason } => return void(reason),
        Command::Create { .. } | Command::Edit { .. } => {
            return Err(Refusal::NoSuchField("visit".into()));
        }
    };
    Ok(vec![change])
}

/// The picture, if other phones will take it.
fn acceptable(attachment: &Attachment) -> Result<Attachment, Refusal> {
    if attachment.is_plausible() { Ok(attachment.clone()) } else { Err(Refusal::NotAPicture) }
}

/// Whether two names are one person's, however they are spaced, capitalised or typed (full-width letters).
fn is_same_name(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> String {
        let narrow = |c: char| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            other => other,
        };
        let letters = name.chars().filter(|c| !c.is_whitespace()).map(narrow);
        letters.flat_map(char::to_lowercase).collect()
    };
    plain(one) == plain(other)
}

/// The capture of a key, if no gate locks its step.
pub(super) fn open_capture<'a>(key: &str, scope: &Scope<'a>) -> Result<&'a Capture, Refusal> {
    let missing = || Refusal::NoSuchField(key.to_owned());
    let capture = scope.procedure.capture(key).ok_or_else(missing)?;
    let mut parts = key.splitn(3, '.');
    let stage = parts.next().and_then(|id| scope.procedure.stage(id)).ok_or_else(missing)?;
    let step = parts.next().and_then(|id| stage.steps.iter().find(|step| step.id == id)).ok_or_else(missing)?;
    // Only a list has something below it: its items.
    if !capture.kind.has_items() && key.split('.').count() > 3 {
        return Err(missing());
    }
    let status = Run::new(scope).step(stage, step);
    if status.state == StepState::Locked {
        return Err(Refusal::Gates(status.locked_by));
    }
    Ok(capture)
}

fn stamp(field: &str, at: Stamp, by_hand: bool, scope: &Scope<'_>, now: Stamp) -> Result<Change, Refusal> {
    let capture = open_capture(field, scope)?;
    let CaptureKind::Stamp { not_before } = &capture.kind else {
        return Err(Refusal::NoSuchField(field.to_owned()));
    };
    if !at.is_plausible() {
        return Err(Refusal::NotAMoment);
    }
    if at.at > now.at.saturating_add(FUTURE_GRACE_MS) {
        return Err(Refusal::InFuture);
    }
    if let Some(key) = not_before
        && let Some(first) = scope.moment(key).filter(|first| at.at < first.at)
    {
        return Err(Refusal::TooEarly { after: label_of(key, scope), at: first.date_time() });
    }
    Ok(Change::Stamp { field: field.to_owned(), at, by_hand })
}
