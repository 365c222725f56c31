//! Records as sheets: the list first, one sheet a form, legal names, typed cells.

use super::procedure::{Visit, minutes, now};
use sitebook_core::ledger::RecordKind;
use sitebook_core::listing::{Facet, Filter, Row, Sort, chosen, row};
use sitebook_core::print::{Book, BookMaker, ListWords, SheetCell};
use sitebook_core::text::Lang;
use sitebook_core::work::{Summary, summarise};
use std::collections::BTreeMap;

fn words() -> ListWords<'static> {
    ListWords { standing: &|row| row.standing.to_owned(), work: &|work| work.to_owned() }
}

fn row_of(visit: &Visit) -> Row {
    let line = visit.ask(|scope| summarise(&visit.record, &visit.library, Some(scope)).unwrap());
    row(line, "open", &|_| None)
}

fn made(visits: &[Visit]) -> Book {
    let mut maker = BookMaker::new(Lang::En, 480);
    for visit in visits {
        maker.line(&row_of(visit), &words());
        visit.ask(|scope| maker.visit(scope));
    }
    maker.finish()
}

fn text(words: &str) -> SheetCell {
    SheetCell::Text(words.to_owned())
}

#[test]
fn the_list_comes_first_then_each_form_and_each_of_its_tables() {
    let mut visit = Visit::signed();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.tick("enter.checks.list.esd").unwrap();
    let book = made(&[visit]);
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["List", "F-1 Application", "F-1 Objects", "F-2 Report", "F-2 Objects"]);
    let list = &book.sheets[0];
    assert_eq!((list.rows[0][0].clone(), list.rows[0][6].clone()), (text("V-20261121-AAA-01"), text("open")));
    assert!(matches!(list.rows[0][7], SheetCell::Moment(at) if at.at == now().at));
    assert!(matches!(list.rows[0][10], SheetCell::Number(done) if done > 0.0), "{:?}", list.rows[0]);
    let application = &book.sheets[1];
    assert_eq!(application.columns[..3], ["Number", "Customer", "Reason"]);
    assert_eq!(application.rows[0][2], text("掉话"));
    let signed = application.columns.iter().position(|head| head == "Signed (signed at)").unwrap();
    assert!(matches!(application.rows[0][signed], SheetCell::Moment(_)));
    let objects = &book.sheets[2];
    assert_eq!(objects.rows.len(), 2);
    let quantity = objects.columns.iter().position(|head| head == "Quantity").unwrap();
    assert_eq!(objects.rows[1][quantity], SheetCell::Number(2.0));
    let report = &book.sheets[3];
    let ticked = report.columns.iter().position(|head| head == "Checks (ticked)").unwrap();
    assert_eq!(report.rows[0][ticked..ticked + 2], [SheetCell::Number(1.0), SheetCell::Number(1.0)]);
}

#[test]
fn forms_of_several_visits_share_their_sheets() {
    let book = made(&[Visit::signed(), Visit::begin(), Visit::signed()]);
    assert_eq!(book.sheets[0].rows.len(), 3);
    assert_eq!(book.sheets[1].rows.len(), 3);
    assert_eq!(book.sheets[2].rows.len(), 4, "the objects of the two that have some");
}

#[test]
fn names_of_sheets_are_legal_and_no_two_are_the_same() {
    let mut titles: Vec<String> =
        ["[a]:b*c?d/e\\f", "'quoted'", "history", "HISTORY", "", "   "].map(str::to_owned).to_vec();
    titles.extend((0..12).map(|n| format!("{}{n}", "很长的表单名称".repeat(6))));
    titles.push("𠮷".repeat(20));
    let mut maker = BookMaker::new(Lang::Zh, 480);
    let template = |title: &str, id: usize| {
        let mut template = Visit::begin().library.record(RecordKind::Customer).unwrap().clone();
        template.title = sitebook_core::text::Text::same(title);
        template.id = format!("kind-{id}");
        template
    };
    let record = Visit::begin().record;
    for (id, title) in titles.iter().enumerate() {
        maker.basic(&record, &template(title, id), &BTreeMap::new());
    }
    let names: Vec<String> = maker.finish().sheets.into_iter().map(|sheet| sheet.name).collect();
    assert_eq!(names.len(), titles.len() + 1);
    for (place, name) in names.iter().enumerate() {
        assert!((1..=31).contains(&name.encode_utf16().count()), "{name}");
        assert!(
            !name.contains(['[', ']', ':', '*', '?', '/', '\\']) && !name.starts_with('\'') && !name.ends_with('\'')
        );
        assert!(!name.eq_ignore_ascii_case("history"));
        let same = names.iter().filter(|other| other.to_lowercase() == name.to_lowercase()).count();
        assert_eq!(same, 1, "{name} at {place} is there twice");
    }
}

/// Visits begun so many minutes from noon, of these customers, by these people.
fn rows(of: &[(i64, &str, &str)]) -> Vec<Row> {
    let base = row_of(&Visit::begin());
    let made = of.iter().enumerate().map(|(n, (at, customer, by))| {
        let line = Summary { id: format!("0-{n}"), by: (*by).to_owned(), ..base.line.clone() };
        Row {
            at: minutes(*at).at,
            customer_id: (*customer).to_owned(),
            customer: format!("公司 {customer}"),
            line,
            ..base.clone()
        }
    });
    made.collect()
}

#[test]
fn a_filter_takes_days_as_the_reader_counts_them() {
    let rows = rows(&[
        (0, "a", "Li"),
        (11 * 60 + 59, "a", "Li"),
        (12 * 60, "b", "Wu"),
        (-12 * 60, "b", "Li"),
        (-12 * 60 - 1, "b", "Li"),
    ]);
    let mut filter = Filter::default();
    filter.set(Facet::From, "2026-11-21");
    filter.set(Facet::To, "2026-11-21");
    assert_eq!(chosen(&rows, &filter, 480), [1, 0, 3], "midnight to midnight in China, latest first");
    assert_eq!(chosen(&rows, &filter, 0), [2, 1, 0]);
    filter.set(Facet::Person, "Li");
    filter.set(Facet::Customer, "b");
    assert_eq!(chosen(&rows, &filter, 480), [3]);
    filter.sort = Sort::Oldest;
    filter.set(Facet::From, "");
    assert_eq!(chosen(&rows, &filter, 480), [4, 3]);
}

#[test]
fn a_filter_is_read_back_from_its_address() {
    let mut filter = Filter::default();
    filter.words = "云岭 OLT&=%?#".to_owned();
    filter.sort = Sort::Customer;
    filter.set(Facet::Person, "李 伟");
    filter.set(Facet::Standing, "closed");
    let query = filter.to_query();
    assert!(query.is_ascii() && !query.contains([' ', '#', '?']), "{query}");
    assert_eq!(Filter::from_query(&query), filter);
    assert_eq!(Filter::from_query("at=7&nonsense&x=1&sort=never&by=%E6%9D%8"), {
        let mut odd = Filter::default();
        odd.set(Facet::Person, "\u{FFFD}%8");
        odd
    });
    assert_eq!(Filter::default().to_query(), "");
}
