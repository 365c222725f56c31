//! What can speak in a case: gates, deadlines, steps, forms, outcomes, offers to start. How it is written, whether
//! it speaks, and why.

use super::nearest_words;
use sitebook_core::template::{Deadline, Gate, Procedure, Stage, Step};
use sitebook_core::text::Lang;
use sitebook_core::time::Stamp;
use sitebook_core::work::{Leads, Run, Scope, StepState, deadlines, holds, needs_of, reminder};

/// Something that speaks or keeps quiet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Voice {
    /// `gate <stage> <gate>`: something in front of a stage is not passed.
    StageGate(String, String),
    /// `gate <stage.step> <gate>`: something in front of a step is not passed.
    StepGate(String, String),
    /// `close <gate>`: the run cannot be closed yet.
    Close(String),
    /// `due <deadline>`: it has begun and is not met. A series of readings is named by its key.
    Due(String),
    /// `overdue <deadline>`: it is late.
    Overdue(String),
    /// `missing <stage.step>`: a binding step is open or locked.
    Missing(String),
    /// `open <stage.step>`: a step of any level waits for answers.
    Open(String),
    /// `shows <stage.step>`: the step belongs to the run.
    Shows(String),
    /// `form <F-id>`: the form belongs to the run.
    Form(String),
    /// `outcome <id>`: the outcome is reached.
    Outcome(String),
    /// `start <procedure>`: a step offers to start it.
    Start(String),
    /// `remind <minutes>`: of the work order's agreed time, so long before it.
    Remind(u32),
}

const FORMS: &str = "gate <stage> <gate>, gate <stage.step> <gate>, close <gate>, due <deadline>, overdue <deadline>, \
                     missing <stage.step>, open <stage.step>, shows <stage.step>, form <F-id>, outcome <id>, \
                     start <procedure>, remind <minutes>";

/// Whether it speaks, and why (not).
pub(super) struct Heard {
    pub(super) speaks: bool,
    because: String,
}

impl Heard {
    fn yes(because: impl Into<String>) -> Heard {
        Heard { speaks: true, because: because.into() }
    }

    fn no(because: impl Into<String>) -> Heard {
        Heard { speaks: false, because: because.into() }
    }

    /// What to say when the case expected something else.
    pub(super) fn against(&self, voice: &str, expected: bool) -> String {
        match expected {
            true => format!("'{voice}' must speak, but keeps quiet: {}", self.because),
            false => format!("'{voice}' must keep quiet, but speaks: {}", self.because),
        }
    }
}

/// Looks for one of several by its id; the error names what there is.
fn known<'a>(what: &str, id: &str, mut ids: impl Iterator<Item = &'a str> + Clone) -> Result<(), String> {
    if ids.clone().any(|known| known == id) {
        return Ok(());
    }
    Err(format!("there is no {what} '{id}'{}", nearest_words(id, &mut ids)))
}

fn paths(procedure: &Procedure) -> Vec<String> {
    let of = |stage: &Stage| stage.steps.iter().map(|step| format!("{}.{}", stage.id, step.id)).collect::<Vec<_>>();
    procedure.stages.iter().flat_map(of).collect()
}

impl Voice {
    /// Reads what stands in `fires` or `quiet`; all it names must be in the procedure.
    pub(super) fn parse(text: &str, procedure: &Procedure) -> Result<Voice, String> {
        let gates = |list: &'_ [Gate]| list.iter().map(|gate| gate.id.clone()).collect::<Vec<_>>();
        let gate = |place: &str, list: &[Gate], id: &str| {
            let ids = gates(list);
            known(&format!("gate in front of {place}"), id, ids.iter().map(String::as_str))
        };
        let step = |path: &str| {
            let paths = paths(procedure);
            known("step", path, paths.iter().map(String::as_str)).map(|()| path.to_owned())
        };
        let deadline = |id: &str| match procedure.capture(id).filter(|_| id.split('.').count() == 3) {
            Some(capture) if capture.kind.columns().is_some() => Ok(id.to_owned()),
            _ => {
                let ids = procedure.deadlines.iter().map(|deadline| deadline.id.as_str());
                known("deadline", id, ids).map(|()| id.to_owned())
            }
        };
        match text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().as_slice() {
            ["gate", path, id] if path.contains('.') => {
                step(path)?;
                let list = procedure.step(path).map_or(&[][..], |step| &step.gates);
                gate(path, list, id).map(|()| Voice::StepGate((*path).to_owned(), (*id).to_owned()))
            }
            ["gate", stage, id] => {
                known("stage", stage, procedure.stages.iter().map(|stage| stage.id.as_str()))?;
                let list = procedure.stage(stage).map_or(&[][..], |stage| &stage.gates);
                gate(stage, list, id).map(|()| Voice::StageGate((*stage).to_owned(), (*id).to_owned()))
            }
            ["close", id] => gate("closing", &procedure.close, id).map(|()| Voice::Close((*id).to_owned())),
            ["due", id] => deadline(id).map(Voice::Due),
            ["overdue", id] => deadline(id).map(Voice::Overdue),
            ["missing", path] => step(path).map(Voice::Missing),
            ["open", path] => step(path).map(Voice::Open),
            ["shows", path] => step(path).map(Voice::Shows),
            ["form", id] => {
                known("form of this procedure", id, procedure.papers.iter().map(|form| form.id.as_str()))?;
                Ok(Voice::Form((*id).to_owned()))
            }
            ["outcome", id] => {
                known("outcome", id, procedure.outcomes.iter().map(|outcome| outcome.id.as_str()))?;
                Ok(Voice::Outcome((*id).to_owned()))
            }
            ["start", id] => {
                let starts = all_steps(procedure).flat_map(|(_, step)| &step.starts);
                known("step that starts", id, starts.map(|starts| starts.procedure.as_str()))?;
                Ok(Voice::Start((*id).to_owned()))
            }
            ["remind", minutes] => {
                let minutes = minutes.parse().map_err(|_| format!("'{minutes}' is no number of minutes"))?;
                Ok(Voice::Remind(minutes))
            }
            _ => Err(format!("'{text}' is not understood: write one of {FORMS}")),
        }
    }

    /// The rules that what speaks says it carries; nothing for forms and outcomes, which carry none.
    pub(super) fn rules(&self, procedure: &Procedure) -> Option<Vec<String>> {
        let gate = |list: &[Gate], id: &str| list.iter().find(|gate| gate.id == id).map(|gate| gate.rules.clone());
        match self {
            Voice::StageGate(stage, id) => gate(&procedure.stage(stage)?.gates, id),
            Voice::StepGate(path, id) => gate(&procedure.step(path)?.gates, id),
            Voice::Close(id) => gate(&procedure.close, id),
            Voice::Due(id) | Voice::Overdue(id) => match find(procedure, id) {
                Some(deadline) => Some(deadline.rules.clone()),
                None => procedure.step(id.rsplit_once('.')?.0).map(|step| step.rules.clone()),
            },
            Voice::Missing(path) | Voice::Open(path) | Voice::Shows(path) => {
                procedure.step(path).map(|step| step.rules.clone())
            }
            Voice::Start(id) => {
                let offers = all_steps(procedure).filter(|(_, step)| offers(step, id));
                Some(offers.flat_map(|(_, step)| step.rules.clone()).collect())
            }
            Voice::Remind(_) => {
                let appointments = procedure.deadlines.iter().filter(|deadline| deadline.appointment);
                Some(appointments.flat_map(|deadline| deadline.rules.clone()).collect())
            }
            Voice::Form(_) | Voice::Outcome(_) => None,
        }
    }

    /// Whether it speaks.
    pub(super) fn speaks(&self, scope: &Scope<'_>, now: Option<Stamp>) -> Result<Heard, String> {
        let procedure = scope.procedure;
        Ok(match self {
            Voice::StageGate(stage, id) => match procedure.stage(stage) {
                Some(stage) => in_front(Some(stage), None, &stage.gates, id, scope),
                None => Heard::no("there is no such stage"),
            },
            Voice::StepGate(path, id) => match at(procedure, path) {
                Some((stage, step)) => in_front(Some(stage), Some(step), &step.gates, id, scope),
                None => Heard::no("there is no such step"),
            },
            Voice::Close(id) => in_front(None, None, &procedure.close, id, scope),
            Voice::Due(id) => due(id, scope),
            Voice::Overdue(id) => {
                let now = now.ok_or("'overdue' needs to know what the clock shows: add now = \"2026-11-25T06:00\"")?;
                overdue(id, now, scope)
            }
            Voice::Missing(path) | Voice::Open(path) | Voice::Shows(path) => match at(procedure, path) {
                Some((stage, step)) => self.step(stage, step, scope),
                None => Heard::no("there is no such step"),
            },
            Voice::Form(id) => match procedure.paper(id).and_then(|form| form.when.as_ref()) {
                Some(when) if !holds(when, scope) => {
                    Heard::no(format!("its 'when' does not hold ({})", lacks(when, scope)))
                }
                _ => Heard::yes("its 'when' holds"),
            },
            Voice::Outcome(id) => match procedure.outcomes.iter().find(|outcome| outcome.id == *id) {
                Some(outcome) if holds(&outcome.when, scope) => Heard::yes("its 'when' holds"),
                Some(outcome) => Heard::no(format!("its 'when' does not hold ({})", lacks(&outcome.when, scope))),
                None => Heard::no("there is no such outcome"),
            },
            Voice::Start(id) => started(id, scope),
            Voice::Remind(minutes) => {
                let now = now.ok_or("'remind' needs to know what the clock shows: add now = \"2026-11-25T06:00\"")?;
                reminded(*minutes, now, scope)
            }
        })
    }

    fn step(&self, stage: &Stage, step: &Step, scope: &Scope<'_>) -> Heard {
        let status = Run::new(scope).step(stage, step);
        let missing = format!("it lacks '{}'", status.missing.join("', '"));
        let waits = matches!(status.state, StepState::Open | StepState::Locked);
        match (self, status.state) {
            (_, StepState::Hidden) => {
                Heard::no("the step does not belong to this run ('when' of the step or its stage)")
            }
            (Voice::Shows(_), _) => Heard::yes("the step belongs to this run"),
            (_, StepState::Done) => Heard::no("every required answer of the step is there"),
            (Voice::Missing(_), _) if waits && !status.binding => {
                Heard::no("nothing waits for the step: its level is 'should' or it asks for nothing; try 'open'")
            }
            _ => Heard::yes(missing),
        }
    }
}

fn all_steps(procedure: &Procedure) -> impl Iterator<Item = (&Stage, &Step)> + Clone {
    procedure.stages.iter().flat_map(|stage| stage.steps.iter().map(move |step| (stage, step)))
}

fn offers(step: &Step, id: &str) -> bool {
    step.starts.iter().any(|starts| starts.procedure == id)
}

fn at<'a>(procedure: &'a Procedure, path: &str) -> Option<(&'a Stage, &'a Step)> {
    let stage = procedure.stage(path.split_once('.')?.0)?;
    Some((stage, procedure.step(path)?))
}

fn find<'a>(procedure: &'a Procedure, id: &str) -> Option<&'a Deadline> {
    procedure.deadlines.iter().find(|deadline| deadline.id == id)
}

/// What keeps a condition from holding, in words.
fn lacks(predicate: &sitebook_core::template::Predicate, scope: &Scope<'_>) -> String {
    let needs: Vec<String> = needs_of(predicate, scope)
        .into_iter()
        .map(|need| match need.place {
            Some(place) => format!("{} → {place}", need.words.get(Lang::En)),
            None => need.words.get(Lang::En).to_owned(),
        })
        .collect();
    if needs.is_empty() { "nothing that could be entered".to_owned() } else { needs.join("; ") }
}

fn in_front(stage: Option<&Stage>, step: Option<&Step>, gates: &[Gate], id: &str, scope: &Scope<'_>) -> Heard {
    let applies = |when: Option<&sitebook_core::template::Predicate>| when.is_none_or(|when| holds(when, scope));
    let Some(gate) = gates.iter().find(|gate| gate.id == id) else { return Heard::no("there is no such gate") };
    if !applies(stage.and_then(|stage| stage.when.as_ref())) {
        return Heard::no("the stage does not belong to this run (its 'when' does not hold)");
    }
    if !applies(step.and_then(|step| step.when.as_ref())) {
        return Heard::no("the step does not belong to this run (its 'when' does not hold)");
    }
    if !applies(gate.when.as_ref()) {
        return Heard::no("the gate's 'when' does not hold");
    }
    if holds(&gate.needs, scope) {
        return Heard::no("what it needs is there");
    }
    Heard::yes(format!("it needs {}", lacks(&gate.needs, scope)))
}

fn due(id: &str, scope: &Scope<'_>) -> Heard {
    if let Some(due) = deadlines(scope).into_iter().find(|due| due.id == id) {
        let at = Stamp { at: due.at, tz: super::value::TZ };
        return Heard::yes(format!("it is due {}", at.date_time()));
    }
    let Some(deadline) = find(scope.procedure, id) else {
        return Heard::no("the series has not begun, is over, or its step is not open");
    };
    if deadline.when.as_ref().is_some_and(|when| !holds(when, scope)) {
        return Heard::no("its 'when' does not hold");
    }
    if holds(&deadline.until, scope) {
        return Heard::no("its 'until' holds: it is met");
    }
    if scope.latest(&deadline.from.0).is_none() {
        return Heard::no(format!("it has not begun: no moment in {}", deadline.from.0.join(", ")));
    }
    Heard::no("how long it takes is not known: a limit is not set")
}

fn overdue(id: &str, now: Stamp, scope: &Scope<'_>) -> Heard {
    match deadlines(scope).into_iter().find(|due| due.id == id) {
        None => due(id, scope),
        Some(due) => {
            let at = Stamp { at: due.at, tz: super::value::TZ };
            let words = format!("it is due {}, now is {}", at.date_time(), now.date_time());
            if due.is_overdue(now.at) { Heard::yes(words) } else { Heard::no(words) }
        }
    }
}

fn started(id: &str, scope: &Scope<'_>) -> Heard {
    let run = Run::new(scope);
    for (stage, step) in all_steps(scope.procedure).filter(|(_, step)| offers(step, id)) {
        let shown = run.step(stage, step).state != StepState::Hidden;
        let offered = |when: Option<&sitebook_core::template::Predicate>| when.is_none_or(|when| holds(when, scope));
        let mut here = step.starts.iter().filter(|starts| starts.procedure == id);
        if shown && here.any(|starts| offered(starts.when.as_ref())) {
            return Heard::yes(format!("{}.{} offers it", stage.id, step.id));
        }
    }
    Heard::no("no step that belongs to this run offers it: its 'when' does not hold")
}

fn reminded(minutes: u32, now: Stamp, scope: &Scope<'_>) -> Heard {
    let Some(agreed) = scope.moment("order.agreed") else { return Heard::no("the work order has no agreed time") };
    let around = scope.around;
    let leads = Leads::of(scope.library, around.customer.as_ref(), around.profile.as_ref());
    match reminder(agreed.at, now.at, &leads.appointment) {
        Some(lead) if lead == minutes => Heard::yes(format!("agreed is {}", agreed.date_time())),
        Some(lead) => Heard::no(format!("the reminder that holds is the one {lead} minutes before")),
        None => Heard::no(format!("no reminder holds; agreed is {}, now is {}", agreed.date_time(), now.date_time())),
    }
}
