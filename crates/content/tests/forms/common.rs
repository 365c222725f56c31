//! A common fault visit: on time, one board port cured by a new optical module, nothing out of the ordinary. Every
//! step is the one that the app shows as next when the one before is done.

use crate::phone::{ENGINEER, Phone};
use crate::world::moment;
use sitebook_core::value::Value;
use sitebook_core::work::Command;
use std::sync::OnceLock;

/// The customer's responsible person.
pub const RESPONSIBLE: &str = "王建国";
/// The person on duty in the room.
pub const DUTY: &str = "周敏";
const ROLE: &str = "机房主管";

/// The visit with everything done and not yet closed.
pub fn complete() -> Phone {
    static VISIT: OnceLock<Phone> = OnceLock::new();
    VISIT.get_or_init(run).clone()
}

/// The visit, closed and filed.
pub fn closed() -> Phone {
    let mut phone = complete();
    phone.does(Command::Close);
    phone
}

fn run() -> Phone {
    let mut phone = Phone::begin(&[("severity", Value::text("general"))]);
    before_leaving_the_office(&mut phone);
    to_the_room(&mut phone);
    apply(&mut phone);
    work(&mut phone);
    explain(&mut phone);
    leave(&mut phone);
    afterwards(&mut phone);
    phone
}

fn before_leaving_the_office(phone: &mut Phone) {
    phone.goes_on("08:10", "confirm.call");
    phone.stamps("confirm.call.at");
    phone.accepts("confirm.call.person");
    phone.accepts("confirm.call.phone");
    phone.goes_on("08:12", "confirm.points");
    phone.accepts("confirm.points.work");
    phone.accepts("confirm.points.partner");
    phone.accepts("confirm.points.time");
    phone.says("confirm.points.hours", "inside");
    phone.picks("confirm.points.theirs", 0);
    phone.picks("confirm.points.ours", 0);
    phone.goes_on("08:20", "prepare.file");
    phone.ticks(&["prepare.file.done"]);
    phone.accepts("prepare.file.rules");
    phone.goes_on("08:24", "prepare.situation");
    phone.accepts("prepare.situation.known");
    phone.goes_on("08:28", "prepare.plan");
    phone.picks("prepare.plan.steps", 0);
    phone.picks("prepare.plan.backup", 0);
    phone.picks("prepare.plan.rollback", 0);
    phone.picks("prepare.plan.risk", 0);
    phone.goes_on("08:36", "prepare.accepted");
    phone.accepts("prepare.accepted.by");
    phone.says("prepare.accepted.way", "phone");
    phone.stamps("prepare.accepted.at");
    phone.goes_on("08:40", "prepare.pack");
    for item in ["software", "tools", "labels", "documents", "spares", "esd"] {
        phone.ticks(&[&format!("prepare.pack.items.{item}")]);
    }
    phone.goes_on("08:50", "prepare.dress");
    phone.ticks(&["prepare.dress.neat"]);
    phone.says("prepare.dress.card", "staff");
}

fn to_the_room(phone: &mut Phone) {
    phone.goes_on("09:05", "depart.setout");
    phone.stamps("depart.setout.at");
    phone.says("depart.setout.expect", "on-time");
    phone.goes_on("09:52", "arrive.arrival");
    phone.stamps("arrive.arrival.at");
    phone.goes_on("09:54", "arrive.greet");
    phone.says("arrive.greet.shown", "badge");
    phone.accepts("arrive.greet.own");
    phone.goes_on("09:57", "enter.consent");
    phone.says("enter.consent.person", DUTY);
    phone.stamps("enter.consent.at");
    phone.goes_on("09:58", "enter.ready");
    for item in ["shoes", "silent", "rules"] {
        phone.ticks(&[&format!("enter.ready.items.{item}")]);
    }
    phone.goes_on("10:00", "enter.objects");
    phone.says("enter.objects.carried", "yes");
    let at = ("at", Value::Moment(phone.now()));
    phone.adds("enter.objects.list", &[("item", Value::text("工具箱")), at.clone()]);
    phone.adds(
        "enter.objects.list",
        &[
            ("item", Value::text("笔记本电脑")),
            ("quantity", Value::Number(1.0)),
            ("condition", Value::text("完好")),
            at.clone(),
        ],
    );
    phone.adds("enter.objects.list", &[("item", Value::text("调试线缆")), ("quantity", Value::Number(3.0)), at]);
    phone.ticks(&["enter.objects.placed"]);
    phone.goes_on("10:04", "enter.register");
    phone.says("enter.register.asked", "no");
    phone.goes_on("10:05", "enter.media");
    phone.says("enter.media.disk", "no");
    phone.says("enter.media.net", "no");
    phone.goes_on("10:06", "enter.inside");
    phone.stamps("enter.inside.at");
}

fn apply(phone: &mut Phone) {
    phone.goes_on("10:10", "apply.ask");
    phone.accepts("apply.ask.symptom");
    phone.photographs("apply.ask.photo", Some("5 号槽 3 口 LOS 灯红"));
    phone.goes_on("10:14", "apply.need");
    phone.says("apply.need.service", "partial");
    phone.says("apply.need.operate", "yes");
    phone.says("apply.need.major", "no");
    phone.says("apply.need.data", "no");
    phone.says("apply.need.hardware", "swap");
    phone.goes_on("10:15", "apply.critical");
    phone.says("apply.critical.found", "no");
    phone.goes_on("10:16", "apply.application");
    phone.accepts("apply.application.device");
    phone.says("apply.application.third", "no");
    phone.accepts("apply.application.operation");
    phone.picks("apply.application.purpose", 0);
    phone.accepts("apply.application.from");
    phone.sets("apply.application.to", Value::Moment(moment(21, "12:00")));
    phone.says("apply.application.effect", "brief");
    phone.accepts("apply.application.companion");
    phone.goes_on("10:20", "apply.sign");
    phone.signs("apply.sign.sign", RESPONSIBLE, ROLE);
}

fn work(phone: &mut Phone) {
    phone.goes_on("10:25", "backup.made");
    phone.picks("backup.made.what", 0);
    phone.picks("backup.made.place", 0);
    phone.says("backup.made.name", "olt02-20261121.cfg");
    phone.ticks(&["backup.made.checked"]);
    phone.stamps("backup.made.at");
    phone.goes_on("10:28", "backup.esd");
    phone.says("backup.esd.measure", "clothing");
    phone.goes_on("10:30", "operate.start");
    phone.stamps("operate.start.at");
    phone.goes_on("10:31", "operate.restore");
    phone.ticks(&["operate.restore.done"]);
    phone.goes_on("10:33", "operate.log");
    for (time, action, result) in [
        ("10:33", "查看告警和日志", "3 口收光 -31.5 dBm，低于门限"),
        ("10:41", "更换光模块", "收光 -19.8 dBm"),
        ("10:46", "核对业务", "42 户全部上线"),
    ] {
        phone.at(time);
        let at = Value::Moment(phone.now());
        let (action, result) = (Value::text(action), Value::text(result));
        phone.adds("operate.log.list", &[("at", at), ("action", action), ("result", result)]);
    }
    phone.goes_on("10:47", "operate.data");
    phone.says("operate.data.changed", "no");
    phone.goes_on("10:48", "operate.parts");
    phone.says("operate.parts.replaced", "yes");
    phone.adds(
        "operate.parts.list",
        &[
            ("name", Value::text("GPON 光模块 C+")),
            ("old", Value::text("OM2109-00417")),
            ("new", Value::text("OM2611-02230")),
            ("quantity", Value::Number(1.0)),
            ("at", Value::Moment(moment(21, "10:41"))),
        ],
    );
    phone.sets("operate.parts.stock", Value::Number(2.0));
    phone.says("operate.parts.whereabouts", "repair");
    phone.goes_on("10:50", "operate.scope");
    phone.says("operate.scope.state", "within");
    phone.goes_on("10:51", "operate.redlines");
    phone.ticks(&["operate.redlines.done"]);
    phone.goes_on("10:52", "verify.restored");
    phone.says("verify.restored.basic", "yes");
    phone.stamps("verify.restored.at");
    phone.goes_on("10:55", "verify.test");
    for item in ["alarms", "service", "around"] {
        phone.ticks(&[&format!("verify.test.items.{item}")]);
    }
    phone.at("11:25");
    phone.sets("verify.observe.minutes", Value::Number(30.0));
    phone.says("verify.observe.state", "normal");
}

fn explain(phone: &mut Phone) {
    phone.goes_on("11:26", "explain.cause");
    phone.picks("explain.cause.cause", 1);
    phone.says(
        "explain.cause.work",
        "查明 5 号槽 PON 板 3 口光模块收光偏低，更换光模块，42 户业务恢复，观察 30 分钟正常。",
    );
    phone.picks("explain.cause.prevention", 2);
    phone.goes_on("11:30", "explain.remain");
    phone.says("explain.remain.result", "solved");
    phone.picks("explain.remain.remaining", 0);
    phone.picks("explain.remain.advice", 0);
    phone.goes_on("11:32", "explain.questions");
    phone.says("explain.questions.any", "no");
    phone.goes_on("11:33", "explain.training");
    phone.says("explain.training.given", "no");
}

fn leave(phone: &mut Phone) {
    phone.goes_on("11:35", "clean.site");
    phone.ticks(&["clean.site.done"]);
    phone.photographs("clean.site.photo", None);
    phone.goes_on("11:38", "clean.tools");
    phone.ticks(&["clean.tools.done"]);
    phone.goes_on("11:39", "clean.borrowed");
    phone.says("clean.borrowed.state", "none");
    phone.goes_on("11:40", "clean.objects");
    phone.counts_back("clean.objects.tally", "enter.objects.list");
    phone.goes_on("11:42", "clean.conduct");
    phone.ticks(&["clean.conduct.done"]);
    phone.goes_on("11:43", "clean.told");
    phone.accepts("clean.told.person");
    phone.stamps("clean.told.at");
    phone.goes_on("11:45", "sign.review");
    phone.stamps("sign.review.leave-at");
    phone.goes_on("11:47", "sign.opinion");
    phone.says("sign.opinion.satisfied", "very");
    phone.sets("sign.opinion.rating", Value::Number(5.0));
    phone.picks("sign.opinion.text", 1);
    phone.goes_on("11:49", "sign.engineer");
    phone.signs("sign.engineer.sign", ENGINEER, "现场工程师");
    phone.goes_on("11:51", "sign.customer");
    phone.signs("sign.customer.sign", RESPONSIBLE, ROLE);
    phone.says("sign.customer.seal", "paper");
    phone.goes_on("11:55", "leave.out");
    phone.stamps("leave.out.at");
}

fn afterwards(phone: &mut Phone) {
    phone.goes_on("14:00", "report.kind");
    phone.ticks(&["report.kind.f15"]);
    phone.goes_on("14:10", "report.daily");
    phone.says("report.daily.span", "one");
    phone.picks("report.daily.open", 1);
    phone.goes_on("14:20", "report.send");
    phone.accepts("report.send.to");
    phone.says("report.send.way", "mail");
    phone.stamps("report.send.at");
    phone.on(23, "10:00");
    phone.goes_on("10:00", "followup.call");
    phone.stamps("followup.call.at");
    phone.accepts("followup.call.person");
    phone.accepts("followup.call.phone");
    phone.says("followup.call.state", "normal");
    phone.picks("followup.call.result", 0);
    phone.goes_on("16:00", "file.handed");
    phone.picks("file.handed.place", 0);
    phone.says("file.handed.to", "孙倩");
    phone.stamps("file.handed.at");
}
