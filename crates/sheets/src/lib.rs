//! A [`Book`] as the bytes of an `.xlsx` file: real numbers and dates, and text that stays text.
//!
//! It must not know what the sheets are about. It is a crate of its own because the writer behind it is heavy: only the
//! part of the app that exports spreadsheets links it.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use sitebook_core::print::{Book, Sheet, SheetCell};
use sitebook_core::time::Stamp;

/// Longest text of a cell, in characters; a spreadsheet refuses longer ones.
const LONGEST: usize = 32_767;
/// Days between 1899-12-30, from which spreadsheets count, and 1970-01-01.
const EPOCH: f64 = 25_569.0;
const DAY_MS: f64 = 86_400_000.0;
/// Narrowest and widest column, in letters.
const WIDTHS: (usize, usize) = (8, 48);
/// Rows by whose words a column's width is measured.
const MEASURED: usize = 200;

/// How kinds of cells look.
struct Looks {
    head: Format,
    moment: Format,
    date: Format,
    time: Format,
    /// Text that a spreadsheet would take for a formula when somebody goes into the cell and out again.
    guarded: Format,
}

/// Writes a book.
///
/// # Errors
/// When the writer refuses a sheet, which the names and sizes that the core gives do not let happen.
pub fn xlsx(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks {
        head: Format::new().set_bold().set_text_wrap(),
        moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        date: Format::new().set_num_format("yyyy-mm-dd"),
        time: Format::new().set_num_format("hh:mm"),
        guarded: Format::new().set_quote_prefix(),
    };
    let mut workbook = Workbook::new();
    for sheet in &book.sheets {
        write(workbook.add_worksheet(), sheet, &looks)?;
    }
    workbook.save_to_buffer()
}

fn write(worksheet: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    for (column, heading) in (0..).zip(&sheet.columns) {
        worksheet.write_string_with_format(0, column, clipped(heading), &looks.head)?;
        worksheet.set_column_width(column, width(sheet, usize::from(column)))?;
    }
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                SheetCell::Empty => continue,
                SheetCell::Text(words) if looks_like_formula(words) => {
                    worksheet.write_string_with_format(row, column, clipped(words), &looks.guarded)?
                }
                SheetCell::Text(words) => worksheet.write_string(row, column, clipped(words))?,
                SheetCell::Number(number) if number.is_finite() => worksheet.write_number(row, column, *number)?,
                SheetCell::Number(_) => continue,
                SheetCell::Moment(at) => worksheet.write_number_with_format(row, column, serial(*at), &looks.moment)?,
                SheetCell::Date(at) => {
                    worksheet.write_number_with_format(row, column, serial(*at).floor(), &looks.date)?
                }
                SheetCell::Time(at) => {
                    worksheet.write_number_with_format(row, column, serial(*at).fract(), &looks.time)?
                }
            };
        }
    }
    worksheet.set_freeze_panes(1, 0)?;
    if let (false, Some(last)) = (sheet.rows.is_empty(), sheet.columns.len().checked_sub(1)) {
        let (rows, last) =
            (u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX), u16::try_from(last).unwrap_or(u16::MAX));
        worksheet.autofilter(0, 0, rows, last)?;
    }
    Ok(())
}

/// Whether a spreadsheet would reckon with these words if they were typed.
fn looks_like_formula(words: &str) -> bool {
    words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// At most as much as a cell holds.
fn clipped(words: &str) -> String {
    words.chars().take(LONGEST).collect()
}

/// The day and time of its own place as spreadsheets count them.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of this century fit a double")]
fn serial(at: Stamp) -> f64 {
    let local = at.at + i64::from(at.tz) * 60_000;
    EPOCH + local as f64 / DAY_MS
}

/// About as wide as its words: a Chinese letter takes the room of two.
fn width(sheet: &Sheet, column: usize) -> u32 {
    let letters = |words: &str| words.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let of = |cell: &SheetCell| match cell {
        SheetCell::Text(words) => words.lines().map(letters).max().unwrap_or(0),
        SheetCell::Moment(_) => 16,
        SheetCell::Date(_) | SheetCell::Number(_) => 10,
        SheetCell::Time(_) | SheetCell::Empty => 0,
    };
    let cells = sheet.rows.iter().take(MEASURED).filter_map(|row| row.get(column)).map(of);
    let heading = sheet.columns.get(column).map_or(0, |heading| letters(heading));
    let wide = cells.chain([heading]).max().unwrap_or(0) + 2;
    u32::try_from(wide.clamp(WIDTHS.0, WIDTHS.1)).unwrap_or(u32::MAX)
}
