//! Rows of the inventory with concrete numbers, fields and columns, looked up in the content of this repository. What a
//! gate or deadline does is shown by the rule tests; this holds what they do not look at.
#![allow(clippy::expect_used, reason = "content that cannot be read must fail loudly")]

use sitebook_content::{Content, load};
use sitebook_core::template::{Block, CaptureKind, Cell, LimitKind, Operand, TableColumn};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

fn content() -> &'static Content {
    static CONTENT: OnceLock<Content> = OnceLock::new();
    CONTENT.get_or_init(|| {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
        load(&dir).expect("content/ is sound")
    })
}

/// Limits with the numbers of the sources: default, least and most.
const NUMBERS: [(&str, f64, f64, f64); 17] = [
    // one to three days of observation.
    ("cutover-watch-days", 1.0, 1.0, 3.0),
    // every week.
    ("progress-days", 7.0, 1.0, 7.0),
    ("weekly-report", 7.0, 1.0, 14.0),
    // three days after leaving.
    ("follow-up", 3.0, 1.0, 30.0),
    // told within 15 minutes.
    ("critical-notice", 15.0, 1.0, 240.0),
    // the same day.
    ("transmit", 24.0, 1.0, 168.0),
    ("late-tolerance", 5.0, 1.0, 60.0),
    ("daily-record", 24.0, 1.0, 72.0),
    ("filing", 7.0, 1.0, 60.0),
    ("question-reply", 3.0, 1.0, 30.0),
    ("spare-restore", 30.0, 1.0, 365.0),
    ("training-pass", 60.0, 0.0, 100.0),
    ("survey-copies", 3.0, 1.0, 30.0),
    ("stop-report", 60.0, 5.0, 1440.0),
    ("hq-rating", 3.0, 1.0, 30.0),
    ("escalation-answer", 2.0, 1.0, 30.0),
    ("weekly-grace-days", 1.0, 0.0, 6.0),
];

#[test]
fn the_numbers_of_the_sources_are_limits_with_their_range() {
    for (id, default, least, most) in NUMBERS {
        let limit = content().limits.iter().find(|limit| limit.id == id).expect(id);
        assert_eq!(limit.default, Some(Operand::Number(default)), "{id}");
        let LimitKind::Number { min, max, .. } = limit.kind else { unreachable!("{id} is a number") };
        assert_eq!((min, max), (Some(least), Some(most)), "{id}");
    }
    let window =
        |id: &str| content().limits.iter().find(|limit| limit.id == id).and_then(|limit| limit.default.clone());
    assert_eq!(window("major-window"), Some(Operand::Field("00:00-06:00".to_owned())), "R-001: after midnight");
    assert_eq!(window("evening-window"), Some(Operand::Field("20:00-06:00".to_owned())), "R-002: in the evening");
    let open: Vec<&str> = content()
        .limits
        .iter()
        .filter(|limit| limit.default.is_none() && limit.blank.is_none())
        .map(|limit| limit.id.as_str())
        .collect();
    assert_eq!(open, ["revisit-days", "released-versions"], "the sources leave these open: they must be set");
}

/// Tables of forms with the columns that part C names.
const COLUMNS: [(&str, &str, &[&str]); 24] = [
    ("F-02-first", "result.rectify.list", &["item", "measure", "owner", "due"]),
    ("F-03", "hazards.register.list", &["hazard", "place", "consequence", "likelihood", "level", "control", "owner"]),
    ("F-04", "plan.stages.list", &["stage", "from", "to", "owner", "milestone"]),
    ("F-05", "open.goods.list", &["name", "model", "due", "actual", "serial", "state"]),
    ("F-06", "meeting.actions.list", &["content", "owner", "due"]),
    ("F-09", "week.progress.list", &["task", "plan", "actual", "state"]),
    ("F-10", "tests.product.list", &["item", "method", "expected", "measured", "verdict", "instrument"]),
    ("F-11", "test.contract.list", &["item", "standard", "result", "verdict", "witness", "at"]),
    ("F-12", "issue.list.list", &["issue", "severity", "owner", "due", "interim"]),
    ("F-13", "prepare.list.list", &["document", "kind", "copies"]),
    ("F-17", "explain.training.attendees", &["name", "unit", "score"]),
    ("F-19", "inspect.devices.list", &["name", "model", "serial", "version", "place"]),
    ("F-19", "inspect.findings.list", &["what", "risk", "action", "owner", "due"]),
    ("F-20", "report.after.list", &["indicator", "before", "after"]),
    ("F-23", "operate.data.list", &["object", "old", "new", "at", "operator", "verified"]),
    ("F-26", "collect.equipment.list", &["name", "model", "serial", "version"]),
    ("F-27", "work.tool.list", &["tool", "new", "provider", "at", "effect"]),
    ("F-29", "explain.questions.list", &["type", "content", "contact", "owner", "due", "reply"]),
    ("F-30", "team.cards.list", &["name", "number", "products", "level", "until"]),
    ("F-42", "register.devices.list", &["at", "place", "old", "new", "reason"]),
    ("F-46", "assess.scores.list", &["name", "score", "result"]),
    ("F-133", "enter.objects.list", &["item", "quantity", "condition", "at", "out"]),
    ("F-89", "weld.joints.list", &["joint", "spec", "method", "welder", "level", "heat", "pressure", "time", "result"]),
    ("F-90", "pressure.sections.list", &["section", "medium", "pressure", "hold", "drop", "leak", "result"]),
];

fn tables(id: &str) -> Vec<(&'static str, &'static [TableColumn])> {
    let form = content().forms.iter().find(|form| form.id == id).expect(id);
    let tables = form.blocks.iter().filter_map(|block| match block {
        Block::Table { from, columns, .. } => Some((from.as_str(), columns.as_slice())),
        _ => None,
    });
    tables.collect()
}

#[test]
fn tables_of_forms_have_the_columns_that_the_inventory_names() {
    for (id, table, wanted) in COLUMNS {
        let tables = tables(id);
        let (_, columns) = tables.iter().find(|(from, _)| *from == table).expect(id);
        let there: BTreeSet<&str> = columns.iter().map(|column| column.column.as_str()).collect();
        let missing: Vec<&&str> = wanted.iter().filter(|column| !there.contains(**column)).collect();
        assert!(missing.is_empty(), "{id} lacks {missing:?} of {table}");
    }
}

fn cells(id: &str) -> Vec<&'static Cell> {
    let form = content().forms.iter().find(|form| form.id == id).expect(id);
    let grids = form.blocks.iter().filter_map(|block| match block {
        Block::Grid { cells, .. } => Some(cells),
        _ => None,
    });
    grids.flatten().collect()
}

/// Fields that a form names in a grid.
const FIELDS: [(&str, &[&str]); 10] = [
    ("F-05", &["gather.papers.contract", "gather.papers.packing", "gather.people.present", "result.compare.remedy"]),
    (
        "F-08-stop",
        &["stop.reason.side", "stop.reason.at", "stop.state.works", "stop.state.condition", "stop.manager.at"],
    ),
    ("F-08-resume", &["resume.time.at", "resume.time.days", "resume.time.total"]),
    ("F-18", &["scheme.release.from", "scheme.release.to", "scheme.release.number", "consent.written.number"]),
    (
        "F-25",
        &["scheme.plan.oncall", "consent.written.product-at", "consent.written.office-at", "consent.review.expert"],
    ),
    ("F-31", &["customer.hours", "customer.dress", "customer.terms", "site.rules", "asset.version", "contact.phone"]),
    (
        "F-33",
        &[
            "dispatch.record.number",
            "arrive.arrival.at",
            "sign.review.leave-at",
            "sign.opinion.text",
            "sign.opinion.rating",
        ],
    ),
    ("F-45", &["state.what.old", "state.what.new", "state.reason.text", "state.effect.measures"]),
    ("F-130", &["followup.call.at", "followup.call.person", "followup.call.state", "followup.problem.order"]),
    ("F-131", &["apply.notify.type", "apply.notify.product-at", "apply.notify.office-at", "verify.restored.at"]),
];

#[test]
fn forms_name_the_fields_that_the_inventory_names() {
    for (id, wanted) in FIELDS {
        let there: BTreeSet<&str> = cells(id).into_iter().flat_map(|cell| &cell.from).map(String::as_str).collect();
        let missing: Vec<&&str> = wanted.iter().filter(|key| !there.contains(**key)).collect();
        assert!(missing.is_empty(), "{id} lacks {missing:?}");
    }
}

#[test]
fn a_project_is_printed_by_its_name() {
    for form in &content().forms {
        for cell in cells(&form.id).into_iter().filter(|cell| cell.label.en == "Project") {
            assert!(cell.from.iter().any(|key| key == "order.project"), "{} prints {:?}", form.id, cell.from);
        }
    }
}

/// Items of a checklist or inspection list.
fn items(procedure: &str, key: &str) -> usize {
    let found = content().procedures.iter().find(|one| one.id == procedure).expect(procedure);
    match &found.capture(key).expect(key).kind {
        CaptureKind::Checklist { items } => items.len(),
        CaptureKind::Verdicts { items, .. } => items.len(),
        _ => 0,
    }
}

#[test]
fn lists_have_as_many_items_as_the_sources_name() {
    // line, joints, device ready, people protected.
    assert_eq!(items("commissioning", "power.check.items"), 4);
    assert_eq!(items("field-visit", "operate.power.items"), 4);
    // software, tools, labels, documents, spares, ESD clothing; and what the kind of work adds.
    assert!(items("field-visit", "prepare.pack.items") >= 6);
    // F-02: power, earth, temperature, humidity, load, fire, access, cabling and more.
    assert!(items("environment-acceptance-1", "check.measured.list") >= 5);
    assert!(items("environment-acceptance-1", "check.looked.list") >= 5);
    // E01: copies of two reports.
    assert_eq!(items("site-survey", "copies.handed.items"), 2);
}

#[test]
fn the_phrases_of_the_sources_are_all_there() {
    let count = |clause: &str| content().handbook.phrases().filter(|phrase| phrase.clause == clause).count();
    let counts = ["ZTE B", "ZTE C1", "ZTE C2", "ZTE C3", "REG-WINDOW 1", "REG-WINDOW 2"].map(count);
    assert_eq!(
        counts,
        [19, 12, 4, 7, 10, 11],
        "to use; irresponsible, blaming one's own, blaming the customer; counters"
    );
    assert_eq!(count("PROJ-SITE 4"), 4, "two to suspend an argument, two refusals");
}
