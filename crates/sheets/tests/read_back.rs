//! What is written is read back by another crate: as a spreadsheet would take it.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::float_cmp)]

use calamine::{Data, Reader, Xlsx};
use sitebook_core::print::{Book, Sheet, SheetCell};
use sitebook_core::time::Stamp;
use sitebook_sheets::xlsx;
use std::io::Cursor;

/// 2026-11-21 12:00 in China.
const NOON: Stamp = Stamp { at: 1_795_233_600_000, tz: 480 };

fn read(book: &Book) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(xlsx(book).unwrap())).unwrap()
}

fn book(name: &str, cells: Vec<SheetCell>) -> Book {
    let columns = cells.iter().map(|_| "列".to_owned()).collect();
    Book { sheets: vec![Sheet { name: name.to_owned(), columns, rows: vec![cells] }] }
}

#[test]
fn text_that_begins_like_a_formula_stays_text() {
    let words = ["=1+1", "+8613800000000", "-48", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "＝1+1", "云岭市 <&>\"'"];
    let mut read = read(&book("清单", words.iter().map(|words| SheetCell::Text((*words).to_owned())).collect()));
    let range = read.worksheet_range("清单").unwrap();
    for (column, words) in words.iter().enumerate() {
        assert_eq!(range.get((1, column)), Some(&Data::String((*words).to_owned())));
    }
    assert_eq!(read.worksheet_formula("清单").unwrap().used_cells().count(), 0, "there is a formula");
}

#[test]
fn moments_are_dates_of_their_own_place_and_numbers_are_numbers() {
    let evening = Stamp { at: NOON.at, tz: -210 };
    let cells = vec![
        SheetCell::Moment(NOON),
        SheetCell::Moment(evening),
        SheetCell::Date(NOON),
        SheetCell::Time(NOON),
        SheetCell::Number(-48.25),
        SheetCell::Empty,
        SheetCell::Number(f64::NAN),
    ];
    let mut read = read(&book("清单", cells));
    let range = read.worksheet_range("清单").unwrap();
    let date = |column| match range.get((1, column)) {
        Some(Data::DateTime(date)) => (date.as_f64() * 1440.0).round() / 1440.0,
        other => panic!("{other:?} is no date"),
    };
    // 2026-11-21 is day 46,347 of spreadsheets.
    assert_eq!(date(0), 46_347.5, "noon in China");
    assert_eq!(date(1), 46_347.0 + 0.5 / 24.0, "half past midnight where it was noted");
    assert_eq!(date(2), 46_347.0);
    assert!(matches!(range.get((1, 3)), Some(Data::DateTime(time)) if (time.as_f64() - 0.5).abs() < 1e-9));
    assert_eq!(range.get((1, 4)), Some(&Data::Float(-48.25)));
    assert!(matches!(range.get((1, 5)), None | Some(Data::Empty)));
    assert!(matches!(range.get((1, 6)), None | Some(Data::Empty)));
}

#[test]
fn sheets_stand_in_their_order_and_a_text_too_long_for_a_cell_is_cut() {
    let long = "字".repeat(40_000);
    let mut whole = book("清单", vec![SheetCell::Text(long)]);
    whole.sheets.push(Sheet { name: "F-33 报告".to_owned(), ..Sheet::default() });
    let mut read = read(&whole);
    assert_eq!(read.sheet_names(), ["清单", "F-33 报告"]);
    let range = read.worksheet_range("清单").unwrap();
    assert!(matches!(range.get((1, 0)), Some(Data::String(words)) if words.chars().count() == 32_767));
}
