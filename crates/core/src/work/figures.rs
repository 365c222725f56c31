//! What many records say together: deadlines kept and missed, faults by kind, time on site, the load of the coming days.
//!
//! Everything is counted from folded records and what their procedures say; nothing is estimated. It must not know how
//! the figures are drawn.

use super::compute::after;
use super::{Run, Scope, StepState, holds};
use crate::ledger::{FactKind, State};
use crate::template::{CaptureKind, Deadline};
use crate::text::Text;
use crate::time::Stamp;
use std::collections::BTreeMap;

/// How the deadlines of one kind went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Met in time.
    pub kept: usize,
    /// Met late, or not met and past.
    pub missed: usize,
    /// Still running.
    pub running: usize,
}

/// A span of hours on site, and how many visits took so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// From so many minutes.
    pub from: i64,
    /// To less than so many minutes; open above without it.
    pub to: Option<i64>,
    /// Visits.
    pub count: usize,
}

/// Where the spans of time on site end, in minutes.
const ENDS: [i64; 5] = [60, 120, 240, 480, 1440];
/// The stamp of arriving, which every procedure with a way to the site shares.
const ARRIVED: &str = "arrive.arrival.at";

/// Figures of a set of visits.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figures {
    /// How deadlines went, by the id under which procedures have them; the title is that of the first.
    pub deadlines: BTreeMap<String, (Text, Kept)>,
    /// Minutes on site of each visit that has both moments.
    pub on_site: Vec<i64>,
    /// Visits by kind of work of their order.
    pub works: BTreeMap<String, usize>,
    /// Fault orders by severity.
    pub severities: BTreeMap<String, usize>,
    /// Visits.
    pub visits: usize,
    orders: BTreeMap<String, ()>,
}

impl Figures {
    /// Counts one visit. One that is void counts nowhere.
    pub fn add(&mut self, scope: &Scope<'_>, now: i64) {
        if scope.visit.is_void() {
            return;
        }
        self.visits += 1;
        for deadline in &scope.procedure.deadlines {
            let Some(ended) = outcome(deadline, scope, now) else { continue };
            let title = deadline.title.clone();
            let (_, kept) = self.deadlines.entry(deadline.id.clone()).or_insert_with(|| (title, Kept::default()));
            match ended {
                Ended::Kept => kept.kept += 1,
                Ended::Missed => kept.missed += 1,
                Ended::Running => kept.running += 1,
            }
        }
        self.on_site.extend(on_site(scope));
        let Some(order) = &scope.around.order else { return };
        if let Some(work) = order.text("kind") {
            *self.works.entry(work.to_owned()).or_default() += 1;
        }
        // A fault that was visited three times is one fault.
        let is_new = self.orders.insert(order.id.to_string(), ()).is_none();
        if let Some(severity) = order.text("severity").filter(|_| is_new) {
            *self.severities.entry(severity.to_owned()).or_default() += 1;
        }
    }

    /// All deadlines together.
    pub fn total(&self) -> Kept {
        self.deadlines.values().fold(Kept::default(), |sum, (_, kept)| Kept {
            kept: sum.kept + kept.kept,
            missed: sum.missed + kept.missed,
            running: sum.running + kept.running,
        })
    }

    /// Visits by how long they took on site.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut from = 0;
        for to in ENDS.into_iter().map(Some).chain([None]) {
            let fits = |minutes: &&i64| **minutes >= from && to.is_none_or(|to| **minutes < to);
            spans.push(Span { from, to, count: self.on_site.iter().filter(fits).count() });
            from = to.unwrap_or(from);
        }
        spans
    }

    /// The middle one of the times on site, in minutes.
    pub fn median_on_site(&self) -> Option<i64> {
        let mut all = self.on_site.clone();
        all.sort_unstable();
        all.get(all.len() / 2).copied()
    }
}

enum Ended {
    Kept,
    Missed,
    Running,
}

/// How a deadline of a visit went; `None` if it never began, or was met nobody knows when.
fn outcome(deadline: &Deadline, scope: &Scope<'_>, now: i64) -> Option<Ended> {
    if !deadline.when.as_ref().is_none_or(|when| holds(when, scope)) {
        return None;
    }
    let from = scope.latest(&deadline.from.0)?;
    let due = after(from, &deadline.within, scope)?.at;
    if !holds(&deadline.until, scope) {
        let over = now > due;
        return Some(match (over, scope.visit.state()) {
            (true, _) => Ended::Missed,
            (false, State::Open) => Ended::Running,
            // Filed before it was due, without it: nothing was missed.
            (false, State::Closed) => return None,
        });
    }
    let met = met_at(deadline, scope)?;
    Some(if met <= due { Ended::Kept } else { Ended::Missed })
}

/// When the step that meets a deadline was done: its latest stamp, or else when the last of it was entered.
fn met_at(deadline: &Deadline, scope: &Scope<'_>) -> Option<i64> {
    let step = scope.procedure.step(&deadline.step)?;
    let stage = scope.procedure.stage(deadline.step.split('.').next()?)?;
    // Met in another way than by its step: by an outcome of another run, by a call before it.
    if Run::new(scope).step(stage, step).state != StepState::Done {
        return entered_at(&deadline.step, scope);
    }
    let stamps = step.captures.iter().filter(|capture| matches!(capture.kind, CaptureKind::Stamp { .. }));
    let stamped = stamps.filter_map(|capture| scope.visit.stamp(&format!("{}.{}", deadline.step, capture.id)));
    stamped.map(|stamp| stamp.at).max().or_else(|| entered_at(&deadline.step, scope))
}

fn entered_at(step: &str, scope: &Scope<'_>) -> Option<i64> {
    let inside = format!("{step}.");
    let fields = scope.visit.fields.iter().filter(|(key, _)| key.starts_with(&inside));
    let fields = fields.filter_map(|(_, field)| field.heads.last()).map(|head| head.touch.stamp().at);
    let keys = scope.visit.facts.keys().filter(|key| key.starts_with(&inside));
    let facts = keys.flat_map(|key| scope.visit.facts(key)).map(|fact| match &fact.kind {
        FactKind::Stamp { at, .. } => at.at,
        _ => fact.touch.stamp().at,
    });
    fields.chain(facts).max()
}

/// Minutes between arriving and the last moment that procedures do not let be before it.
fn on_site(scope: &Scope<'_>) -> Option<i64> {
    let arrived = scope.visit.stamp(ARRIVED)?.at;
    let mut left = None;
    for stage in &scope.procedure.stages {
        for step in &stage.steps {
            for capture in &step.captures {
                if let CaptureKind::Stamp { not_before: Some(before) } = &capture.kind
                    && before == ARRIVED
                    && let Some(at) = scope.visit.stamp(&format!("{}.{}.{}", stage.id, step.id, capture.id))
                {
                    left = left.max(Some(at.at));
                }
            }
        }
    }
    left.map(|left| (left - arrived) / 60_000).filter(|minutes| *minutes >= 0)
}

/// How many of these moments fall on each of the `days` that follow the day of `now`, that day first; those before it
/// come in front of all, as what is overdue or was to be begun.
pub fn load(moments: impl IntoIterator<Item = i64>, now: Stamp, days: usize) -> (usize, Vec<(Stamp, usize)>) {
    const DAY: i64 = 86_400_000;
    let offset = i64::from(now.tz) * 60_000;
    let day = |at: i64| (at + offset).div_euclid(DAY);
    let today = day(now.at);
    let (mut before, mut counts) = (0, vec![0; days]);
    for at in moments {
        match usize::try_from(day(at) - today) {
            Err(_) => before += 1,
            Ok(place) => {
                if let Some(count) = counts.get_mut(place) {
                    *count += 1;
                }
            }
        }
    }
    let stamp = |place: usize| Stamp { at: now.at + i64::try_from(place).unwrap_or(0) * DAY, tz: now.tz };
    (before, counts.into_iter().enumerate().map(|(place, count)| (stamp(place), count)).collect())
}
