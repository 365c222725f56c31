//! What stood under one key stands under another: a step that moved to another stage takes everything along that
//! names it, on every form, too.
//!
//! It must not know why something moved.

use super::{Block, CaptureKind, Expr, Form, Gate, Operand, Predicate, Procedure, Within};

/// Renames a key (`stage`, `stage.step` or `stage.step.capture`) and all below it, wherever the procedure names it.
pub fn rekey(procedure: &mut Procedure, from: &str, to: &str) {
    let rename = |key: &mut String| {
        if key == from {
            to.clone_into(key);
        } else if let Some(below) = key.strip_prefix(from).and_then(|rest| rest.strip_prefix('.')) {
            *key = format!("{to}.{below}");
        }
    };
    each_key(procedure, &rename);
}

/// Calls `visit` with every field key, step and stage that the procedure and its forms name.
pub fn each_key(procedure: &mut Procedure, visit: &dyn Fn(&mut String)) {
    let when = |when: &mut Option<Predicate>| when.iter_mut().for_each(|when| predicate(when, visit));
    let gates = |gates: &mut Vec<Gate>| {
        for gate in gates {
            when(&mut gate.when);
            predicate(&mut gate.needs, visit);
        }
    };
    for stage in &mut procedure.stages {
        when(&mut stage.when);
        gates(&mut stage.gates);
        for step in &mut stage.steps {
            when(&mut step.when);
            gates(&mut step.gates);
            step.starts.iter_mut().for_each(|starts| when(&mut starts.when));
            for capture in &mut step.captures {
                when(&mut capture.when);
                capture.suggest.iter_mut().for_each(visit);
                kind(&mut capture.kind, visit);
            }
        }
    }
    for deadline in &mut procedure.deadlines {
        deadline.from.0.iter_mut().for_each(visit);
        within(&mut deadline.within, visit);
        when(&mut deadline.when);
        predicate(&mut deadline.until, visit);
        visit(&mut deadline.step);
    }
    gates(&mut procedure.close);
    procedure.outcomes.iter_mut().for_each(|outcome| predicate(&mut outcome.when, visit));
    procedure.papers.iter_mut().for_each(|form| paper(form, visit));
}

fn operand(operand: &mut Operand, visit: &dyn Fn(&mut String)) {
    if let Operand::Field(key) = operand {
        visit(key);
    }
}

fn within(within: &mut Within, visit: &dyn Fn(&mut String)) {
    match within {
        Within::Minutes(amount)
        | Within::Hours(amount)
        | Within::Days(amount)
        | Within::WorkingHours(amount)
        | Within::WorkingDays(amount)
        | Within::Nights(amount) => operand(amount, visit),
    }
}

fn predicate(one: &mut Predicate, visit: &dyn Fn(&mut String)) {
    match one {
        Predicate::Done(key)
        | Predicate::Answered(key)
        | Predicate::Signed(key)
        | Predicate::Tallied(key)
        | Predicate::Passed(key)
        | Predicate::Failed(key)
        | Predicate::Observed(key)
        | Predicate::AtPeak(key)
        | Predicate::WorkingTime(key)
        | Predicate::Frozen(key) => visit(key),
        Predicate::Is { field, .. } | Predicate::OneOf { field, .. } => visit(field),
        Predicate::Compare(compare) => {
            visit(&mut compare.left);
            operand(&mut compare.right, visit);
        }
        Predicate::Before { first, then } => {
            visit(first);
            visit(then);
        }
        Predicate::Later { moment, than, minutes } => {
            visit(moment);
            visit(than);
            operand(minutes, visit);
        }
        Predicate::InsideWindow { moment, window, .. } => {
            visit(moment);
            window.iter_mut().for_each(visit);
        }
        Predicate::Rows { table, .. } | Predicate::Every { table, .. } => visit(table),
        Predicate::Same { left, right } => {
            visit(left);
            visit(right);
        }
        Predicate::Listed { field, list } => {
            visit(field);
            visit(list);
        }
        Predicate::Outcome { .. } => {}
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter_mut().for_each(|part| predicate(part, visit)),
        Predicate::Not(part) => predicate(part, visit),
    }
}

fn kind(kind: &mut CaptureKind, visit: &dyn Fn(&mut String)) {
    match kind {
        CaptureKind::Stamp { not_before } => not_before.iter_mut().for_each(visit),
        CaptureKind::Tally { of } => visit(of),
        CaptureKind::Checklist { items } => {
            let whens = items.iter_mut().filter_map(|item| item.when.as_mut());
            whens.for_each(|when| predicate(when, visit));
        }
        CaptureKind::Verdicts { items, .. } => {
            let whens = items.iter_mut().filter_map(|item| item.when.as_mut());
            whens.for_each(|when| predicate(when, visit));
        }
        CaptureKind::Table { presets, .. } => {
            let whens = presets.iter_mut().filter_map(|preset| preset.when.as_mut());
            whens.for_each(|when| predicate(when, visit));
        }
        CaptureKind::Series { from, every, least, .. } => {
            visit(from);
            within(every, visit);
            within(least, visit);
        }
        CaptureKind::Score { pass, .. } => pass.iter_mut().for_each(|pass| operand(pass, visit)),
        CaptureKind::Computed { value, .. } => expr(value, visit),
        CaptureKind::Check
        | CaptureKind::Text { .. }
        | CaptureKind::Number { .. }
        | CaptureKind::Choice { .. }
        | CaptureKind::Moment
        | CaptureKind::Person
        | CaptureKind::Phone
        | CaptureKind::Rating { .. }
        | CaptureKind::Photo { .. }
        | CaptureKind::Signature { .. }
        | CaptureKind::Serial { .. }
        | CaptureKind::Ref { .. } => {}
    }
}

fn expr(value: &mut Expr, visit: &dyn Fn(&mut String)) {
    match value {
        Expr::Field(key) | Expr::Rows(key) | Expr::Fails(key) => visit(key),
        Expr::Number(number) => operand(number, visit),
        Expr::Sum(parts)
        | Expr::Product(parts)
        | Expr::Minus(parts)
        | Expr::Divide(parts)
        | Expr::Min(parts)
        | Expr::Max(parts) => parts.iter_mut().for_each(|part| expr(part, visit)),
        Expr::RowsWhere { table, .. } => visit(table),
        Expr::ColumnSum(of) | Expr::ColumnAverage(of) => visit(&mut of.table),
        Expr::MinutesBetween(keys) | Expr::DaysBetween(keys) | Expr::Count(keys) => keys.iter_mut().for_each(visit),
    }
}

fn paper(form: &mut Form, visit: &dyn Fn(&mut String)) {
    form.letterhead.iter_mut().for_each(visit);
    form.when.iter_mut().for_each(|when| predicate(when, visit));
    for block in &mut form.blocks {
        match block {
            Block::Grid { cells, .. } => cells.iter_mut().flat_map(|cell| &mut cell.from).for_each(visit),
            Block::Table { from, .. }
            | Block::Verdicts { from, .. }
            | Block::Series { from, .. }
            | Block::Score { from, .. } => visit(from),
            Block::Checks { from, .. } | Block::Text { from, .. } | Block::Photos { from, .. } => {
                from.iter_mut().for_each(visit);
            }
            Block::Signatures { slots } => slots.iter_mut().filter_map(|slot| slot.from.as_mut()).for_each(visit),
            Block::Note { .. } | Block::Deviations { .. } => {}
        }
    }
}
