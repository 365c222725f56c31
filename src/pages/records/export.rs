//! The present list on its way out: a spreadsheet, a record file, a printed list.

use super::List;
use super::filters::{standing_text, work_words};
use crate::browser::{clock, files};
use crate::i18n::{lang, t, tf, words};
use crate::route::Route;
use crate::spreadsheet;
use crate::widgets::icon::Icon;
use crate::widgets::progress::{Progress, Work};
use crate::widgets::send::hand_over;
use crate::widgets::sheet::Sheet;
use crate::widgets::ui::Told;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::listing::Row;
use sitebook_core::print::ListWords;
use sitebook_core::text::{Lang, Text};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn file_name(list: List, extension: &str) -> String {
    format!("sitebook-{}-{}.{extension}", list.kind.id(), clock::now().compact_date())
}

/// Makes the spreadsheet and saves it. Gives what there is to tell.
async fn spreadsheet_of(list: List, rows: &[Row], lang: Lang, work: Work) -> Text {
    let words = ListWords {
        standing: &|row| standing_text(row.line.kind, row.standing).get(lang).to_owned(),
        work: &|work| if work.is_empty() { String::new() } else { work_words(list.store, work).get(lang).to_owned() },
    };
    let book = match list.store.sheets(rows, lang, &words, &|step| work.tell(step)).await {
        Ok(book) => book,
        Err(error) => return error.words(),
    };
    let (sheets, name) = (book.sheets.len().to_string(), file_name(list, "xlsx"));
    match spreadsheet::xlsx(book).await {
        Err(words) => words,
        Ok(bytes) => match files::save(&name, XLSX, &bytes) {
            Err(error) => error.words(),
            Ok(()) => {
                let size = files::size_words(bytes.len() as u64);
                words::lists::XLSX_DONE.with(&[&name, &rows.len().to_string(), &sheets, &size])
            }
        },
    }
}

/// Makes the record file and saves it. Gives what there is to tell.
async fn bundle_of(list: List, rows: &[Row], work: Work) -> Text {
    let name = file_name(list, "json");
    match list.store.export_rows(&name, rows, &|step| work.tell(step)).await {
        Ok(made) => hand_over(&made, false).await.unwrap_or_else(|| words::EXPORT_DONE.with(&[&name])),
        Err(error) => error.words(),
    }
}

/// The sheet.
#[component]
pub fn ExportSheet(
    /// The list.
    list: List,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let speech = lang();
    let (work, told) = (Work::new(), RwSignal::new(None::<Text>));
    let rows = move || list.found.get_untracked().and_then(Result::ok).map(|found| found.rows).unwrap_or_default();
    let begin = move |as_sheets: bool| {
        if !work.begin() {
            return;
        }
        told.set(None);
        spawn_local(async move {
            let rows = rows();
            let words = if as_sheets {
                spreadsheet_of(list, &rows, speech.now(), work).await
            } else {
                bundle_of(list, &rows, work).await
            };
            work.end();
            let _ = told.try_set(Some(words));
        });
    };
    let what = tf(move || {
        let found = list.found.get().and_then(Result::ok);
        let (count, more) = found.map_or((0, false), |found| (found.rows.len(), found.more));
        let words = if more { &words::lists::EXPORT_MORE } else { &words::lists::EXPORT_WHAT };
        words.with(&[&count.to_string()])
    });
    let print = move || {
        let query = list.filter.with(sitebook_core::listing::Filter::to_query);
        let href = Route::PrintList(list.kind).href();
        if query.is_empty() { href } else { format!("{href}?{query}") }
    };
    let item = move |act: &'static str, icon: &'static str, text: &'static Text, hint: &'static Text, as_sheets| {
        view! {
            <li>
                <button type="button" data-act=act disabled=move || work.is_going() on:click=move |_| begin(as_sheets)>
                    <Icon name=icon/>
                    <span>{t(text)} <span class="hint">{t(hint)}</span></span>
                </button>
            </li>
        }
    };
    view! {
        <Sheet open title=Signal::derive(move || t(&words::lists::EXPORT)().to_owned())>
            <p class="hint">{what}</p>
            <ul class="menu">
                {item("export-xlsx", "file-spreadsheet", &words::lists::XLSX, &words::lists::XLSX_HINT, true)}
                {item("export-list", "download", &words::lists::BUNDLE, &words::lists::BUNDLE_HINT, false)}
                <li>
                    <a href=print data-act="print-list" on:click=move |_| open.set(false)>
                        <Icon name="printer"/>
                        <span>{t(&words::lists::PRINT)} <span class="hint">{t(&words::lists::PRINT_HINT)}</span></span>
                    </a>
                </li>
            </ul>
            <Progress work/>
            <Told words=told/>
        </Sheet>
    }
}
