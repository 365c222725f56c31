//! Finds what a field key names and says in words why it does not fit.
//!
//! It must not know why somebody asks; the caller gives the name of what it needs.

use crate::keys::{Keys, Known, called};
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::template::CaptureKind;

/// The kind of the field with this key; reports when there is none.
pub(super) fn field<'a>(node: &Node, key: &str, keys: &Keys<'a>, report: &mut Report) -> Option<&'a CaptureKind> {
    let not_a_field = |what: &str, report: &mut Report| {
        let prefix = format!("{key}.");
        let first = keys.fields().find(|field| field.starts_with(&prefix));
        let problem = report.at(node.place, format!("'{key}' is a {what}, not a field"));
        if let Some(first) = first {
            problem.hint(format!("a field of it is '{first}'"));
        }
    };
    match keys.find(key) {
        Known::Field(kind) => return Some(kind),
        Known::Step => not_a_field("step", report),
        Known::Stage => not_a_field("stage", report),
        Known::Lost => {}
        Known::Nothing => {
            report
                .at(node.place, format!("unknown field key '{key}'"))
                .why(keys.why_not(key))
                .meant(key, keys.fields());
        }
    }
    None
}

/// The kind of the field with this key, if it fits; reports when not. `needs` says who needs what:
/// "'signed' needs a signature".
pub(super) fn field_of<'a>(
    node: &Node,
    key: &str,
    keys: &Keys<'a>,
    needs: &str,
    fits: impl Fn(&CaptureKind) -> bool,
    report: &mut Report,
) -> Option<&'a CaptureKind> {
    let kind = field(node, key, keys, report)?;
    if fits(kind) {
        return Some(kind);
    }
    report.at(node.place, format!("'{key}' is {}", called(kind))).why(needs);
    None
}

/// Reports a key that is no step, or (where allowed) no stage.
pub(super) fn step(node: &Node, key: &str, stage_fits: bool, keys: &Keys<'_>, report: &mut Report) {
    match keys.find(key) {
        Known::Step | Known::Lost => {}
        Known::Stage if stage_fits => {}
        Known::Stage => {
            report.at(node.place, format!("'{key}' is a stage")).why("a step is needed here, 'stage.step'");
        }
        Known::Field(_) => {
            let problem = report.at(node.place, format!("'{key}' is a field"));
            problem.why("a step is needed here, 'stage.step'");
            if let Some((step, _)) = key.rsplit_once('.') {
                problem.hint(format!("name the step '{step}', or use 'answered'"));
            }
        }
        Known::Nothing => {
            report
                .at(node.place, format!("unknown step '{key}'"))
                .why(format!("{} has no such step", keys.owner))
                .meant(key, keys.places());
        }
    }
}

/// A stamp or a moment.
pub(super) fn is_time(kind: &CaptureKind) -> bool {
    matches!(kind, CaptureKind::Stamp { .. } | CaptureKind::Moment)
}

/// A number or a rating.
pub(super) fn is_number(kind: &CaptureKind) -> bool {
    matches!(kind, CaptureKind::Number { .. } | CaptureKind::Rating { .. })
}

/// A text, a person or a phone number.
pub(super) fn is_words(kind: &CaptureKind) -> bool {
    matches!(kind, CaptureKind::Text { .. } | CaptureKind::Person | CaptureKind::Phone)
}
