//! Chosen records on their way out: as sheets of a spreadsheet, or as a bundle with everything around them.

use super::going::{Step, Tell, go_on};
use super::transfer::Made;
use super::{Store, StoreError};
use crate::browser::clock;
use crate::browser::sink::Sink;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind};
use sitebook_core::listing::Row;
use sitebook_core::print::{Book, BookMaker, ListWords};
use sitebook_core::text::Lang;
use sitebook_core::work::Around;
use std::collections::{BTreeMap, BTreeSet};

/// With more records the bundle lies on the disk while it is made.
const LARGE: usize = 100;
/// So often it is told how far the sheets are.
const TELL_EVERY: usize = 10;

impl Store {
    /// The sheets of these rows: the list, and the forms of each record.
    ///
    /// # Errors
    /// When the database cannot be read, or the user stops it.
    pub async fn sheets(
        self,
        rows: &[Row],
        lang: Lang,
        words: &ListWords<'_>,
        tell: Tell<'_>,
    ) -> Result<Book, StoreError> {
        let mut maker = BookMaker::new(lang, clock::now().tz);
        for (done, row) in rows.iter().enumerate() {
            if done % TELL_EVERY == 0 {
                go_on(tell, Step::Records(done, rows.len()))?;
            }
            maker.line(row, words);
            let Some(id) = RecordId::parse(&row.line.id) else { continue };
            let Some(view) = self.view(&id).await? else { continue };
            let content = self.content();
            if let Some(scope) = view.scope(&content.library) {
                maker.visit(&scope);
            } else if let Some(template) = view.record.kind().and_then(|kind| content.record(kind)) {
                maker.basic(&view.record, template, &names(&view.around, &content.library));
            }
        }
        Ok(maker.finish())
    }

    /// These records and all that they refer to, as one signed bundle.
    ///
    /// # Errors
    /// When the database cannot be read, the file cannot be written, or the user stops it.
    pub async fn export_rows(self, name: &str, rows: &[Row], tell: Tell<'_>) -> Result<Made, StoreError> {
        let mut ids = BTreeSet::new();
        ids.extend(rows.iter().map(|row| row.line.id.clone()));
        let mut ask: Vec<String> = rows.iter().flat_map(|row| row.line.refs.values().cloned()).collect();
        // A visit names its order, and that its customer, site, contact and equipment.
        for _ in 0..2 {
            ids.extend(ask.iter().cloned());
            ask = self.lines_of(&ask).await?.values().flat_map(|line| line.refs.values().cloned()).collect();
        }
        ids.extend(ask);
        let ids: Vec<String> = ids.into_iter().collect();
        let sink = if ids.len() > LARGE { Sink::large(name).await } else { Sink::pieces(name) };
        self.export_chosen(&ids, &self.profile.now(), sink, tell).await
    }
}

/// The names of the records around one, by id.
fn names(around: &Around, library: &sitebook_core::template::Library) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for record in [&around.customer, &around.site, &around.contact, &around.asset].into_iter().flatten() {
        names.insert(record.id.to_string(), name(record, library));
    }
    names
}

fn name(record: &Record, library: &sitebook_core::template::Library) -> String {
    let template = record.kind().filter(|kind| *kind != RecordKind::Visit).and_then(|kind| library.record(kind));
    template.and_then(|template| record.text(&template.name)).unwrap_or_default().to_owned()
}
