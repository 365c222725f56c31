//! The browser is asked to keep the records when there is something to lose, not sooner, and not again and again.

use super::look;
use anyhow::{Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::site::Site;
use sitebook_journeys::{machine, start};
use std::time::Duration;

/// A browser that counts how often it is asked, and promises when it is told to.
const ASKED: &str = "StorageManager.prototype.persisted = async () => localStorage['test.granted'] === '1'; \
     StorageManager.prototype.persist = async () => { \
     localStorage['test.asked'] = Number(localStorage['test.asked'] ?? 0) + 1; \
     return localStorage['test.granted'] === '1'; };";

async fn asked(phone: &Browser) -> Result<u32> {
    phone.ask("return Number(localStorage['test.asked'] ?? 0)", Vec::new()).await
}

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": ASKED })).await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    ensure!(asked(&phone).await? == 0, "it asks before there is a visit");
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    until("the first visit asks", Duration::from_secs(10), async || Ok((asked(&phone).await? == 1).then_some(())))
        .await?;
    story.say("the first visit asks the browser to keep the records, and nothing before it does");

    phone.reload().await?;
    phone.look().await?;
    phone.stamp("confirm.call.at").await?;
    phone.wait_saved().await?;
    ensure!(asked(&phone).await? == 1, "it asks again");
    phone.go("#/more").await?;
    phone.wait("[data-act=persist]").await?;
    let before = phone.text("[data-kept]").await?;
    phone.tap("[data-act=persist]").await?;
    until("it says that the browser did not promise", Duration::from_secs(10), async || {
        Ok((phone.text("[data-kept]").await? != before).then_some(()))
    })
    .await?;
    ensure!(asked(&phone).await? == 2, "the button does not ask");
    look(story, &phone, "kept-refused-zh").await?;

    phone.run("localStorage['test.granted'] = '1'", Vec::new()).await?;
    phone.reload().await?;
    phone.wait("[data-kept]").await?;
    until("it tells of the promise", Duration::from_secs(10), async || {
        let says = phone.text("[data-kept]").await?;
        Ok((!says.is_empty() && says != before && !phone.shows("[data-act=persist]").await?).then_some(()))
    })
    .await?;
    story.say(&format!("refused and promised are told: {}", phone.text("[data-kept]").await?));
    Ok(())
}
