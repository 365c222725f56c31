//! A form filled from a visit, or left blank to be filled by hand.

use super::PaperCode;
use super::photos::photo_views;
use super::view::{BlockView, CellView, DeviationView, FormView, SlotView};
use super::words::{blank_words, cell_words, column_words, long_choices};
use crate::ids::RecordId;
use crate::ledger::{FactKind, Record};
use crate::template::{Block, CaptureKind, Cell, Form, Format, Item, Library, Procedure, SignSlot, TableColumn};
use crate::text::{Lang, Text};
use crate::value::Value;
use crate::work::{Around, Run, Scope, StepState, changed_since, holds, lines_of};

/// Lines of a table that is filled in by hand.
const BLANK_LINES: u32 = 6;

/// The forms that belong to a visit now, in the order of its procedure.
pub fn forms_of<'a>(scope: &Scope<'a>) -> Vec<&'a Form> {
    scope
        .procedure
        .forms
        .iter()
        .filter_map(|id| scope.form(id))
        .filter(|form| form.when.as_ref().is_none_or(|when| holds(when, scope)))
        .collect()
}

/// Fills a form.
pub fn resolve(form: &Form, lang: Lang, scope: &Scope<'_>) -> FormView {
    let number = scope.visit.number().unwrap_or_default();
    let (company, own) = letterhead(form, lang, scope);
    let filler = Filler { lang, scope, blank: false };
    FormView {
        number: format!("{number}/{}", form.printed_code()),
        company,
        own,
        void: scope.visit.is_void(),
        seal: PaperCode::of(form, scope),
        ..filler.form(form)
    }
}

/// A form with nothing filled in, as the procedure would fill it: every answer with an open box, lines to write on.
pub fn blank(form: &Form, lang: Lang, library: &Library, procedure: &Procedure) -> FormView {
    let (visit, around) = (Record::new(RecordId::at(0, [0; 10])), Around::default());
    let scope = Scope::new(library, procedure, &visit, &around);
    let filler = Filler { lang, scope: &scope, blank: true };
    FormView { blank: true, ..filler.form(form) }
}

/// Company on the letterhead, and whether it is the engineer's own. Who comes in another company's name shows nothing
/// of their own on any form of that visit.
fn letterhead(form: &Form, lang: Lang, scope: &Scope<'_>) -> (String, bool) {
    let company = scope.visit.text("visit.company").unwrap_or_default();
    let agreed = scope.value("order.identity").is_some_and(|identity| identity.equals("agreed"));
    if !form.letterhead.is_empty() {
        let words = cell_words(&form.letterhead, Format::Plain, lang, scope);
        let own = words == company && !agreed;
        return (words, own);
    }
    if agreed {
        let unit = scope.value("order.identity-unit");
        return (unit.as_ref().and_then(Value::as_text).unwrap_or_default().to_owned(), false);
    }
    (company.to_owned(), true)
}

/// Fills the blocks of one form.
pub(super) struct Filler<'s, 'a> {
    pub(super) lang: Lang,
    pub(super) scope: &'s Scope<'a>,
    /// Nothing is known; what can be chosen is printed with open boxes.
    pub(super) blank: bool,
}

impl Filler<'_, '_> {
    fn form(&self, form: &Form) -> FormView {
        FormView {
            id: form.id.clone(),
            code: form.printed_code().to_owned(),
            number: String::new(),
            version: form.version,
            title: self.words(&form.title),
            company: String::new(),
            own: form.letterhead.is_empty(),
            keep: self.words(&form.keep),
            sources: form.sources.clone(),
            landscape: form.landscape,
            void: false,
            blank: false,
            seal: None,
            blocks: form.blocks.iter().filter_map(|block| self.block(block)).collect(),
        }
    }

    pub(super) fn words(&self, text: &Text) -> String {
        text.get(self.lang).to_owned()
    }

    fn block(&self, block: &Block) -> Option<BlockView> {
        if let Block::Verdicts { from, .. } | Block::Table { from, .. } = block
            && self.is_other_list(from)
        {
            return None;
        }
        Some(match block {
            Block::Grid { title, cells } => {
                BlockView::Grid { title: title.as_ref().map(|title| self.words(title)), rows: self.grid_rows(cells) }
            }
            Block::Table { title, from, columns, min_lines } => BlockView::Table {
                title: self.words(title),
                columns: columns.iter().map(|column| (self.words(&column.label), column.width)).collect(),
                rows: self.table_rows(from, columns, *min_lines),
            },
            Block::Verdicts { title, from } => return self.verdicts(title, from),
            Block::Series { title, from } => return self.series(title, from),
            Block::Score { title, from } => return self.score(title, from),
            Block::Checks { title, from } => BlockView::Checks {
                title: self.words(title),
                items: from.iter().flat_map(|key| self.check_items(key)).collect(),
            },
            Block::Text { title, from, lines } => {
                let words =
                    from.iter().map(|key| cell_words(std::slice::from_ref(key), Format::Plain, self.lang, self.scope));
                let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
                let lines = if self.blank { (*lines).max(6) } else { *lines };
                BlockView::Text { title: self.words(title), text: words.join("\n"), lines }
            }
            Block::Note { text } => BlockView::Note { text: self.words(text) },
            Block::Photos { title, from } => {
                let photos = photo_views(from.iter().flat_map(|key| self.scope.visit.photos(key)), self.lang);
                if photos.is_empty() {
                    return None;
                }
                BlockView::Photos { title: self.words(title), photos }
            }
            Block::Deviations { title } => {
                let rows = self.deviations();
                if rows.is_empty() && !self.blank {
                    return None;
                }
                BlockView::Deviations { title: self.words(title), rows }
            }
            Block::Signatures { slots } => {
                BlockView::Signatures { slots: slots.iter().map(|slot| self.slot(slot)).collect() }
            }
        })
    }

    /// Whether this is a list to work through that is not used here: another one stands in its place. On a blank
    /// paper, which knows of no list of a customer's, the general one is printed.
    fn is_other_list(&self, key: &str) -> bool {
        let procedure = self.scope.procedure;
        match procedure.capture(key).map(|capture| &capture.kind) {
            Some(CaptureKind::Table { lines: Some(_), .. }) => {
                lines_of(key, self.scope).is_empty() && self.scope.visit.rows(key).is_empty()
            }
            Some(CaptureKind::Verdicts { .. }) if !self.blank => {
                let mut path = key.split('.');
                let stage = path.next().and_then(|stage| procedure.stage(stage));
                let step = stage.zip(path.next()).and_then(|(stage, id)| stage.steps.iter().find(|step| step.id == id));
                let whens = [stage.and_then(|stage| stage.when.as_ref()), step.and_then(|step| step.when.as_ref())];
                whens.into_iter().flatten().any(|when| !holds(when, self.scope))
            }
            _ => false,
        }
    }

    fn grid_rows(&self, cells: &[Cell]) -> Vec<Vec<CellView>> {
        let mut rows: Vec<Vec<CellView>> = Vec::new();
        let mut used = 12;
        for cell in cells {
            let span = cell.span.clamp(1, 12);
            if used + span > 12 {
                rows.push(Vec::new());
                used = 0;
            }
            used += span;
            let (value, choices) = if self.blank {
                let choices = long_choices(&cell.from, cell.format, self.lang, self.scope);
                (blank_words(&cell.from, cell.format, self.lang, self.scope), choices)
            } else {
                (cell_words(&cell.from, cell.format, self.lang, self.scope), String::new())
            };
            let view = CellView { label: self.words(&cell.label), value, choices, span, lines: cell.lines };
            if let Some(row) = rows.last_mut() {
                row.push(view);
            }
        }
        rows
    }

    fn table_rows(&self, from: &str, columns: &[TableColumn], min_lines: u32) -> Vec<Vec<String>> {
        let known = self.scope.kind(from).and_then(CaptureKind::columns).unwrap_or_default();
        let mut rows: Vec<Vec<String>> = self
            .scope
            .visit
            .rows(from)
            .into_iter()
            .enumerate()
            .map(|(index, (_, row))| {
                let cell = |column: &TableColumn| {
                    if column.column == "#" {
                        return (index + 1).to_string();
                    }
                    let kind = known.iter().find(|candidate| candidate.id == column.column);
                    column_words(kind, row.value(&column.column), self.lang)
                };
                columns.iter().map(cell).collect()
            })
            .collect();
        let least = if self.blank { min_lines.max(BLANK_LINES) } else { min_lines };
        while rows.len() < least as usize {
            rows.push(vec![String::new(); columns.len()]);
        }
        rows
    }

    /// The boxes of a checklist, or one box for a step: ticked when the step is done.
    pub(super) fn check_items(&self, key: &str) -> Vec<(bool, String)> {
        let scope = self.scope;
        if let Some(CaptureKind::Checklist { items }) = scope.procedure.capture(key).map(|capture| &capture.kind) {
            let item = |item: &Item| {
                let ticked = scope.visit.value(&format!("{key}.{}", item.id)).is_some_and(Value::is_true);
                (ticked, self.words(&item.text))
            };
            return items.iter().filter(|item| self.applies(item.when.as_ref())).map(item).collect();
        }
        let stage = key.split('.').next().and_then(|stage| scope.procedure.stage(stage));
        let Some((stage, step)) = stage.zip(scope.procedure.step(key)) else {
            return Vec::new();
        };
        if self.blank {
            return vec![(false, self.words(&step.title))];
        }
        match Run::new(scope).step(stage, step).state {
            StepState::Hidden => Vec::new(),
            state => vec![(state == StepState::Done, self.words(&step.title))],
        }
    }

    /// Whether something is printed. On a blank paper everything is: who fills it in decides.
    pub(super) fn applies(&self, when: Option<&crate::template::Predicate>) -> bool {
        self.blank || when.is_none_or(|when| holds(when, self.scope))
    }

    fn deviations(&self) -> Vec<DeviationView> {
        if self.blank {
            return vec![DeviationView::default(); 2];
        }
        let rows = Run::new(self.scope).deviations().into_iter().filter_map(|deviation| {
            let FactKind::Override { reason, approver } = deviation.fact.kind else {
                return None;
            };
            Some(DeviationView {
                what: self.words(&deviation.what),
                clause: deviation.clause,
                reason,
                approver,
                at: deviation.fact.touch.stamp().date_time(),
                by: deviation.fact.touch.actor,
            })
        });
        rows.collect()
    }

    fn slot(&self, slot: &SignSlot) -> SlotView {
        let mut view = SlotView {
            label: self.words(&slot.label),
            name: String::new(),
            role: String::new(),
            at: String::new(),
            image: None,
            seal: slot.seal,
            stale: false,
        };
        let signature = slot.from.as_deref().and_then(|key| self.scope.visit.signature(key));
        if let Some(fact) = signature
            && let FactKind::Signature { name, role, image, .. } = &fact.kind
        {
            view.name.clone_from(name);
            view.role.clone_from(role);
            view.image = Some(image.sha256.clone());
            view.at = fact.touch.stamp().date_time();
            view.stale = !changed_since(fact, self.scope).is_empty();
        }
        view
    }
}
