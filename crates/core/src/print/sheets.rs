//! Records as sheets of a spreadsheet: the list first, then one sheet for each form, and one for each table of a form.
//!
//! Numbers stay numbers and moments stay moments; what they look like is the matter of whoever writes the file. It must
//! not know any file format.

use super::resolve::{Filler, forms_of};
use super::sheet_parts::{Growing, Names};
use super::words::{cell_words, column_words, words_of_value};
use crate::ledger::{FactKind, Record};
use crate::listing::Row;
use crate::template::{
    Block, Capture, CaptureKind, Cell as FormCell, Form, Format, RecordTemplate, SignSlot, verdict_words,
};
use crate::text::{Lang, Text};
use crate::time::Stamp;
use crate::value::Value;
use crate::work::{Run, Scope};
use std::collections::BTreeMap;

/// Sheets, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Book {
    /// The sheets; the first is the list.
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name: legal in a spreadsheet, and no other sheet has it.
    pub name: String,
    /// Headings of the columns.
    pub columns: Vec<String>,
    /// The rows; one may be shorter than the headings.
    pub rows: Vec<Vec<SheetCell>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum SheetCell {
    /// Nothing.
    #[default]
    Empty,
    /// Words; never a formula, however they begin.
    Text(String),
    /// A number.
    Number(f64),
    /// A moment, shown with date and time of its own place.
    Moment(Stamp),
    /// A moment of which only the date matters.
    Date(Stamp),
    /// A moment of which only the time matters.
    Time(Stamp),
}

/// Most rows below the headings: a spreadsheet has 1,048,576.
const MOST_ROWS: usize = 1_048_575;

const LIST: Text = Text::of("清单", "List");
const NUMBER: Text = Text::of("编号", "Number");
const CUSTOMER: Text = Text::of("客户", "Customer");
const LINE: Text = Text::of("序号", "No.");
const TICKED: Text = Text::of("{0}（已勾）", "{0} (ticked)");
const TICKS: Text = Text::of("{0}（共）", "{0} (of)");
const SIGNED_BY: Text = Text::of("{0}（签字人）", "{0} (signed by)");
const SIGNED_AT: Text = Text::of("{0}（签字时间）", "{0} (signed at)");
const ITEM: Text = Text::of("检查项目", "Item");
const MEASURED: Text = Text::of("实测值", "Measured");
const ANSWER: Text = Text::of("结论", "Answer");
const FINDING: Text = Text::of("问题与处理", "Finding");
const POINTS: Text = Text::of("合计", "Total");
static YES: Text = Text::of("是", "Yes");
static NO: Text = Text::of("否", "No");
const LIST_HEADS: [Text; 13] = [
    NUMBER,
    CUSTOMER,
    Text::of("机房", "Site"),
    Text::of("内容", "About"),
    Text::of("工作类型", "Kind of work"),
    Text::of("流程", "Procedure"),
    Text::of("状态", "State"),
    Text::of("日期", "Day"),
    Text::of("最近修改", "Last change"),
    Text::of("经手人", "Begun by"),
    Text::of("已完成步骤", "Steps done"),
    Text::of("步骤总数", "Steps in all"),
    Text::of("偏离", "Deviations"),
];

/// Words of the app that stand in the list, in one language.
pub struct ListWords<'a> {
    /// What the place where a record stands is called.
    pub standing: &'a dyn Fn(&Row) -> String,
    /// What a kind of work is called.
    pub work: &'a dyn Fn(&str) -> String,
}

/// Makes the sheets, record by record.
#[derive(Debug)]
pub struct BookMaker {
    lang: Lang,
    tz: i16,
    list: Vec<Vec<SheetCell>>,
    /// By a key that sorts forms by procedure order: the order in which they came.
    order: Vec<String>,
    sheets: BTreeMap<String, Growing>,
}

fn text(words: impl Into<String>) -> SheetCell {
    let words = words.into();
    if words.is_empty() { SheetCell::Empty } else { SheetCell::Text(words) }
}

#[expect(clippy::cast_precision_loss, reason = "steps and lines are few")]
fn number(count: usize) -> SheetCell {
    SheetCell::Number(count as f64)
}

impl BookMaker {
    /// No sheets yet. Moments without an offset of their own are shown at this one.
    pub fn new(lang: Lang, tz: i16) -> BookMaker {
        BookMaker { lang, tz, list: Vec::new(), order: Vec::new(), sheets: BTreeMap::new() }
    }

    fn say(&self, words: &Text) -> String {
        words.get(self.lang).to_owned()
    }

    /// Adds a row to the list.
    pub fn line(&mut self, row: &Row, words: &ListWords<'_>) {
        let at = |at: i64| SheetCell::Moment(Stamp { at, tz: self.tz });
        let line = &row.line;
        let procedure = line.title.as_ref().map(|title| self.say(title)).unwrap_or_default();
        let progress = line.progress.as_ref();
        let count = |count: Option<usize>| count.map_or(SheetCell::Empty, number);
        self.list.push(vec![
            text(line.number.clone().unwrap_or_default()),
            text(row.customer.clone()),
            text(row.site.clone()),
            text(row.about.clone()),
            text((words.work)(&row.work)),
            text(procedure),
            text((words.standing)(row)),
            at(row.at),
            at(line.updated),
            text(line.by.clone()),
            count(progress.map(|progress| progress.done)),
            count(progress.map(|progress| progress.total)),
            count(progress.map(|progress| progress.deviations)),
        ]);
    }

    fn sheet(&mut self, key: &str, title: String) -> &mut Growing {
        if !self.sheets.contains_key(key) {
            self.order.push(key.to_owned());
        }
        let sheet = self.sheets.entry(key.to_owned()).or_default();
        if sheet.title.is_empty() {
            sheet.title = title;
        }
        sheet
    }

    /// Adds a basic record to the sheet of its kind; `names` are those of the records that it refers to.
    pub fn basic(&mut self, record: &Record, template: &RecordTemplate, names: &BTreeMap<String, String>) {
        let (lang, title) = (self.lang, self.say(&template.title));
        let sheet = self.sheet(&template.id, title);
        sheet.row();
        if let Some(number) = record.number() {
            sheet.put("#", NUMBER.get(lang).to_owned(), text(number));
        }
        for field in &template.fields {
            let value = record.value(&field.id);
            let cell = value.map_or(SheetCell::Empty, |value| basic_cell(field, value, names, lang));
            sheet.put(&field.id, field.label.get(lang).to_owned(), cell);
        }
    }

    /// Adds the forms of a visit: a row on the sheet of each, and the rows of their tables on sheets of their own.
    pub fn visit(&mut self, scope: &Scope<'_>) {
        for form in forms_of(scope) {
            self.form(form, scope);
        }
    }

    fn lead(&self, scope: &Scope<'_>) -> [(String, SheetCell); 2] {
        let customer = scope.value("customer.name");
        let customer = customer.as_ref().and_then(Value::as_text).unwrap_or_default().to_owned();
        [(self.say(&NUMBER), text(scope.visit.number().unwrap_or_default())), (self.say(&CUSTOMER), text(customer))]
    }

    fn form(&mut self, form: &Form, scope: &Scope<'_>) {
        let lead = self.lead(scope);
        let filler = Filler { lang: self.lang, scope, blank: false };
        let lang = self.lang;
        let sheet = self.sheet(&form.id, format!("{} {}", form.id, form.title.get(lang)));
        sheet.row();
        for (place, (heading, cell)) in lead.into_iter().enumerate() {
            sheet.put(&format!("#{place}"), heading, cell);
        }
        for (index, block) in form.blocks.iter().enumerate() {
            match block {
                Block::Grid { cells, .. } => {
                    for cell in cells {
                        let key = format!("{}{:?}", cell.from.join("+"), cell.format);
                        sheet.put(&key, cell.label.get(lang).to_owned(), grid_cell(cell, lang, scope));
                    }
                }
                Block::Text { title, from, .. } => {
                    let words =
                        from.iter().map(|key| cell_words(std::slice::from_ref(key), Format::Plain, lang, scope));
                    let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
                    sheet.put(&from.join("+"), title.get(lang).to_owned(), text(words.join("\n")));
                }
                Block::Checks { title, from } => {
                    let items: Vec<bool> =
                        from.iter().flat_map(|key| filler.check_items(key)).map(|(ticked, _)| ticked).collect();
                    let title = title.get(lang);
                    let ticked = items.iter().filter(|ticked| **ticked).count();
                    sheet.put(&format!("{index}✓"), TICKED.with(&[title]).get(lang).to_owned(), number(ticked));
                    sheet.put(&format!("{index}/"), TICKS.with(&[title]).get(lang).to_owned(), number(items.len()));
                }
                Block::Score { title, from } => score(sheet, title, from, lang, scope),
                Block::Photos { title, from } => {
                    let photos = from.iter().flat_map(|key| scope.visit.facts(key)).count();
                    sheet.put(&from.join("+"), title.get(lang).to_owned(), number(photos));
                }
                Block::Deviations { title } => {
                    let deviations = Run::new(scope).deviations().len();
                    sheet.put("!", title.get(lang).to_owned(), number(deviations));
                }
                Block::Signatures { slots } => slots.iter().for_each(|slot| signature(sheet, slot, lang, scope)),
                Block::Note { .. } | Block::Table { .. } | Block::Series { .. } | Block::Verdicts { .. } => {}
            }
        }
        for block in &form.blocks {
            match block {
                Block::Table { title, from, .. } | Block::Series { title, from } => {
                    self.table(form, title, from, scope);
                }
                Block::Verdicts { title, from } => self.verdicts(form, title, from, scope),
                _ => {}
            }
        }
    }

    /// A new row of a sheet that stands beside a form, with what leads to the visit.
    fn beside(&mut self, form: &Form, title: &Text, from: &str, line: usize, scope: &Scope<'_>) -> &mut Growing {
        let lead = self.lead(scope);
        let (lang, heading) = (self.lang, self.say(&LINE));
        let sheet = self.sheet(&format!("{} {from}", form.id), format!("{} {}", form.id, title.get(lang)));
        sheet.row();
        for (place, (heading, cell)) in lead.into_iter().enumerate() {
            sheet.put(&format!("#{place}"), heading, cell);
        }
        sheet.put("#line", heading, number(line));
        sheet
    }

    fn table(&mut self, form: &Form, title: &Text, from: &str, scope: &Scope<'_>) {
        let lang = self.lang;
        let Some(columns) = scope.kind(from).and_then(CaptureKind::columns) else { return };
        for (index, (_, row)) in scope.visit.rows(from).into_iter().enumerate() {
            let sheet = self.beside(form, title, from, index + 1, scope);
            for column in columns.iter() {
                let cell = match row.value(&column.id) {
                    Some(Value::Number(number)) => SheetCell::Number(*number),
                    Some(Value::Moment(stamp)) => SheetCell::Moment(*stamp),
                    Some(Value::Bool(yes)) => text(if *yes { &YES } else { &NO }.get(lang)),
                    other => text(column_words(Some(column), other, lang)),
                };
                sheet.put(&column.id, column.label.get(lang).to_owned(), cell);
            }
        }
    }

    fn verdicts(&mut self, form: &Form, title: &Text, from: &str, scope: &Scope<'_>) {
        let lang = self.lang;
        let Some(CaptureKind::Verdicts { items, .. }) = scope.kind(from) else { return };
        let filler = Filler { lang, scope, blank: false };
        for (index, item) in items.iter().filter(|item| filler.applies(item.when.as_ref())).enumerate() {
            let key = format!("{from}.{}", item.id);
            let answer = scope.visit.value(&key).and_then(Value::as_text).and_then(verdict_words);
            let measured = match scope.visit.value(&format!("{key}.value")) {
                Some(Value::Number(number)) => SheetCell::Number(*number),
                Some(Value::Text(words)) => text(words.clone()),
                _ => SheetCell::Empty,
            };
            let finding = scope.visit.value(&format!("{key}.note")).and_then(Value::as_text).unwrap_or_default();
            let sheet = self.beside(form, title, from, index + 1, scope);
            sheet.put("item", ITEM.get(lang).to_owned(), text(item.text.get(lang)));
            sheet.put("measured", MEASURED.get(lang).to_owned(), measured);
            sheet.put(
                "answer",
                ANSWER.get(lang).to_owned(),
                text(answer.map(|one| one.get(lang).to_owned()).unwrap_or_default()),
            );
            sheet.put("finding", FINDING.get(lang).to_owned(), text(finding));
        }
    }

    /// The sheets. Rows beyond what a spreadsheet holds are left out.
    pub fn finish(self) -> Book {
        let heads = LIST_HEADS.iter().map(|head| self.say(head)).collect();
        let mut names = Names::default();
        let mut list = Sheet { name: names.take(LIST.get(self.lang)), columns: heads, rows: self.list };
        list.rows.truncate(MOST_ROWS);
        let mut sheets = vec![list];
        let mut grown = self.sheets;
        for key in &self.order {
            let Some(Growing { title, columns, mut rows, .. }) = grown.remove(key) else { continue };
            rows.truncate(MOST_ROWS);
            sheets.push(Sheet { name: names.take(&title), columns, rows });
        }
        Book { sheets }
    }
}

fn basic_cell(field: &Capture, value: &Value, names: &BTreeMap<String, String>, lang: Lang) -> SheetCell {
    match (value, &field.kind) {
        (Value::Number(number), _) => SheetCell::Number(*number),
        (Value::Moment(stamp), _) => SheetCell::Moment(*stamp),
        (Value::Bool(yes), _) => text(if *yes { &YES } else { &NO }.get(lang)),
        (Value::Text(id), CaptureKind::Ref { .. }) => text(names.get(id).cloned().unwrap_or_default()),
        (Value::Text(id), CaptureKind::Choice { options }) => {
            let option = options.iter().find(|option| option.id == *id);
            text(option.map_or(id.as_str(), |option| option.text.get(lang)))
        }
        (Value::Text(words), _) => text(words.clone()),
        (Value::Empty(()), _) => SheetCell::Empty,
    }
}

fn grid_cell(cell: &FormCell, lang: Lang, scope: &Scope<'_>) -> SheetCell {
    if cell.format == Format::Duration {
        let [first, then] = cell.from.as_slice() else { return SheetCell::Empty };
        let between = scope.moment(first).zip(scope.moment(then)).map(|(first, then)| then.at - first.at);
        #[expect(clippy::cast_precision_loss, reason = "minutes of some years")]
        return between
            .filter(|span| *span >= 0)
            .map_or(SheetCell::Empty, |span| SheetCell::Number((span / 60_000) as f64));
    }
    let [key] = cell.from.as_slice() else { return text(cell_words(&cell.from, Format::Plain, lang, scope)) };
    match scope.value(key) {
        Some(Value::Number(number)) => SheetCell::Number(number),
        Some(Value::Moment(stamp)) => match cell.format {
            Format::Date => SheetCell::Date(stamp),
            Format::Time => SheetCell::Time(stamp),
            _ => SheetCell::Moment(stamp),
        },
        Some(Value::Bool(yes)) => text(if yes { &YES } else { &NO }.get(lang)),
        Some(value @ Value::Text(_)) => text(words_of_value(key, &value, lang, scope)),
        Some(Value::Empty(())) => SheetCell::Empty,
        // What is no value: the name of a signer.
        None => text(cell_words(&cell.from, Format::Plain, lang, scope)),
    }
}

fn score(sheet: &mut Growing, title: &Text, from: &str, lang: Lang, scope: &Scope<'_>) {
    let Some(CaptureKind::Score { items, .. }) = scope.kind(from) else { return };
    let points =
        |key: &str| scope.value(key).and_then(|value| value.as_number()).map_or(SheetCell::Empty, SheetCell::Number);
    for item in items {
        let key = format!("{from}.{}", item.id);
        let cell = points(&key);
        sheet.put(&key, item.text.get(lang).to_owned(), cell);
    }
    let key = format!("{from}.total");
    let cell = points(&key);
    sheet.put(&key, format!("{} {}", title.get(lang), POINTS.get(lang)), cell);
}

fn signature(sheet: &mut Growing, slot: &SignSlot, lang: Lang, scope: &Scope<'_>) {
    let Some(key) = slot.from.as_deref() else { return };
    let fact = scope.visit.signature(key);
    let (by, at) = match fact.map(|fact| (&fact.kind, fact.touch.stamp())) {
        Some((FactKind::Signature { name, .. }, at)) => (text(name.clone()), SheetCell::Moment(at)),
        _ => (SheetCell::Empty, SheetCell::Empty),
    };
    let label = slot.label.get(lang);
    sheet.put(&format!("{key}✍"), SIGNED_BY.with(&[label]).get(lang).to_owned(), by);
    sheet.put(&format!("{key}⏱"), SIGNED_AT.with(&[label]).get(lang).to_owned(), at);
}
