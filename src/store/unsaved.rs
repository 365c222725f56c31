//! Taking what could not be saved elsewhere: as words to paste, as files to send.

use super::Store;
use super::outbox::Entry;
use crate::browser::clock;
use crate::browser::files::Part;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sitebook_core::ledger::Change;
use sitebook_core::text::Lang;
use sitebook_core::work::{Words, change_words};

/// One entry in the file.
#[derive(Debug, Serialize)]
struct Row<'a> {
    record: &'a str,
    number: Option<&'a str>,
    at: i64,
    tz: i16,
    actor: &'a str,
    words: Vec<String>,
    changes: &'a [Change],
    photos: Vec<Photo<'a>>,
}

/// A photo or signature in the file.
#[derive(Debug, Serialize)]
struct Photo<'a> {
    sha256: &'a str,
    mime: &'a str,
    data: String,
}

/// The whole file.
#[derive(Debug, Serialize)]
struct Unsaved<'a> {
    unsaved: Vec<Row<'a>>,
}

impl Store {
    /// What is not saved, in words, a line an entry: when, which record, what, who.
    pub fn unsaved_words(self, lang: Lang) -> String {
        let line = |entry: &Entry| {
            let number = entry.view.record.number().unwrap_or_default();
            let what = self.words_of(entry, lang).join("; ");
            format!("{} {number} {what} ({})", entry.job.now.date_time(), entry.job.actor)
        };
        self.outbox.entries().iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn words_of(self, entry: &Entry, lang: Lang) -> Vec<String> {
        let content = self.content();
        let Some(scope) = entry.view.scope(&content.library) else { return Vec::new() };
        let words = Words::Visit(&scope);
        entry.changes.iter().map(|change| change_words(change, &words).get(lang).to_owned()).collect()
    }

    /// What is not saved as files that other apps take: the words, and each photo.
    pub fn unsaved_parts(self, lang: Lang) -> Vec<Part> {
        let words = self.unsaved_words(lang).into_bytes();
        let mut parts =
            vec![Part { name: "sitebook-unsaved.txt".to_owned(), mime: "text/plain".to_owned(), bytes: words }];
        for entry in self.outbox.entries() {
            for blob in entry.job.blobs {
                let kind = blob.attachment.mime.rsplit('/').next().unwrap_or("jpg").to_owned();
                let short = blob.attachment.sha256.get(..12).unwrap_or_default().to_owned();
                parts.push(Part { name: format!("{short}.{kind}"), mime: blob.attachment.mime, bytes: blob.bytes });
            }
        }
        parts
    }

    /// What is not saved as one file with everything: words, changes, bytes.
    pub fn unsaved_file(self, lang: Lang) -> Option<Part> {
        let entries = self.outbox.entries();
        let row = |entry: &'_ Entry| {
            let job = &entry.job;
            let photo = |blob: &'_ super::commit::NewBlob| STANDARD.encode(&blob.bytes);
            (self.words_of(entry, lang), job.blobs.iter().map(photo).collect::<Vec<_>>())
        };
        let made: Vec<_> = entries.iter().map(row).collect();
        let rows = entries.iter().zip(made).map(|(entry, (words, data))| {
            let job = &entry.job;
            let photos = job.blobs.iter().zip(data).map(|(blob, data)| {
                let attachment = &blob.attachment;
                Photo { sha256: &attachment.sha256, mime: &attachment.mime, data }
            });
            Row {
                record: job.record.as_str(),
                number: entry.view.record.number(),
                at: job.now.at,
                tz: job.now.tz,
                actor: &job.actor,
                words,
                changes: &entry.changes,
                photos: photos.collect(),
            }
        });
        let file = Unsaved { unsaved: rows.collect() };
        let bytes = (sitebook_core::json::write(&file).ok()? + "\n").into_bytes();
        let name = format!("sitebook-unsaved-{}.json", clock::now().compact_date());
        Some(Part { name, mime: "application/json".to_owned(), bytes })
    }
}
