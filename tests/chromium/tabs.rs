//! Two tabs on one visit.

use anyhow::{Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::Engine;
use sitebook_journeys::machine;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;

/// Types two letters without leaving the field; tells what the badge says after each.
const TYPING: &str = "return (async (key) => {
    const input = document.querySelector(`[data-key='${key}'] input`);
    const said = [];
    for (const text of ['1', '12']) {
        input.value = text;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((done) => setTimeout(done, 100));
        said.push(document.querySelector('[data-save]').className);
    }
    return said;
})(arguments[0])";

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    let address: String = phone.ask("return location.href", Vec::new()).await?;

    let session = phone.session()?;
    let first = session.window().await?;
    let second = session.new_tab().await?;
    session.switch_to_window(second.clone()).await?;
    phone.fit().await?;
    phone.goto(&address).await?;
    phone.look().await?;
    story.say("the visit is open in two tabs");

    session.switch_to_window(first.clone()).await?;
    phone.stamp("confirm.call.at").await?;
    let stamped = phone.wait_value("confirm.call.at").await?;
    phone.answer("confirm.call.person", "王建国").await?;
    phone.wait_saved().await?;
    session.switch_to_window(second.clone()).await?;
    ensure!(phone.wait_value("confirm.call.at").await? == stamped, "the other tab shows another time");
    ensure!(phone.wait_value("confirm.call.person").await? == "王建国", "the other tab shows another name");
    story.say("what the first tab entered shows in the second without a reload");

    phone.unfold("confirm.call").await?;
    let typing: Vec<String> = phone.ask(TYPING, vec![json!("confirm.call.phone")]).await?;
    ensure!(typing.iter().all(|class| !class.contains("is-saved")), "a draft that waits is called {typing:?}");
    phone.wait_saved().await?;
    ensure!(phone.wait_value("confirm.call.phone").await? == "12", "what was typed is not there");
    story.say("while a field holds a draft, nothing is called saved");

    phone.choose("confirm.points.hours", "inside").await?;
    phone.wait_saved().await?;
    session.switch_to_window(first).await?;
    ensure!(phone.wait_value("confirm.points.hours").await? == "inside", "the first tab does not follow");
    phone.answer("confirm.call.phone", "0000-5550118").await?;
    phone.wait_saved().await?;
    story.say("and the other way round");

    phone.reload().await?;
    let values = phone.look().await?.values();
    let hours = values.iter().find(|(key, _)| key == "confirm.points.hours").map(|(_, value)| value.as_str());
    ensure!(hours == Some("inside"), "the hours are lost: {values:?}");
    phone.unfold("confirm.call").await?;
    ensure!(phone.wait_value("confirm.call.phone").await? == "0000-5550118", "the last entry is lost");
    session.switch_to_window(second).await?;
    session.close_window().await?;
    story.say("after a reload everything of both tabs is there");
    Ok(())
}
