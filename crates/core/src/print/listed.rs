//! Inspection lists, readings and scores as tables: their columns follow from what is captured, not from the form.

use super::resolve::Filler;
use super::view::BlockView;
use super::words::{OPEN, TICKED, column_words};
use crate::template::{CaptureKind, ColumnKind, ScoreItem, VERDICTS, Verdict, verdict_words};
use crate::text::Text;
use crate::value::{Value, number_words};

/// Lines for readings that are written by hand.
const BLANK_READINGS: usize = 12;

const NUMBER: Text = Text::of("序号", "No.");
const ITEM: Text = Text::of("检查项目", "Item");
const STANDARD: Text = Text::of("标准要求", "Standard");
const MEASURED: Text = Text::of("实测值", "Measured");
const FINDING: Text = Text::of("问题与处理", "Finding");
const JUDGED: Text = Text::of("评分项目", "Item");
const MOST: Text = Text::of("满分", "Of");
const POINTS: Text = Text::of("得分", "Points");
const TOTAL: Text = Text::of("合计", "Total");
const PASSED: Text = Text::of("达到要求", "sufficient");
const MISSED: Text = Text::of("未达到要求", "not sufficient");
const NEEDED: Text = Text::of("（要求 {0} 分）", " ({0} needed)");

impl Filler<'_, '_> {
    /// An inspection list: what is inspected, by which standard, what was measured, one box for each answer.
    pub(super) fn verdicts(&self, title: &Text, key: &str) -> Option<BlockView> {
        let CaptureKind::Verdicts { items, measure } = self.scope.kind(key)? else { return None };
        let items: Vec<&Verdict> = items.iter().filter(|item| self.applies(item.when.as_ref())).collect();
        let standards: Vec<String> = items.iter().map(|item| self.standard(item)).collect();
        let has_standard = standards.iter().any(|words| !words.is_empty());
        let mut heads = vec![(self.words(&NUMBER), 10), (self.words(&ITEM), if has_standard { 40 } else { 66 })];
        if has_standard {
            heads.push((self.words(&STANDARD), 34));
        }
        if *measure {
            heads.push((self.words(&MEASURED), 19));
        }
        heads.extend(VERDICTS.iter().filter_map(|id| verdict_words(id)).map(|text| (self.words(&text), 14)));
        heads.push((self.words(&FINDING), 37));
        let row = |(index, (item, standard)): (usize, (&Verdict, String))| {
            let key = format!("{key}.{}", item.id);
            let mut cells = vec![(index + 1).to_string(), self.words(&item.text)];
            if has_standard {
                cells.push(standard);
            }
            if *measure {
                cells.push(self.measured(item, &key));
            }
            let answer = self.scope.visit.value(&key).and_then(Value::as_text);
            let mark = |id: &&str| if answer == Some(*id) { TICKED } else { OPEN }.to_owned();
            cells.extend(VERDICTS.iter().map(mark));
            let note = self.scope.visit.value(&format!("{key}.note")).and_then(Value::as_text);
            cells.push(note.unwrap_or_default().to_owned());
            cells
        };
        let rows = items.into_iter().zip(standards).enumerate().map(row).collect();
        Some(BlockView::Table { title: self.words(title), columns: heads, rows })
    }

    /// The standard of an item in words, with the limits of its measured value.
    fn standard(&self, item: &Verdict) -> String {
        let unit = item.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", self.words(unit)));
        let limits = match (item.min, item.max) {
            (Some(min), Some(max)) => format!("{} ~ {}{unit}", number_words(min), number_words(max)),
            (Some(min), None) => format!("≥ {}{unit}", number_words(min)),
            (None, Some(max)) => format!("≤ {}{unit}", number_words(max)),
            (None, None) => String::new(),
        };
        let words = item.standard.as_ref().map(|standard| self.words(standard)).unwrap_or_default();
        [words, limits].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    fn measured(&self, item: &Verdict, key: &str) -> String {
        let unit = item.unit.as_ref().map(|unit| self.words(unit)).unwrap_or_default();
        let value = match self.scope.visit.value(&format!("{key}.value")) {
            Some(Value::Number(number)) => number_words(*number),
            Some(Value::Text(text)) => text.clone(),
            _ if self.blank && !unit.is_empty() => return format!("\u{3000}\u{3000}{unit}"),
            _ => return String::new(),
        };
        format!("{value} {unit}").trim_end().to_owned()
    }

    /// Readings, one a line, in the order in which they were taken.
    pub(super) fn series(&self, title: &Text, key: &str) -> Option<BlockView> {
        let kind = self.scope.kind(key).filter(|kind| matches!(kind, CaptureKind::Series { .. }))?;
        let columns = kind.columns()?;
        let width = |kind: &ColumnKind| match kind {
            ColumnKind::Moment => 36,
            ColumnKind::Text { .. } => 30,
            ColumnKind::Check => 14,
            ColumnKind::Number { .. } | ColumnKind::Choice { .. } | ColumnKind::Person => 20,
        };
        let mut heads = vec![(self.words(&NUMBER), 12)];
        heads.extend(columns.iter().map(|column| (self.words(&column.label), width(&column.kind))));
        let mut rows: Vec<Vec<String>> = self
            .scope
            .visit
            .rows(key)
            .into_iter()
            .enumerate()
            .map(|(index, (_, row))| {
                let cells = columns.iter().map(|column| column_words(Some(column), row.value(&column.id), self.lang));
                std::iter::once((index + 1).to_string()).chain(cells).collect()
            })
            .collect();
        let least = if self.blank { BLANK_READINGS } else { 1 };
        while rows.len() < least {
            rows.push(vec![String::new(); heads.len()]);
        }
        Some(BlockView::Table { title: self.words(title), columns: heads, rows })
    }

    /// Points of each item, their sum, and whether that passes.
    pub(super) fn score(&self, title: &Text, key: &str) -> Option<BlockView> {
        let CaptureKind::Score { items, pass } = self.scope.kind(key)? else { return None };
        let heads = [(&NUMBER, 8), (&JUDGED, 62), (&MOST, 14), (&POINTS, 16)];
        let points = |key: &str| self.scope.value(key).and_then(|value| value.as_number());
        let words = |number: Option<f64>| number.map(number_words).unwrap_or_default();
        let row = |(index, item): (usize, &ScoreItem)| {
            let got = points(&format!("{key}.{}", item.id));
            vec![(index + 1).to_string(), self.words(&item.text), number_words(item.of), words(got)]
        };
        let mut rows: Vec<Vec<String>> = items.iter().enumerate().map(row).collect();
        let total = points(&format!("{key}.total"));
        let needed = pass.as_ref().and_then(|pass| self.scope.amount(pass));
        let mut sum = self.words(&TOTAL);
        if let Some(needed) = needed {
            sum.push_str(NEEDED.with(&[&number_words(needed)]).get(self.lang));
        }
        let mut reached = words(total);
        if let Some((total, needed)) = total.zip(needed) {
            let verdict = if total >= needed { &PASSED } else { &MISSED };
            reached = format!("{reached} {}", verdict.get(self.lang));
        }
        let most = items.iter().map(|item| item.of).sum();
        rows.push(vec![String::new(), sum, number_words(most), reached]);
        let columns = heads.iter().map(|(text, width)| (self.words(text), *width)).collect();
        Some(BlockView::Table { title: self.words(title), columns, rows })
    }
}
