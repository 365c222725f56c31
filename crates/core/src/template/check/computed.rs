//! Computed values that hang on each other in a circle: none of them would ever have a value.
//!
//! That a value names itself is reported where it is looked at; here are circles of two and more. It must not know what
//! an expression computes.

use super::spot::{Problems, Spot};
use crate::template::{CaptureKind, Procedure};
use crate::text::Text;
use std::collections::BTreeMap;

/// A computed value: where it stands, and what it names.
struct Value<'a> {
    at: Spot,
    needs: Vec<&'a str>,
}

/// Reports every computed value that is part of a circle, with the way around.
pub(super) fn check(at: &Spot, procedure: &Procedure, problems: &mut Problems) {
    let values = values(at, procedure);
    for (key, value) in &values {
        if let Some(way) = around(key, &values).filter(|way| way.len() > 1) {
            let way: Vec<&str> = way.into_iter().chain([key.as_str()]).collect();
            let words = Text::of("“{0}”绕了一圈又要用到自己", "'{0}' is computed from itself, round about");
            problems
                .at(&value.at, words.with(&[key]))
                .why(Text::of("{0}，谁也算不出来", "{0}: none of them ever has a value").with(&[&way.join(" → ")]))
                .hint(Text::of(
                    "让其中一个改用填写的项来算",
                    "let one of them be computed from what is entered, not from the others",
                ));
        }
    }
}

fn values<'a>(at: &Spot, procedure: &'a Procedure) -> BTreeMap<String, Value<'a>> {
    let mut values = BTreeMap::new();
    for (i, stage) in procedure.stages.iter().enumerate() {
        for (j, step) in stage.steps.iter().enumerate() {
            for (k, capture) in step.captures.iter().enumerate() {
                let CaptureKind::Computed { value, .. } = &capture.kind else { continue };
                let mut needs = Vec::new();
                value.keys(&mut |key| needs.push(key));
                let at = at.item("stage", i).item("step", j).item("capture", k).at("value");
                values.insert(format!("{}.{}.{}", stage.id, step.id, capture.id), Value { at, needs });
            }
        }
    }
    values
}

/// The shortest way from a value back to itself: the keys on it, the first included.
fn around<'a>(from: &'a str, values: &'a BTreeMap<String, Value<'a>>) -> Option<Vec<&'a str>> {
    let mut came: BTreeMap<&str, &str> = BTreeMap::new();
    let mut open = vec![from];
    while !open.is_empty() {
        let mut next = Vec::new();
        for key in open {
            for need in values.get(key).into_iter().flat_map(|value| &value.needs) {
                if *need == from {
                    let mut way = vec![key];
                    while let Some(before) = way.last().and_then(|last| came.get(last)) {
                        way.push(before);
                    }
                    way.reverse();
                    return Some(way);
                }
                if values.contains_key(*need) && !came.contains_key(need) {
                    came.insert(need, key);
                    next.push(*need);
                }
            }
        }
        open = next;
    }
    None
}
