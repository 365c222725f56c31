//! From clearing up to filing.

use super::{TODAY, Trip};
use anyhow::{Context, Result, ensure};
use sitebook_journeys::browser::Browser;
use sitebook_journeys::start;
use sitebook_journeys::visit::key;

pub async fn objects_are_counted(trip: &Trip<'_>) -> Result<()> {
    let phone = trip.phone;
    let leave = phone.open_stage("leave").await?;
    let gates: Vec<_> = leave.gates.iter().map(|gate| gate.target.as_str()).collect();
    ensure!(
        gates.contains(&"gate:leave:objects") && gates.contains(&"gate:leave:signed"),
        "leaving waits for {gates:?}"
    );
    ensure!(leave.step("leave.out")?.state == "locked", "leaving is open");
    phone.open_stage("clean").await?;
    for step in ["clean.site", "clean.tools", "clean.borrowed"] {
        trip.walk.step(step).await?;
    }
    let first = key("clean.objects.tally", ".tally-row:nth-child(1)");
    phone.type_in(&format!("{first} input"), "2").await?;
    let says = phone.wait_text(&format!("{first} .field-error"), "数量不符").await?;
    phone.picture("look", "tally").await?;
    phone.wait_saved().await?;
    ensure!(phone.look().await?.step("clean.objects")?.state == "open", "one too many, and the count is done");
    trip.story.say(&format!("two out where one went in: {says}"));
    phone.tap(&format!("{first} [data-act=tally-same]")).await?;
    phone.wait_gone(&format!("{first} .field-error:not(:empty)")).await?;
    trip.walk.rest().await.map(drop)
}

pub async fn customer_signs(trip: &Trip<'_>) -> Result<()> {
    let phone = trip.phone;
    phone.open_stage("sign").await?;
    phone.stamp_by_hand("sign.review.leave-at", -120).await?;
    let refused = phone.wait_text(&key("sign.review.leave-at", ".field-error"), "不能早于").await?;
    ensure!(refused.contains("到达"), "it does not say before what: {refused}");
    phone.picture("look", "leave-before-arrive").await?;
    let stage = phone.look().await?;
    let times = stage.step("sign.review")?.captures.first().context("no time")?.clone();
    ensure!(times.value.is_empty(), "refused, and yet it reads {}", times.value);
    trip.story.say(&format!("leaving before arriving is refused: {refused}"));
    phone.stamp("sign.review.leave-at").await?;
    phone.wait_value("sign.review.leave-at").await?;

    trip.walk.step("sign.review").await?;
    trip.walk.step("sign.opinion").await?;
    trip.walk.step("sign.engineer").await?;
    phone.tap(&key("sign.customer.sign", "[data-act=sign]")).await?;
    phone.wait("dialog[open] canvas").await?;
    phone.type_in("dialog[open] input[name=signer]", start::ENGINEER).await?;
    phone.draw("dialog[open] canvas", 7).await?;
    phone.picture("look", "sign-pad").await?;
    phone.tap("dialog[open] [data-act=sign-confirm]").await?;
    let refused = phone.wait_text("dialog[open] .field-error", "客户").await?;
    trip.story.say(&format!("the engineer cannot sign for the customer: {refused}"));
    phone.type_in("dialog[open] input[name=signer]", start::CONTACT).await?;
    phone.tap("dialog[open] [data-act=sign-confirm]").await?;
    phone.wait_gone("dialog[open]").await?;
    trip.walk.rest().await?;
    phone.picture("look", "signed").await?;
    trip.story.say("engineer and customer have signed");
    Ok(())
}

pub async fn engineer_leaves_and_today_asks_for_the_call(trip: &Trip<'_>) -> Result<()> {
    let phone = trip.phone;
    let leave = phone.open_stage("leave").await?;
    ensure!(leave.gates.is_empty(), "leaving is still locked: {:#?}", leave.gates);
    trip.walk.stage("leave").await?;
    phone.tap(TODAY).await?;
    phone.wait("[data-due=followup]").await?;
    let due = phone.text("[data-due=followup]").await?;
    ensure!(due.contains("回访") && due.contains("天"), "the follow-up reads {due:?}");
    phone.picture("look", "today-due").await?;
    trip.story.say(&format!("Today asks: {}", due.replace('\n', " ")));
    phone.tap("[data-due=followup]").await?;
    let stage = phone.look().await?;
    ensure!(stage.steps.iter().any(|step| step.path == "followup.call"), "it leads to “{}”", stage.title);
    trip.walk.stage("report").await?;
    Ok(())
}

pub async fn visit_is_filed(trip: &Trip<'_>) -> Result<()> {
    let phone = trip.phone;
    phone.open_stage("file").await?;
    trip.walk.rest().await?;
    phone.wait("[data-act=next], [data-act=close]").await?;
    trip.walk.stage("followup").await?;
    phone.open_stage("file").await?;
    phone.tap("[data-act=close]").await?;
    phone.wait("[data-act=reopen]").await?;
    phone.wait_text(".visit-head", "已归档").await?;
    phone.picture("look", "filed").await?;
    a_filed_record_shows_what_it_holds(phone).await?;
    phone.tap(TODAY).await?;
    phone.wait("main .page").await?;
    phone.settle().await?;
    ensure!(!phone.shows("[data-due=followup]").await?, "filed, and Today still asks for the call");
    ensure!(!phone.shows("[data-visit]").await?, "filed, and still under way");
    phone.go("#/records/visit").await?;
    phone.wait_text("main", "已归档").await?;
    phone.wait("[data-visit]").await?;
    phone.picture("look", "records").await?;
    trip.story.say("the call is recorded, the visit is closed and filed");
    Ok(())
}

/// The browser moves the mark of a choice by itself; when the entry is refused it has to go back.
async fn a_filed_record_shows_what_it_holds(phone: &Browser) -> Result<()> {
    const CHOICE: &str = "apply.need.operate";
    phone.open_stage("apply").await?;
    phone.unfold("apply.need").await?;
    phone.choose(CHOICE, "no").await?;
    phone.wait_text(&key(CHOICE, ".field-error"), "已归档").await?;
    phone.settle().await?;
    let shown = phone.look().await?.values();
    ensure!(shown.contains(&(CHOICE.to_owned(), "yes".to_owned())), "refused, and yet the choices show {shown:?}");
    phone.picture("look", "filed-refused").await.map(drop)
}
