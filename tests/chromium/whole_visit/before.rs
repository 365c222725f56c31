//! From the call to the door of the machine room.

use super::{APPROVER, REASON, Trip};
use anyhow::{Context, Result, ensure};
use sitebook_journeys::start;

pub async fn customer_is_called(trip: &Trip<'_>) -> Result<()> {
    let stage = trip.phone.look().await?;
    ensure!(
        stage.steps.iter().any(|step| step.path == "confirm.call"),
        "the visit begins with the call, not {stage:?}"
    );
    let done = trip.walk.stage("confirm").await?;
    ensure!(done.steps.iter().all(|step| step.state == "done"), "the call is not done: {done:#?}");
    Ok(())
}

pub async fn nothing_is_operated_before_the_signature(trip: &Trip<'_>) -> Result<()> {
    let phone = trip.phone;
    let depart = phone.open_stage("depart").await?;
    let plan =
        depart.gates.iter().find(|gate| gate.target == "gate:depart:plan").context("no gate before setting out")?;
    ensure!(plan.text.contains("工作计划已获客户认可") && plan.clause.contains("ZTE 6.2.3"), "{plan:?}");
    ensure!(depart.step("depart.setout")?.state == "locked", "setting out is open without a plan");
    // What operating needs is only known when the application says that something is operated.
    trip.walk.stage("prepare").await?;
    let depart = phone.open_stage("depart").await?;
    ensure!(depart.gates.is_empty(), "setting out is still locked: {:#?}", depart.gates);
    trip.walk.rest().await?;
    trip.story.say("setting out was locked until the customer had accepted the plan");
    Ok(())
}

pub async fn browser_is_killed_and_the_entry_is_there(trip: &Trip<'_>) -> Result<()> {
    let phone = trip.phone;
    let before = phone.open_stage("arrive").await?;
    ensure!(before.step("arrive.arrival")?.state == "open", "arrival is not open");
    phone.stamp("arrive.arrival.at").await?;
    phone.wait_value("arrive.arrival.at").await?;
    phone.wait_saved().await?;
    let values = phone.look().await?.values();
    let place: String = phone.ask("return location.href", Vec::new()).await?;
    phone.kill()?;
    start::reopen(trip.story, phone, &place).await?;
    let again = phone.open_stage("arrive").await?;
    phone.unfold("arrive.arrival").await?;
    let again_values = phone.look().await?.values();
    ensure!(again_values == values, "after the kill {again_values:?} stands where {values:?} was; {again:?}");
    trip.story.say("killed right after “saved”, opened again: the stamp is there, to the minute");
    Ok(())
}

pub async fn late_arrival_needs_an_approver(trip: &Trip<'_>) -> Result<()> {
    let phone = trip.phone;
    let stage = phone.look().await?;
    let greet = stage.step("arrive.greet")?;
    ensure!(greet.state == "locked", "half an hour late, and greeting is {}", greet.state);
    let gate = greet.gates.first().context("locked without a gate")?;
    ensure!(gate.target == "gate:arrive.greet:late-call", "{gate:?}");
    ensure!(gate.text.contains("须在约定时间之前打过电话") && gate.clause.contains("ZTE 6.3.2"), "{gate:?}");
    ensure!(!gate.needs.is_empty(), "the gate does not say what is missing");
    phone.picture("look", "late-gate").await?;
    trip.story.say(&format!("half an hour late: {} ({})", gate.text.replace('\n', " "), gate.needs.join(" ")));

    phone.tap("[data-gate=\"gate:arrive.greet:late-call\"] [data-act=override]").await?;
    phone.wait("dialog[open] button[type=submit]").await?;
    phone.tap("dialog[open] button[type=submit]").await?;
    phone.wait_text("dialog[open] .field-error", "原因").await?;
    phone.picture("look", "override-sheet").await?;
    phone.type_in("dialog[open] textarea[name=reason]", REASON).await?;
    phone.tap("dialog[open] button[type=submit]").await?;
    phone.wait_text("dialog[open] .field-error", "姓名").await?;
    phone.type_in("dialog[open] input[name=approver]", APPROVER).await?;
    phone.tap("dialog[open] button[type=submit]").await?;
    phone.wait_gone("[data-gate=\"gate:arrive.greet:late-call\"]").await?;
    phone.wait_saved().await?;
    trip.story.say("overridden, with a reason and an approver, and not without them");
    trip.walk.rest().await.map(drop)
}
