//! Where a work order stands: the procedures of its programme, phase by phase, with the runs that there are.

use super::{Around, OtherRun, Scope, Summary, holds};
use crate::ids::RecordId;
use crate::ledger::{Record, State};
use crate::template::{CatalogueLine, Demand, Library, Phase, Procedure, Programme, Repeats, SCHEMA};
use crate::text::Text;

/// A phase of the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardPhase {
    /// Title.
    pub title: Text,
    /// Its procedures, as far as they apply.
    pub items: Vec<BoardItem>,
}

/// A procedure on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardItem {
    /// What is known of the procedure.
    pub line: CatalogueLine,
    /// Whether the work order waits for it.
    pub must: bool,
    /// Its runs, latest first.
    pub runs: Vec<Summary>,
}

impl BoardItem {
    /// Whether a run of it is closed and none is open.
    pub fn is_closed(&self) -> bool {
        !self.runs.is_empty() && self.runs.iter().all(|run| run.state == State::Closed)
    }

    /// Whether another run may be begun.
    pub fn can_begin(&self) -> bool {
        self.runs.is_empty() || (self.line.repeats == Repeats::Many && self.is_closed())
    }

    /// The outcomes that its runs have reached, each once.
    pub fn reached(&self) -> Vec<Text> {
        let has = |id: &str| self.runs.iter().any(|run| run.outcomes.iter().any(|outcome| outcome == id));
        self.line.outcomes.iter().filter(|outcome| has(&outcome.id)).map(|outcome| outcome.title.clone()).collect()
    }
}

/// A work order's board.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Board {
    /// The phases of the programme; none when no programme is for this kind of work order.
    pub phases: Vec<BoardPhase>,
    /// Runs that no phase names.
    pub others: Vec<Summary>,
}

impl Board {
    /// How many of the required procedures are closed, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let must = || self.phases.iter().flat_map(|phase| &phase.items).filter(|item| item.must);
        (must().filter(|item| item.is_closed()).count(), must().count())
    }

    /// What to begin or go on with: the first open run, else the first required procedure that can begin.
    pub fn next(&self) -> Option<Next<'_>> {
        let items = || self.phases.iter().flat_map(|phase| &phase.items);
        let runs = items().flat_map(|item| &item.runs).chain(&self.others);
        let open = runs.filter(|run| run.state == State::Open).max_by_key(|run| run.updated);
        let begin = || items().find(|item| item.must && item.runs.is_empty());
        open.map(Next::Go).or_else(|| begin().map(|item| Next::Begin(&item.line)))
    }
}

/// What comes next on a board.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Next<'a> {
    /// Go on with this run.
    Go(&'a Summary),
    /// Begin this procedure.
    Begin(&'a CatalogueLine),
}

/// The programme of a kind of work order.
pub fn programme_of<'a>(kind: &str, library: &'a Library) -> Option<&'a Programme> {
    library.programmes.iter().find(|programme| programme.kinds.iter().any(|one| one == kind))
}

/// The board of a work order; `runs` are the list lines of its runs, `around` the order and what it names.
pub fn board(library: &Library, around: &Around, runs: &[Summary]) -> Board {
    let mut runs: Vec<&Summary> = runs.iter().filter(|run| !run.void).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.updated));
    let around = Around { others: runs.iter().filter_map(|run| other(run)).collect(), ..around.clone() };
    let kind = around.order.as_ref().and_then(|order| order.text("kind")).unwrap_or_default();
    let Some(programme) = programme_of(kind, library) else {
        return Board { phases: Vec::new(), others: runs.into_iter().cloned().collect() };
    };
    let (nothing, nobody) = (no_procedure(), Record::new(RecordId::profile()));
    let scope = Scope::new(library, &nothing, &nobody, &around);
    let mut shown = Vec::new();
    let mut phases = Vec::new();
    for phase in &programme.phases {
        let items = items_of(phase, library, &scope, &runs);
        shown.extend(items.iter().map(|item| item.line.id.clone()));
        if !items.is_empty() {
            phases.push(BoardPhase { title: phase.title.clone(), items });
        }
    }
    let named = |run: &Summary| run.procedure.as_ref().is_some_and(|procedure| shown.contains(procedure));
    let others = runs.into_iter().filter(|run| !named(run)).cloned().collect();
    Board { phases, others }
}

fn items_of(phase: &Phase, library: &Library, scope: &Scope<'_>, runs: &[&Summary]) -> Vec<BoardItem> {
    let mut items = Vec::new();
    for item in &phase.items {
        let Some(line) = library.catalogue.get(&item.procedure) else { continue };
        let of = |run: &&&Summary| run.procedure.as_deref() == Some(item.procedure.as_str());
        let own: Vec<Summary> = runs.iter().filter(of).map(|run| (*run).clone()).collect();
        let applies = item.when.as_ref().is_none_or(|when| holds(when, scope));
        if applies || !own.is_empty() {
            items.push(BoardItem { line: line.clone(), must: applies && item.need == Demand::Must, runs: own });
        }
    }
    items
}

fn other(run: &Summary) -> Option<OtherRun> {
    Some(OtherRun {
        id: run.id.clone(),
        procedure: run.procedure.clone()?,
        outcomes: run.outcomes.clone(),
        closed: run.state == State::Closed,
    })
}

/// Conditions of a programme ask for no run: they are looked at over one of nothing.
fn no_procedure() -> Procedure {
    Procedure {
        schema: SCHEMA,
        id: String::new(),
        version: 1,
        family: String::new(),
        title: Text::same(""),
        summary: Text::same(""),
        sources: Vec::new(),
        carries: Vec::new(),
        repeats: Repeats::Once,
        notice: None,
        forms: Vec::new(),
        papers: Vec::new(),
        stages: Vec::new(),
        deadlines: Vec::new(),
        close: Vec::new(),
        outcomes: Vec::new(),
    }
}
