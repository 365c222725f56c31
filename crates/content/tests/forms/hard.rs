//! A hard visit: sent under another company's name, late with a call, service down, both heads told, a major
//! operation with data changed, forty lines of log, parts, training, borrowed things, questions left open, texts as
//! long as they may be, rare Han and emoji, a signature that went stale, and a gate overridden.

use crate::common::{DUTY, RESPONSIBLE};
use crate::phone::{ENGINEER, Phone};
use crate::world::moment;
use sitebook_core::ids::RowId;
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Refusal};
use std::sync::OnceLock;

/// A companion whose name is outside the first plane.
pub const COMPANION: &str = "𠮷田䶮";
/// How many lines the log has.
pub const LINES: usize = 40;

/// A text of exactly so many characters, with rare Han and emoji.
pub fn long(chars: usize) -> String {
    let pattern = "核对𠮷、䶮、㛃三处端口，逐项恢复业务👷🏽‍♀️。";
    pattern.chars().cycle().take(chars - 1).chain(['完']).collect()
}

/// The visit with everything done and not yet closed.
pub fn complete() -> Phone {
    static VISIT: OnceLock<Phone> = OnceLock::new();
    VISIT.get_or_init(run).clone()
}

fn run() -> Phone {
    let mut phone = Phone::begin(&[
        ("severity", Value::text("critical")),
        ("identity", Value::text("agreed")),
        ("identity-unit", Value::text("恒川通信技术服务部")),
        ("fault", Value::text(&long(2000))),
    ]);
    prepare(&mut phone);
    come_late(&mut phone);
    enter(&mut phone);
    find(&mut phone);
    consents(&mut phone);
    apply(&mut phone);
    operate(&mut phone);
    write_down(&mut phone);
    explain(&mut phone);
    train(&mut phone);
    clear_up(&mut phone);
    sign(&mut phone);
    leave(&mut phone);
    report(&mut phone);
    phone
}

fn prepare(phone: &mut Phone) {
    phone.goes_on("08:10", "confirm.call");
    phone.stamps("confirm.call.at");
    phone.accepts("confirm.call.person");
    phone.accepts("confirm.call.phone");
    phone.at("08:12");
    phone.says("confirm.points.work", &long(2000));
    phone.says("confirm.points.partner", COMPANION);
    phone.accepts("confirm.points.time");
    phone.says("confirm.points.hours", "outside");
    phone.picks("confirm.points.theirs", 1);
    phone.picks("confirm.points.ours", 1);
    phone.at("08:20");
    phone.ticks(&["prepare.file.done"]);
    phone.accepts("prepare.situation.known");
    phone.says("prepare.plan.steps", &long(2000));
    phone.picks("prepare.plan.backup", 1);
    phone.picks("prepare.plan.rollback", 2);
    phone.picks("prepare.plan.risk", 1);
    phone.says("prepare.plan.team", "㛃敏、O’Neil");
    phone.accepts("prepare.accepted.by");
    phone.says("prepare.accepted.way", "message");
    phone.stamps("prepare.accepted.at");
    for item in ["software", "tools", "labels", "documents", "spares", "esd", "record"] {
        phone.ticks(&[&format!("prepare.pack.items.{item}")]);
    }
    phone.ticks(&["prepare.dress.neat"]);
    phone.says("prepare.dress.card", "card");
}

fn come_late(phone: &mut Phone) {
    phone.goes_on("09:20", "depart.setout");
    phone.stamps("depart.setout.at");
    phone.says("depart.setout.expect", "late");
    phone.goes_on("09:40", "depart.late");
    phone.stamps("depart.late.at");
    phone.accepts("depart.late.person");
    phone.picks("depart.late.reason", 0);
    phone.sets("depart.late.new-time", Value::Moment(moment(21, "10:30")));
    phone.accepts("depart.late.hq");
    // Tapped in the car park by mistake, taken back, and entered by hand at the gate.
    phone.at("10:20");
    phone.stamps("arrive.arrival.at");
    phone.withdraws("arrive.arrival.at");
    phone.at("10:28");
    phone.does(Command::Stamp { field: "arrive.arrival.at".to_owned(), at: moment(21, "10:25"), by_hand: true });
    phone.goes_on("10:28", "arrive.greet");
    phone.accepts("arrive.greet.agreed");
    phone.ticks(&["arrive.record.done", "arrive.contact.done"]);
}

fn enter(phone: &mut Phone) {
    phone.goes_on("10:30", "enter.consent");
    phone.says("enter.consent.person", DUTY);
    phone.stamps("enter.consent.at");
    for item in ["shoes", "silent", "rules"] {
        phone.ticks(&[&format!("enter.ready.items.{item}")]);
    }
    phone.says("enter.objects.carried", "yes");
    let things = ["工具箱🧰", "笔记本电脑", "网线测试仪", "光功率计", "防静电手环"];
    for (number, thing) in things.into_iter().enumerate() {
        let quantity = Value::Number(if number == 4 { 2.0 } else { 1.0 });
        let cells = [("item", Value::text(thing)), ("quantity", quantity)];
        phone.adds("enter.objects.list", &cells);
    }
    phone.ticks(&["enter.objects.placed"]);
    phone.says("enter.register.asked", "yes");
    phone.photographs("enter.register.photo", Some("登记簿第 12 页"));
    phone.says("enter.media.disk", "yes");
    phone.accepts("enter.media.disk-by");
    phone.stamps("enter.media.disk-at");
    phone.says("enter.media.net", "yes");
    phone.accepts("enter.media.net-by");
    phone.stamps("enter.media.net-at");
    phone.goes_on("10:38", "enter.inside");
    phone.stamps("enter.inside.at");
}

fn find(phone: &mut Phone) {
    phone.goes_on("10:40", "apply.ask");
    phone.says("apply.ask.symptom", "全框告警灯红，2,688 户业务中断 🚨");
    for caption in [None, Some("主控板 ALM 红灯"), Some("㙓架背面")] {
        phone.photographs("apply.ask.photo", caption);
    }
    phone.at("10:42");
    phone.says("apply.need.service", "down");
    phone.says("apply.need.operate", "yes");
    phone.says("apply.need.major", "yes");
    phone.says("apply.need.data", "yes");
    phone.says("apply.need.hardware", "power");
    phone.says("apply.critical.found", "yes");
    phone.goes_on("10:43", "apply.notify");
    phone.stamps("apply.notify.found");
    phone.says("apply.notify.type", "interruption");
    phone.at("10:47");
    phone.accepts("apply.notify.product");
    phone.stamps("apply.notify.product-at");
    phone.at("10:55");
    phone.accepts("apply.notify.office");
    phone.stamps("apply.notify.office-at");
    phone.picks("apply.notify.state", 0);
}

fn consents(phone: &mut Phone) {
    phone.goes_on("10:57", "apply.major");
    phone.says("apply.major.slot", "restore");
    phone.accepts("apply.major.office");
    phone.stamps("apply.major.office-at");
    phone.accepts("apply.major.product");
    phone.stamps("apply.major.product-at");
    phone.says("apply.major.written", "mail");
    phone.ticks(&["apply.major.standby", "apply.major.notice"]);
    phone.says("apply.major.sure", "reviewed");
    phone.says("apply.major.expert", "欧阳䶮");
    phone.photographs("apply.major.proof", None);
}

fn apply(phone: &mut Phone) {
    phone.goes_on("11:02", "apply.application");
    phone.accepts("apply.application.device");
    phone.says("apply.application.third", "no");
    phone.accepts("apply.application.operation");
    phone.picks("apply.application.purpose", 0);
    phone.sets("apply.application.from", Value::Moment(moment(21, "11:10")));
    phone.sets("apply.application.to", Value::Moment(moment(21, "14:00")));
    phone.says("apply.application.effect", "outage");
    phone.accepts("apply.application.companion");
    phone.goes_on("11:05", "apply.sign");
    phone.signs("apply.sign.sign", "王建国", "机房主管");
    phone.goes_on("11:08", "backup.made");
    phone.picks("backup.made.what", 2);
    phone.says("backup.made.trial", "tried");
    phone.picks("backup.made.trial-proof", 0);
    phone.picks("backup.made.place", 0);
    phone.ticks(&["backup.made.checked"]);
    phone.stamps("backup.made.at");
    phone.says("backup.esd.measure", "clothing");
}

fn operate(phone: &mut Phone) {
    phone.goes_on("11:10", "operate.start");
    phone.stamps("operate.start.at");
    phone.ticks(&["operate.restore.done"]);
    for item in ["line", "joints", "ready", "people"] {
        phone.ticks(&[&format!("operate.power.items.{item}")]);
    }
    for number in 1..=LINES {
        let action = format!("第 {number} 步：复位𠮷{number} 槽单板");
        log(phone, number, &action, "正常");
    }
    // A line entered twice and taken out again is on no paper.
    let twice = log(phone, LINES, "重复的一行", "");
    let table = "operate.log.list".to_owned();
    phone.does(Command::RemoveRow { table, row: twice });
}

fn log(phone: &mut Phone, number: usize, action: &str, result: &str) -> RowId {
    let minutes = u8::try_from(10 + number).unwrap();
    let at = moment(21, &format!("11:{minutes}"));
    let (action, result) = (Value::text(action), Value::text(result));
    let cells = [("at", Value::Moment(at)), ("action", action), ("result", result)];
    phone.adds("operate.log.list", &cells)
}

fn write_down(phone: &mut Phone) {
    phone.goes_on("12:00", "operate.data");
    phone.says("operate.data.changed", "yes");
    for (object, old, new) in
        [("VLAN 2101", "tag=2101", "tag=2102"), ("上联口 0/9/1 速率", "auto", "10000 <full> & \"fixed\"")]
    {
        let at = Value::Moment(phone.now());
        phone.adds(
            "operate.data.list",
            &[
                ("object", Value::text(object)),
                ("old", Value::text(old)),
                ("new", Value::text(new)),
                ("at", at),
                ("operator", Value::text(ENGINEER)),
                ("verified", Value::Bool(true)),
            ],
        );
    }
    phone.says("operate.parts.replaced", "yes");
    for (name, old, new) in [("主控板 MPU", "MPU-0091", "MPU-7702"), ("电源模块", "", "PWR-3311")] {
        let (name, old, new) = (Value::text(name), Value::text(old), Value::text(new));
        phone.adds("operate.parts.list", &[("name", name), ("old", old), ("new", new)]);
    }
    phone.sets("operate.parts.stock", Value::Number(0.0));
    phone.says("operate.parts.whereabouts", "customer");
    phone.says("operate.scope.state", "both");
    phone.says("operate.scope.what", "客户要求顺带扩容 2 个上联口；旧版本无法当场升级。");
    phone.accepts("operate.scope.hq");
    phone.says("operate.scope.manager", "钱䶮");
    phone.stamps("operate.scope.at");
    phone.picks("operate.scope.answer", 1);
    phone.ticks(&["operate.redlines.done"]);
    phone.goes_on("12:20", "verify.restored");
    phone.says("verify.restored.basic", "yes");
    phone.stamps("verify.restored.at");
    for item in ["alarms", "service", "around", "saved"] {
        phone.ticks(&[&format!("verify.test.items.{item}")]);
    }
    phone.sets("verify.observe.minutes", Value::Number(45.0));
    phone.says("verify.observe.state", "doubt");
}

fn explain(phone: &mut Phone) {
    phone.goes_on("13:05", "explain.cause");
    phone.says("explain.cause.cause", &long(1000));
    let too_long = Value::text(&long(2001));
    let field = "explain.cause.work".to_owned();
    let refused = phone.tries(Command::Set { field, value: too_long });
    assert_eq!(refused, Err(Refusal::TooLong { max: 2000, is: 2001 }));
    phone.says("explain.cause.work", &long(2000));
    phone.says("explain.cause.prevention", "每月备份；\n储备一块 MPU。");
    phone.says("explain.remain.result", "workaround");
    phone.picks("explain.remain.remaining", 1);
    phone.picks("explain.remain.advice", 1);
    phone.says("explain.questions.any", "yes");
    for (content, kind, due) in
        [("为什么主备没有自动倒换？", "question", "17:00"), ("希望每季度巡检一次 🙏", "suggestion", "18:30")]
    {
        phone.adds(
            "explain.questions.list",
            &[
                ("content", Value::text(content)),
                ("type", Value::text(kind)),
                ("contact", Value::text("王建国 0000-5550118")),
                ("owner", Value::text("产品服务部")),
                ("due", Value::Moment(moment(25, due))),
            ],
        );
    }
    phone.says("explain.remote.need", "handed");
    phone.says("explain.remote.engineer", "何静");
}

fn train(phone: &mut Phone) {
    phone.goes_on("13:20", "explain.training");
    phone.says("explain.training.given", "yes");
    phone.picks("explain.training.topic", 2);
    phone.stamps("explain.training.at");
    phone.sets("explain.training.minutes", Value::Number(25.0));
    for (name, unit, score) in [(COMPANION, "网络部", Some(92.0)), (DUTY, "", None)] {
        let score = score.map_or(Value::EMPTY, Value::Number);
        let cells = [("name", Value::text(name)), ("unit", Value::text(unit)), ("score", score)];
        phone.adds("explain.training.attendees", &cells);
    }
    phone.picks("explain.training.material", 0);
    phone.says("explain.training.evaluation", "good");
    phone.goes_on("13:50", "explain.training-sign");
    phone.signs("explain.training-sign.sign", COMPANION, "网络部工程师");
}

fn clear_up(phone: &mut Phone) {
    phone.goes_on("13:55", "clean.site");
    phone.ticks(&["clean.site.done", "clean.tools.done", "clean.conduct.done"]);
    phone.photographs("clean.site.photo", Some("清场后 ✅"));
    phone.says("clean.borrowed.state", "later");
    phone.picks("clean.borrowed.what", 0);
    phone.sets("clean.borrowed.due", Value::Moment(moment(22, "09:00")));
    phone.counts_back("clean.objects.tally", "enter.objects.list");
    phone.at("14:00");
    phone.accepts("clean.told.person");
    phone.stamps("clean.told.at");
}

fn sign(phone: &mut Phone) {
    phone.goes_on("14:05", "sign.review");
    phone.stamps("sign.review.leave-at");
    phone.says("sign.opinion.satisfied", "fair");
    phone.sets("sign.opinion.rating", Value::Number(3.0));
    phone.says("sign.opinion.text", &long(1000));
    phone.signs("sign.engineer.sign", ENGINEER, "现场工程师");
    phone.signs("sign.customer.sign", RESPONSIBLE, "机房主管");
    // The customer finds a mistake after signing: it is put right and everybody signs again.
    phone.says("explain.remain.remaining", "备件到货后再次上门更换；扩容另派工单。");
    phone.goes_on("14:12", "sign.engineer");
    phone.signs("sign.engineer.sign", ENGINEER, "现场工程师");
    phone.signs("sign.customer.sign", RESPONSIBLE, "机房主管");
    phone.says("sign.customer.seal", "later");
}

fn leave(phone: &mut Phone) {
    phone.goes_on("14:20", "leave.out");
    let tap = phone.stamp("leave.out.at");
    assert!(phone.tries(tap).is_err(), "no seal, no leaving");
    phone.passes("gate:leave:seal", "公章由办公室保管，周一补盖后拍照。", "陈志远");
    phone.stamps("leave.out.at");
}

fn report(phone: &mut Phone) {
    phone.goes_on("17:00", "report.kind");
    phone.ticks(&["report.kind.f15"]);
    phone.says("report.daily.span", "more");
    for (day, task, open, clean) in
        [(21, "换板 2 块，恢复 2,688 户", "归还登高梯", true), (22, "还梯，复查告警 0 条", "", false)]
    {
        phone.adds(
            "report.daily.list",
            &[
                ("day", Value::Moment(moment(day, "18:00"))),
                ("task", Value::text(task)),
                ("open", Value::text(open)),
                ("clean", Value::Bool(clean)),
            ],
        );
    }
    phone.picks("report.daily.open", 2);
    phone.accepts("report.major.person");
    phone.stamps("report.major.at");
    phone.accepts("report.send.to");
    phone.says("report.send.way", "fax");
    phone.stamps("report.send.at");
    phone.on(22, "08:40");
    phone.stamps("clean.borrowed.back");
    phone.on(24, "09:30");
    phone.goes_on("09:30", "followup.call");
    phone.stamps("followup.call.at");
    phone.accepts("followup.call.person");
    phone.says("followup.call.state", "problem");
    phone.picks("followup.call.result", 1);
    phone.says("followup.problem.order", "WO-20261124-K7Q-01");
    phone.accepts("followup.problem.told");
    phone.goes_on("11:00", "file.handed");
    phone.picks("file.handed.place", 2);
    phone.stamps("file.handed.at");
}
