//! Inspection lists, readings and scores on paper: filled, and blank.

use sitebook_core::ids::{DeviceId, OpId, RecordId, RowId};
use sitebook_core::json::read;
use sitebook_core::ledger::{Change, Head, Record, seal};
use sitebook_core::print::{BlockView, FormView, blank, resolve};
use sitebook_core::template::{Form, Library, Procedure};
use sitebook_core::text::Lang;
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Around, Scope};
use std::collections::BTreeMap;

const CAPTURES: &str = r#"[
    {"id":"room","label":{"zh":"机房","en":"Room"},"kind":{"verdicts":{"measure":true,"items":[
        {"id":"heat","text":{"zh":"温度","en":"Heat"},"unit":{"zh":"℃","en":"°C"},"min":15,"max":25.5},
        {"id":"door","text":{"zh":"门","en":"Door"},"standard":{"zh":"外开","en":"Opens outwards"}},
        {"id":"rack","text":{"zh":"机柜","en":"Rack"},"when":{"answered":"a.b.none"}}]}}},
    {"id":"watch","label":{"zh":"观察","en":"Watch"},"kind":{"series":{"from":"a.b.none",
        "every":{"hours":1},"least":{"days":1},"columns":[
        {"id":"load","label":{"zh":"负荷","en":"Load"},"kind":{"number":{"decimals":0}}}]}}},
    {"id":"marks","label":{"zh":"评分","en":"Marks"},"kind":{"score":{"pass":60,"items":[
        {"id":"one","text":{"zh":"一","en":"One"},"of":60},{"id":"two","text":{"zh":"二","en":"Two"},"of":40}]}}},
    {"id":"said","label":{"zh":"经过","en":"Course"},"kind":{"text":{"long":true}}}]"#;

const FORM: &str = r#"{"schema":1,"id":"F-26-room","version":2,"title":{"zh":"环境","en":"Room"},
    "summary":{"zh":"-","en":"-"},"sources":["ZTE 1"],"keep":{"zh":"-","en":"-"},"block":[
    {"verdicts":{"title":{"zh":"检查","en":"Inspection"},"from":"a.b.room"}},
    {"series":{"title":{"zh":"读数","en":"Readings"},"from":"a.b.watch"}},
    {"score":{"title":{"zh":"评分","en":"Marks"},"from":"a.b.marks"}},
    {"verdicts":{"title":{"zh":"别处","en":"Elsewhere"},"from":"a.b.other"}},
    {"text":{"title":{"zh":"经过","en":"Course"},"from":["a.b.said","a.b.none"]}}]}"#;

fn norm() -> (Procedure, Form) {
    let words = r#"{"zh":"-","en":"-"}"#;
    let step = format!(r#"{{"id":"b","level":"must","title":{words},"clause":"ZTE 1","capture":{CAPTURES}}}"#);
    let head =
        format!(r#""schema":1,"id":"p","version":1,"family":"f","title":{words},"summary":{words},"sources":[]"#);
    let procedure = format!(r#"{{{head},"stage":[{{"id":"a","title":{words},"step":[{step}]}}]}}"#);
    (read(&procedure).unwrap(), read(FORM).unwrap())
}

fn filled() -> Record {
    let now = Stamp::from_input("2026-11-21T08:00", 480).unwrap();
    let mut head = Head::new(DeviceId::at(now.at, [1; 10]));
    let mut record = Record::new(RecordId::at(now.at, [2; 10]));
    let set = |field: &str, value: Value| Change::Set { field: field.to_owned(), value, was: Vec::new() };
    let text = |words: &str| Value::text(words);
    let cells =
        [("at", Value::Moment(now)), ("load", Value::Number(42.0)), ("normal", text("no")), ("by", text("周敏"))];
    let cells: BTreeMap<String, Value> = cells.into_iter().map(|(id, value)| (id.to_owned(), value)).collect();
    let changes = [
        set("a.b.room.heat", text("fail")),
        set("a.b.room.heat.value", Value::Number(31.2)),
        set("a.b.room.heat.note", text("空调已报修")),
        set("a.b.room.door", text("na")),
        Change::RowAdd { table: "a.b.watch".to_owned(), row: RowId::at(now.at, [3; 10]), cells },
        set("a.b.marks.one", Value::Number(30.0)),
        set("a.b.marks.two", Value::Number(25.0)),
        set("a.b.said", text("先查后换")),
    ];
    for (number, change) in (0_u8..).zip(changes) {
        let id = OpId::at(now.at, [number; 10]);
        let sealed = seal(&mut head, id, record.id.clone(), "周敏", now.at, now.tz, change).unwrap();
        record.apply(&sealed.op);
    }
    record
}

fn rows(view: &FormView, block: usize) -> Vec<String> {
    let BlockView::Table { columns, rows, .. } = &view.blocks[block] else { panic!("{:?}", view.blocks[block]) };
    assert!(rows.iter().all(|row| row.len() == columns.len()));
    let heads: Vec<&str> = columns.iter().map(|(label, _)| label.as_str()).collect();
    std::iter::once(heads.join("|")).chain(rows.iter().map(|row| row.join("|"))).collect()
}

fn view(lang: Lang) -> FormView {
    let (procedure, form) = norm();
    let (library, visit, around) = (Library::default(), filled(), Around::default());
    resolve(&form, lang, &Scope::new(&library, &procedure, &visit, &around))
}

#[test]
fn an_inspection_list_prints_standard_value_answer_and_finding_of_what_applies() {
    assert_eq!(
        rows(&view(Lang::Zh), 0),
        [
            "序号|检查项目|标准要求|实测值|合格|不合格|不适用|问题与处理",
            "1|温度|15 ~ 25.5 ℃|31.2 ℃|☐|☑|☐|空调已报修",
            "2|门|外开||☐|☐|☑|",
        ]
    );
}

#[test]
fn readings_print_with_the_columns_that_every_series_has() {
    assert_eq!(
        rows(&view(Lang::En), 1),
        ["No.|Time|Load|Normal?|Read by|Remark", "1|2026-11-21 08:00|42|Not normal|周敏|"]
    );
}

#[test]
fn a_score_prints_its_sum_and_whether_that_is_enough() {
    assert_eq!(
        rows(&view(Lang::En), 2),
        ["No.|Item|Of|Points", "1|One|60|30", "2|Two|40|25", "|Total (60 needed)|100|55 not sufficient"]
    );
}

#[test]
fn a_list_that_this_procedure_lacks_is_left_out_and_the_text_stands_whole() {
    let view = view(Lang::Zh);
    assert_eq!(view.blocks.len(), 4, "the list from elsewhere is left out");
    assert_eq!(view.blocks[3], BlockView::Text { title: "经过".to_owned(), text: "先查后换".to_owned(), lines: 3 });
    assert_eq!((view.id.as_str(), view.code.as_str()), ("F-26-room", "F-26"));
}

#[test]
fn a_blank_paper_has_every_item_open_boxes_and_lines_to_write_on() {
    let (procedure, form) = norm();
    let view = blank(&form, Lang::Zh, &Library::default(), &procedure);
    let list = rows(&view, 0);
    assert_eq!(list.len(), 4, "an item with a condition is there for whoever fills it in");
    assert!(list[1..].iter().all(|row| row.contains("|☐|☐|☐|")), "{list:?}");
    assert_eq!(rows(&view, 1).len(), 13);
    assert_eq!(rows(&view, 2).last().unwrap(), "|合计（要求 60 分）|100|");
    assert!(view.blank && view.seal.is_none() && view.number.is_empty());
}
