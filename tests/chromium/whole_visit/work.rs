//! In the machine room: application, critical problem, backup, operation.

use super::{TODAY, Trip};
use anyhow::{Context, Result, ensure};
use sitebook_journeys::site::Site;
use sitebook_journeys::start;

pub async fn application_is_signed(trip: &Trip<'_>) -> Result<()> {
    let phone = trip.phone;
    let enter = phone.open_stage("enter").await?;
    let inside = enter.step("enter.inside")?;
    ensure!(inside.state == "locked" && inside.gates.len() >= 2, "the door is open without consent: {inside:?}");
    ensure!(inside.gates.iter().all(|gate| !gate.clause.is_empty()), "a gate without a clause: {inside:?}");
    trip.walk.rest().await?;
    for object in ["笔记本电脑", "测试仪表"] {
        phone.add_row("enter.objects.list", &[("item", object)]).await?;
    }
    phone.wait_saved().await?;
    trip.story.say("in the machine room, three objects registered");

    phone.open_stage("apply").await?;
    for step in ["apply.ask", "apply.need"] {
        trip.walk.step(step).await?;
    }
    operating_is_locked(trip).await?;
    phone.open_stage("apply").await?;
    let stage = phone.look().await?;
    ensure!(stage.step("apply.sign")?.state == "locked", "an empty application can be signed");
    Ok(())
}

async fn operating_is_locked(trip: &Trip<'_>) -> Result<()> {
    let stage = trip.phone.open_stage("operate").await?;
    let start = stage.step("operate.start")?;
    ensure!(start.state == "locked", "operating is {} before the application is signed", start.state);
    let gate = start.gates.iter().find(|gate| gate.target == "gate:operate.start:signed");
    let gate = gate.with_context(|| format!("the signature is not among {:#?}", start.gates))?;
    ensure!(gate.text.contains("客户责任人已在《现场技术服务申请报告》上签字"), "{gate:?}");
    ensure!(gate.clause.contains("ZTE 6.3.6"), "{gate:?}");
    trip.phone.picture("look", "operate-locked").await?;
    let targets: Vec<_> = start.gates.iter().map(|gate| gate.target.as_str()).collect();
    trip.story.say(&format!("operating is locked by {}", targets.join(", ")));
    Ok(())
}

pub async fn both_heads_are_told(trip: &Trip<'_>) -> Result<()> {
    let phone = trip.phone;
    trip.walk.step("apply.critical").await?;
    let stage = phone.look().await?;
    ensure!(stage.step("apply.notify")?.state == "open", "nobody has to be told");
    phone.stamp("apply.notify.found").await?;
    let clock = phone.wait_text("[data-clock=critical-notify]", "14:").await?;
    ensure!(clock.contains("ZTE 6.5.1"), "the timer names no clause: {clock:?}");
    phone.picture("look", "timer").await?;
    trip.story.say(&format!("the timer runs: {}", clock.replace('\n', " ")));
    trip.walk.step("apply.notify").await?;
    phone.wait_gone("[data-clock=critical-notify]").await?;
    trip.story.say("both heads are told, the timer is gone");
    trip.walk.rest().await?;
    phone.picture("look", "application-signed").await?;
    trip.story.say("the application is signed by the responsible person");
    Ok(())
}

pub async fn equipment_is_operated(trip: &Trip<'_>) -> Result<()> {
    let phone = trip.phone;
    let stage = phone.open_stage("operate").await?;
    let start = stage.step("operate.start")?;
    let targets: Vec<_> = start.gates.iter().map(|gate| gate.target.as_str()).collect();
    ensure!(!targets.contains(&"gate:operate.start:signed"), "signed, and still locked by {targets:?}");
    ensure!(targets.contains(&"gate:operate.start:backup"), "no backup, and locked only by {targets:?}");
    trip.walk.stage("backup").await?;
    let stage = trip.walk.stage("operate").await?;
    phone.picture("look", "operate-done").await?;
    ensure!(stage.step("operate.data")?.state == "done", "the data change is not recorded");
    trip.walk.stage("verify").await?;
    Ok(())
}

/// This time the app is opened as from the home screen, and in the middle of typing.
pub async fn browser_is_killed_again(trip: &Trip<'_>, site: &Site) -> Result<()> {
    let phone = trip.phone;
    trip.walk.stage("explain").await?;
    let words = "单板硬件故障：5 号槽 PON 板 3 口光模块失效";
    phone.unfold("explain.cause").await?;
    phone.answer("explain.cause.cause", words).await?;
    phone.wait_saved().await?;
    let values = phone.look().await?.values();
    phone.kill()?;
    start::reopen(trip.story, phone, site.address()).await?;
    // It goes on where it was closed: in the stage, with every value.
    phone.wait(".stage-bar").await?;
    let stage = phone.look().await?;
    ensure!(stage.steps.iter().any(|step| step.path == "explain.cause"), "it opens at “{}”", stage.title);
    phone.tap(TODAY).await?;
    phone.wait("[data-visit]").await?;
    phone.picture("look", "today-under-way").await?;
    phone.tap("[data-visit]").await?;
    let next = phone.look().await?;
    ensure!(next.steps.iter().any(|step| step.path.starts_with("clean.")), "it opens at “{}”", next.title);
    phone.open_stage("explain").await?;
    for step in phone.look().await?.steps {
        phone.unfold(&step.path).await?;
    }
    let again = phone.look().await?.values();
    let cause = again.iter().find(|(key, _)| key == "explain.cause.cause").map(|(_, value)| value.as_str());
    ensure!(cause == Some(words), "the cause reads {cause:?}");
    ensure!(again == values, "after the kill {again:#?} stands where {values:#?} was");
    trip.story.say("killed again: it opens where it was closed, Today leads to the next stage, every value is there");
    Ok(())
}
