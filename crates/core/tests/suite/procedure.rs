//! A small norm to test with, and a visit that runs it: commands go in, the record is folded from what they change.

use super::device::{NOON, op_id, picture};
use serde_json::{Value as Json, json};
use sitebook_core::ids::{DeviceId, RecordId, RowId};
use sitebook_core::ledger::{Attachment, Head, Record, RecordKind, Sealed, TemplateRef, canonical, hex, seal, sha256};
use sitebook_core::template::{Library, Procedure};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Around, Command, Context, Refusal, Run, Scope, StepState, Target, decide};
use std::collections::BTreeMap;

/// The engineer on whose phone the visit runs.
pub const ENGINEER: &str = "Li Wei";

pub fn now() -> Stamp {
    Stamp { at: NOON, tz: 480 }
}

pub fn minutes(n: i64) -> Stamp {
    Stamp { at: NOON + n * 60_000, tz: 480 }
}

fn t(word: &str) -> Json {
    json!({ "zh": format!("{word}（中）"), "en": word })
}

fn step(id: &str, captures: Json) -> Json {
    json!({ "id": id, "level": "must", "title": t(id), "clause": "T 1", "capture": captures })
}

/// Apply, enter, operate, leave: the customer signs the application before anything is touched.
pub fn procedure_json() -> Json {
    let apply = step(
        "apply",
        json!([
            { "id": "reason", "label": t("Reason"), "kind": { "text": { "max": 20 } } },
            { "id": "story", "label": t("Story"), "required": false,
              "kind": { "text": { "max": 100_000, "long": true } } },
            { "id": "sign", "label": t("Signature"), "kind": { "signature": {
              "side": "customer", "role": t("Responsible person"), "covers": ["F-1"] } } },
        ]),
    );
    let arrive = step("arrive", json!([{ "id": "at", "label": t("Time"), "kind": { "stamp": {} } }]));
    let objects = step(
        "objects",
        json!([
            { "id": "list", "label": t("List"), "kind": { "table": { "columns": [
                { "id": "item", "label": t("Item"), "required": true, "kind": { "text": { "max": 30 } } },
                { "id": "quantity", "label": t("Quantity"), "required": true,
                  "kind": { "number": { "min": 1, "max": 99 } } },
                { "id": "owner", "label": t("Owner"), "kind": "person" },
                { "id": "when", "label": t("When"), "kind": "moment" },
                { "id": "sort", "label": t("Sort"), "kind": { "choice": {
                  "options": [{ "id": "tool", "text": t("Tool") }] } } },
                { "id": "seen", "label": t("Seen"), "kind": "check" } ] } } },
        ]),
    );
    let mut checks = step(
        "checks",
        json!([
            { "id": "list", "label": t("List"), "kind": { "checklist": { "items": [
                { "id": "esd", "text": t("Wrist strap on") },
                { "id": "backup", "text": t("Backup made"), "when": { "is": { "field": "order.kind", "value": "upgrade" } } } ] } } },
        ]),
    );
    checks["gate"] = json!([{ "id": "here", "text": t("arrival stamped"), "clause": "T 2", "needs": { "answered": "enter.arrive.at" } }]);
    let measure = json!({ "id": "measure", "level": "should", "title": t("measure"), "clause": "T 3", "capture": [
        { "id": "volt", "label": t("Voltage"), "required": false,
          "kind": { "number": { "min": -60, "max": 0, "decimals": 1 } } },
        { "id": "phone", "label": t("Phone"), "kind": "phone", "required": false },
        { "id": "who", "label": t("Who"), "kind": "person", "required": false },
        { "id": "stars", "label": t("Stars"), "kind": { "rating": {} }, "required": false },
        { "id": "plan", "label": t("Plan"), "kind": "moment", "required": false },
        { "id": "pick", "label": t("Pick"), "required": false,
          "kind": { "choice": { "options": [{ "id": "a", "text": t("A") }] } } },
        { "id": "photo", "label": t("Photo"), "kind": { "photo": { "max": 2 } }, "required": false },
    ] });
    let leave = step(
        "leave",
        json!([
            { "id": "at", "label": t("Time"), "kind": { "stamp": { "not-before": "enter.arrive.at" } } },
            { "id": "tally", "label": t("Count"), "kind": { "tally": { "of": "before.objects.list" } } },
        ]),
    );
    let report = step(
        "report",
        json!([
            { "id": "sign", "label": t("Signature"), "kind": { "signature": {
              "side": "company", "role": t("Engineer"), "covers": ["F-2"] } } },
        ]),
    );
    json!({
        "schema": 1, "id": "test-visit", "version": 3, "family": "support",
        "title": t("Test visit"), "summary": t("For tests"), "sources": ["T"], "forms": ["F-1", "F-2"],
        "stage": [
            { "id": "before", "title": t("Before"), "step": [objects, apply] },
            { "id": "enter", "title": t("Enter"), "step": [arrive, checks, measure],
              "gate": [{ "id": "signed", "text": t("application signed by the customer"), "clause": "T 6.3.6",
                         "needs": { "signed": "before.apply.sign" } }] },
            { "id": "operate", "title": t("Operate"), "step": [step("do", json!([
                { "id": "done", "label": t("Done"), "kind": "check" }]))],
              "gate": [{ "id": "safe", "text": t("checks done"), "clause": "T 7", "needs": { "done": "enter.checks" } }] },
            { "id": "leave", "title": t("Leave"), "step": [leave, report] },
        ],
        "deadline": [{ "id": "report", "title": t("Report"), "clause": "T 8", "from": "enter.arrive.at",
                       "within": { "minutes": 30 }, "until": { "answered": "operate.do.done" }, "step": "operate.do" }],
        "close": [{ "id": "left", "text": t("left with everything"), "clause": "T 9",
                    "needs": { "all": [{ "answered": "leave.leave.at" }, { "tallied": "leave.leave.tally" }] } }],
    })
}

const FORM: &str = r##"{"schema":1,"id":"F-1","version":1,"title":{"zh":"申请","en":"Application"},
"summary":{"zh":"-","en":"-"},"sources":["T"],"keep":{"zh":"-","en":"-"},"block":[
{"grid":{"cells":[{"label":{"zh":"原因","en":"Reason"},"from":["before.apply.reason"]},
{"label":{"zh":"客户","en":"Customer"},"from":["customer.name"]}]}},
{"table":{"title":{"zh":"物品","en":"Objects"},"from":"before.objects.list",
"columns":[{"label":{"zh":"#","en":"#"},"column":"#","width":1},{"label":{"zh":"品名","en":"Item"},"column":"item","width":5}]}},
{"signatures":{"slots":[{"label":{"zh":"签字","en":"Signed"},"from":"before.apply.sign"}]}}]}"##;

const REPORT: &str = r##"{"schema":1,"id":"F-2","version":1,"title":{"zh":"报告","en":"Report"},
"summary":{"zh":"-","en":"-"},"sources":["T"],"keep":{"zh":"-","en":"-"},"block":[
{"table":{"title":{"zh":"物品","en":"Objects"},"from":"before.objects.list",
"columns":[{"label":{"zh":"品名","en":"Item"},"column":"item","width":5},{"label":{"zh":"带出","en":"Out"},"column":"out","width":1}]}},
{"checks":{"title":{"zh":"检查","en":"Checks"},"from":["enter.checks.list"]}},
{"photos":{"title":{"zh":"照片","en":"Photos"},"from":["enter.measure.photo"]}}]}"##;

const CUSTOMER: &str = r#"{"schema":1,"id":"customer","version":1,"title":{"zh":"客户","en":"Customer"},"name":"name",
"field":[{"id":"name","label":{"zh":"名称","en":"Name"},"kind":{"text":{"max":80}}},
{"id":"phone","label":{"zh":"电话","en":"Phone"},"kind":"phone","required":false}]}"#;

const ORDER: &str = r#"{"schema":1,"id":"order","version":1,"title":{"zh":"工单","en":"Order"},"name":"fault",
"field":[{"id":"kind","label":{"zh":"类型","en":"Kind of work"},"kind":{"choice":{"options":[
{"id":"fault","text":{"zh":"故障","en":"Fault"}},{"id":"upgrade","text":{"zh":"升级","en":"Upgrade"}}]}}},
{"id":"fault","label":{"zh":"现象","en":"Fault"},"kind":{"text":{}},"required":false}]}"#;

pub fn library() -> Library {
    Library::parse([FORM, REPORT], [CUSTOMER, ORDER]).unwrap()
}

/// A procedure with what pins it: reference and canonical JSON.
pub fn pin(json: &Json) -> (Procedure, TemplateRef, String) {
    let procedure: Procedure = serde_json::from_value(json.clone()).unwrap();
    let json = String::from_utf8(canonical(&procedure).unwrap()).unwrap();
    let digest = hex(&sha256(json.as_bytes()));
    let (id, version) = (procedure.id.clone(), procedure.version);
    (procedure, TemplateRef { id, version, digest }, json)
}

/// A visit on one phone.
pub struct Visit {
    pub library: Library,
    pub procedure: Procedure,
    pub record: Record,
    pub around: Around,
    pub now: Stamp,
    pub head: Head,
    pub ops: Vec<Sealed>,
    pub actor: String,
}

impl Visit {
    /// A visit of the small norm that was just begun.
    pub fn begin() -> Visit {
        Visit::of(&procedure_json())
    }

    /// A visit of any procedure.
    pub fn of(json: &Json) -> Visit {
        let (procedure, reference, _) = pin(json);
        let id = RecordId::parse("visit-1").unwrap();
        let head = Head::new(DeviceId::at(NOON, [7; 10]));
        let (record, around) = (Record::new(id), Around::default());
        let (library, ops, actor) = (library(), Vec::new(), ENGINEER.to_owned());
        let mut visit = Visit { library, procedure, record, around, now: now(), head, ops, actor };
        let create = Command::Create {
            kind: RecordKind::Visit,
            number: Some("V-20261121-AAA-01".into()),
            template: Some(reference),
            values: BTreeMap::from([("visit.order".into(), Value::Text("order-1".into()))]),
        };
        visit.take(decide(&create, &Context::NewVisit, now(), ENGINEER).unwrap());
        visit
    }

    fn take(&mut self, changes: Vec<sitebook_core::ledger::Change>) {
        for change in changes {
            let id = op_id(50, u16::try_from(self.ops.len()).unwrap());
            let record = self.record.id.clone();
            let sealed = seal(&mut self.head, id, record, &self.actor, self.now.at, self.now.tz, change).unwrap();
            self.record.apply(&sealed.op);
            self.ops.push(sealed);
        }
    }

    pub fn ask<T>(&self, ask: impl FnOnce(&Scope<'_>) -> T) -> T {
        ask(&Scope::new(&self.library, &self.procedure, &self.record, &self.around))
    }

    /// Runs a command; the record is as before when it is refused.
    pub fn run(&mut self, command: &Command) -> Result<usize, Refusal> {
        let changes = self.ask(|scope| decide(command, &Context::Visit { scope }, self.now, &self.actor))?;
        let count = changes.len();
        self.take(changes);
        Ok(count)
    }

    pub fn set(&mut self, field: &str, value: Value) -> Result<usize, Refusal> {
        self.run(&Command::Set { field: field.into(), value })
    }

    pub fn text(&mut self, field: &str, text: &str) -> Result<usize, Refusal> {
        self.set(field, Value::Text(text.into()))
    }

    pub fn tick(&mut self, field: &str) -> Result<usize, Refusal> {
        self.set(field, Value::Bool(true))
    }

    pub fn stamp(&mut self, field: &str, at: Stamp) -> Result<usize, Refusal> {
        self.run(&Command::Stamp { field: field.into(), at, by_hand: false })
    }

    /// The engineer signs the report.
    pub fn sign_report(&mut self) -> Result<usize, Refusal> {
        let (field, name, role) = ("leave.report.sign".into(), ENGINEER.into(), "工程师".into());
        let image = Some(picture(4).0);
        self.run(&Command::Sign { field, name, role, image })
    }

    pub fn sign(&mut self, name: &str) -> Result<usize, Refusal> {
        self.sign_with(name, "主任", Some(picture(1).0))
    }

    pub fn sign_with(&mut self, name: &str, role: &str, image: Option<Attachment>) -> Result<usize, Refusal> {
        let (field, name, role) = ("before.apply.sign".into(), name.into(), role.into());
        self.run(&Command::Sign { field, name, role, image })
    }

    pub fn pass(&mut self, target: &str, reason: &str, approver: &str) -> Result<usize, Refusal> {
        let target = Target::parse(target).unwrap();
        self.run(&Command::Override { target, reason: reason.into(), approver: approver.into() })
    }

    pub fn add(&mut self, row: &str, item: &str, quantity: f64) -> Result<usize, Refusal> {
        let cells = BTreeMap::from([
            ("item".to_owned(), Value::Text(item.into())),
            ("quantity".to_owned(), Value::Number(quantity)),
        ]);
        let (table, row) = ("before.objects.list".into(), RowId::parse(row).unwrap());
        self.run(&Command::AddRow { table, row, cells })
    }

    pub fn count_out(&mut self, row: &str, out: f64) -> Result<usize, Refusal> {
        self.run(&Command::SetCell {
            table: "leave.leave.tally".into(),
            row: RowId::parse(row).unwrap(),
            column: "out".into(),
            value: Value::Number(out),
        })
    }

    /// Applied, with two kinds of objects to take in, and signed by the customer.
    pub fn signed() -> Visit {
        let mut visit = Visit::begin();
        visit.add("row-1", "笔记本", 1.0).unwrap();
        visit.add("row-2", "扳手", 2.0).unwrap();
        visit.text("before.apply.reason", "掉话").unwrap();
        visit.sign("王主任").unwrap();
        visit
    }

    /// Where a step stands.
    pub fn state(&self, path: &str) -> StepState {
        let stage = self.procedure.stage(path.split('.').next().unwrap()).unwrap();
        self.ask(|scope| Run::new(scope).step(stage, self.procedure.step(path).unwrap()).state)
    }

    /// The order around the visit, of this kind of work.
    pub fn with_order(mut self, kind: &str) -> Visit {
        let mut phone = super::device::Phone::new(3);
        phone.set("kind", Value::Text(kind.into()));
        self.around.order = Some(phone.record);
        self
    }

    /// Another field of that order.
    pub fn order(&mut self, field: &str, value: Value) {
        let order = self.around.order.take().unwrap();
        // Another phone each time: ids of ops count from the beginning.
        let mut phone = super::device::Phone::new(4 + u8::from(order.value(field).is_some()));
        phone.record = order;
        phone.set(field, value);
        self.around.order = Some(phone.record);
    }
}
