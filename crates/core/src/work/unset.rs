//! Blanks that somebody must fill in before a step means what it says: limits without a value that its gates, deadlines,
//! readings or computed values ask for, and the customer's calendar where nothing is known of it. A gate tells itself
//! what keeps it closed; this is for what would otherwise be silent: a reminder that never comes, a window that nobody
//! can look at. It must not know how a screen shows it.

use super::explain::label_of;
use super::{Need, Scope, holds};
use crate::template::{CaptureKind, Gate, Predicate, Step};
use crate::text::Text;

/// The blanks of a step (`stage.step`), each once, in the order of the step.
pub fn blanks(path: &str, scope: &Scope<'_>) -> Vec<Need> {
    let Some(step) = scope.procedure.step(path) else { return Vec::new() };
    let mut found = Found { scope, needs: Vec::new() };
    let applies = |when: Option<&Predicate>| when.is_none_or(|when| holds(when, scope));
    // A gate that is closed says itself what it lacks.
    let silent = |gate: &&Gate| applies(gate.when.as_ref()) && holds(&gate.needs, scope);
    for gate in step.gates.iter().filter(silent) {
        found.condition(&gate.needs);
    }
    found.captures(step);
    for deadline in scope.procedure.deadlines.iter().filter(|deadline| deadline.step == path) {
        if applies(deadline.when.as_ref()) && !holds(&deadline.until, scope) {
            deadline.within.amount().key().into_iter().for_each(|key| found.limit(key));
        }
    }
    found.needs
}

struct Found<'a> {
    scope: &'a Scope<'a>,
    needs: Vec<Need>,
}

impl Found<'_> {
    fn add(&mut self, words: Text, place: &str) {
        if !self.needs.iter().any(|need| need.place.as_deref() == Some(place)) {
            self.needs.push(Need { words, place: Some(place.to_owned()) });
        }
    }

    /// A limit that nobody has set, unless that means something.
    fn limit(&mut self, key: &str) {
        let means = self.scope.library.limit(key).is_some_and(|limit| limit.blank.is_some());
        if key.starts_with("limit.") && !means && self.scope.value(key).is_none() {
            let words = Text::of("先在设置里填写“{0}”", "first set “{0}” in Settings");
            self.add(words.with_texts(&[&label_of(key, self.scope)]), key);
        }
    }

    /// What a condition looks at. Of a calendar without peaks or freezes nobody knows whether there are none.
    fn condition(&mut self, condition: &Predicate) {
        condition.keys(&mut |key| self.limit(key));
        self.calendar(condition);
    }

    fn calendar(&mut self, condition: &Predicate) {
        let lacks = |key: &str| self.scope.value(key).is_none_or(|value| value.is_empty());
        match condition {
            Predicate::AtPeak(_) if lacks("customer.peak") => {
                let words = Text::of(
                    "客户资料里没有“业务高峰时段”，先按没有高峰算",
                    "the customer's file has no peak hours: none are counted",
                );
                self.add(words, "customer.peak");
            }
            Predicate::Frozen(_) if lacks("limit.freeze") => {
                let words = Text::of("没有填写“{0}”，先按没有算", "“{0}” is blank: none are counted");
                self.add(words.with_texts(&[&label_of("limit.freeze", self.scope)]), "limit.freeze");
            }
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().for_each(|part| self.calendar(part)),
            Predicate::Not(part) => self.calendar(part),
            _ => {}
        }
    }

    fn captures(&mut self, step: &Step) {
        for capture in &step.captures {
            match &capture.kind {
                CaptureKind::Series { every, least, .. } => {
                    for amount in [every.amount(), least.amount()] {
                        amount.key().into_iter().for_each(|key| self.limit(key));
                    }
                }
                CaptureKind::Computed { value, .. } => value.keys(&mut |key| self.limit(key)),
                _ => {}
            }
        }
    }
}
