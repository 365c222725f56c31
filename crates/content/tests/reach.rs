//! A screen looks at a step again only after changes that touch what the step depends on. Here every procedure of this
//! repository is answered at random: a step or stage whose state changes must be among those looked at again.
#![allow(clippy::expect_used, reason = "a fixture that cannot be read must fail loudly")]

use sitebook_content::{Content, load};
use sitebook_core::ids::{DeviceId, OpId, RecordId};
use sitebook_core::ledger::{Change, Hlc, Op, Record, RecordKind};
use sitebook_core::template::{Capture, CaptureKind, Library, Procedure};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Around, Reach, Run, Scope, StageStatus, StepStatus, Target, touched};
use std::path::Path;

const NOON: i64 = 1_795_147_200_000;
/// Changes made to a run of each procedure.
const CHANGES: usize = 300;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % count.max(1)
    }
}

fn value(capture: &Capture, dice: &mut Dice) -> Value {
    match &capture.kind {
        CaptureKind::Choice { options } => {
            options.get(dice.below(options.len())).map_or(Value::EMPTY, |option| Value::text(&option.id))
        }
        CaptureKind::Number { .. } | CaptureKind::Rating { .. } => Value::Number(dice.below(90) as f64),
        CaptureKind::Moment => Value::Moment(Stamp { at: NOON + dice.below(90) as i64 * 3_600_000, tz: 480 }),
        CaptureKind::Check | CaptureKind::Checklist { .. } => Value::Bool(dice.below(3) > 0),
        _ if dice.below(4) == 0 => Value::EMPTY,
        _ => Value::text("已填"),
    }
}

/// Some change of some step.
fn change(procedure: &Procedure, dice: &mut Dice) -> Option<Change> {
    let stage = procedure.stages.get(dice.below(procedure.stages.len()))?;
    let step = stage.steps.get(dice.below(stage.steps.len()))?;
    let path = format!("{}.{}", stage.id, step.id);
    if dice.below(40) == 0 {
        let (target, reason) = (Target::Step { path }.to_string(), "试验".to_owned());
        return Some(Change::Override { target, reason, approver: "王主任".to_owned() });
    }
    let capture = step.captures.get(dice.below(step.captures.len()))?;
    let field = format!("{path}.{}", capture.id);
    let field = match &capture.kind {
        CaptureKind::Stamp { .. } => {
            let at = Stamp { at: NOON + dice.below(600) as i64 * 60_000, tz: 480 };
            return Some(Change::Stamp { field, at, by_hand: true });
        }
        CaptureKind::Checklist { items } => format!("{field}.{}", items.get(dice.below(items.len()))?.id),
        _ => field,
    };
    Some(Change::Set { field, value: value(capture, dice), was: Vec::new() })
}

/// What a screen shows of a run.
fn states(scope: &Scope<'_>) -> (Vec<StepStatus>, Vec<StageStatus>) {
    let run = Run::new(scope);
    let stages = &scope.procedure.stages;
    let steps = stages.iter().flat_map(|stage| stage.steps.iter().map(move |step| (stage, step)));
    (steps.map(|(stage, step)| run.step(stage, step)).collect(), run.stages())
}

#[test]
fn whatever_changes_is_looked_at_again() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let content: Content = load(&dir).expect("content/ without problems");
    let mut library = Library::default();
    library.set_limits(content.limits.clone());
    let around = Around::default();
    let (mut elsewhere, mut narrow, mut missed) = (0, 0, Vec::new());
    for (number, procedure) in content.procedures.iter().enumerate() {
        let mut dice = Dice(number as u64);
        let stages = &procedure.stages;
        let steps: Vec<(String, Reach)> = stages
            .iter()
            .flat_map(|stage| stage.steps.iter().map(move |step| (stage, step)))
            .map(|(stage, step)| (format!("{}.{}", stage.id, step.id), Reach::of_step(procedure, stage, step)))
            .collect();
        let whole: Vec<Reach> = stages.iter().map(|stage| Reach::of_stage(procedure, stage)).collect();
        narrow += steps.iter().filter(|(_, reach)| !reach.is_whole()).count();
        let mut record = Record::new(RecordId::at(NOON, [1; 10]));
        let mut hlc = Hlc::default();
        let mut before = states(&Scope::new(&library, procedure, &record, &around));
        for at in 0..CHANGES {
            let change = if at == 0 {
                Some(Change::Create { kind: RecordKind::Visit, number: None, template: None })
            } else {
                change(procedure, &mut dice)
            };
            let Some(change) = change else { continue };
            hlc = hlc.tick(NOON);
            let mut ten = [2; 10];
            ten[..8].copy_from_slice(&(at as u64).to_be_bytes());
            let was = record.clone();
            record.apply(&Op {
                id: OpId::at(NOON, ten),
                record: record.id.clone(),
                device: DeviceId::at(NOON, [3; 10]),
                actor: "李晓东".to_owned(),
                hlc,
                tz: 480,
                seq: at as u64 + 1,
                prev: None,
                change,
            });
            let touched = touched(&was, &record);
            let after = states(&Scope::new(&library, procedure, &record, &around));
            for (((path, reach), old), new) in steps.iter().zip(&before.0).zip(&after.0) {
                if old != new && !reach.meets(&touched) {
                    missed.push(format!("{} {path} after {touched:?}", procedure.id));
                }
                let own = matches!(&touched, sitebook_core::work::Touched::Parts(parts) if !parts.contains(path));
                elsewhere += usize::from(old != new && own);
            }
            for ((stage, (old, new)), reach) in stages.iter().zip(before.1.iter().zip(&after.1)).zip(&whole) {
                if old != new && !reach.meets(&touched) {
                    missed.push(format!("{} {} after {touched:?}", procedure.id, stage.id));
                }
            }
            before = after;
        }
    }
    assert_eq!(missed, Vec::<String>::new());
    assert!(elsewhere > 200, "steps change by answers of other steps, but only {elsewhere} did");
    assert!(narrow > 300, "only {narrow} steps depend on something less than everything");
}
