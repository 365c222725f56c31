//! What the settings say reaches the steps: a list of the company's is worked through in place of the general one, and
//! a blank that must be set says so where it is needed and leads to where it is set.

use anyhow::{Result, ensure};
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use sitebook_journeys::visit::key;

const LIST: &str = "inspect.listed.list";

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    blank(story, &phone).await?;
    list(story, &phone).await
}

/// The period of revisits has no default: the step says so before it is too late, and is quiet once it is set.
async fn blank(story: &Story, phone: &Browser) -> Result<()> {
    phone.go("#/procedure/node-revisit").await?;
    phone.tap("[data-act=begin]").await?;
    phone.wait("[data-act=menu]").await?;
    let visit = phone.place().await?;
    let needed = "[data-step='feed.next'] [data-blank='limit.revisit-days']";
    phone.open_stage("feed").await?;
    phone.unfold("feed.next").await?;
    let words = phone.wait_text(needed, "已开通节点回访周期").await?;
    let wide = phone.too_wide().await?;
    story.check(wide.is_empty(), || format!("a blank scrolls sideways: {wide:?}"));
    phone.picture("rules-in-steps", "blank").await?;
    phone.tap(needed).await?;
    phone.type_in("#in-limit-revisit-days", "90").await?;
    phone.wait_gone("[data-limit=revisit-days] [data-unset]").await?;
    phone.go(&visit).await?;
    phone.open_stage("feed").await?;
    phone.unfold("feed.next").await?;
    phone.wait(&key("feed.next.at", "")).await?;
    phone.wait_gone(needed).await?;
    story.say(&format!("a blank that must be set: {}", words.trim()));
    Ok(())
}

/// One item a line; each becomes a row that waits for its verdict, and the general list is not asked.
async fn list(story: &Story, phone: &Browser) -> Result<()> {
    phone.go("#/limits").await?;
    phone.type_in("#in-limit-inspection-items", "环网倒换 | 50 ms 内\n电池放电").await?;
    phone.go("#/procedure/inspection-visit").await?;
    phone.tap("[data-act=begin]").await?;
    phone.wait("[data-act=menu]").await?;
    phone.open_stage("inspect").await?;
    phone.unfold("inspect.listed").await?;
    ensure!(!phone.shows("[data-step='inspect.equipment']").await?, "the general list is asked as well");
    phone.wait_text(&key(LIST, "[data-act=line]"), "环网倒换").await?;
    phone.tap(&key(LIST, "[data-act=line]")).await?;
    phone.wait_text(&key(LIST, "[data-act=line]"), "电池放电").await?;
    phone.picture("rules-in-steps", "list").await?;
    phone.tap(&key(LIST, "[data-act=all-lines]")).await?;
    phone.wait_gone(&key(LIST, "[data-act=line]")).await?;
    phone.wait_saved().await?;
    let look = phone.look().await?;
    ensure!(look.step("inspect.listed")?.state != "done", "rows without a verdict count as done");
    let wide = phone.too_wide().await?;
    story.check(wide.is_empty(), || format!("the list scrolls sideways: {wide:?}"));
    story.say("a list of the company's own takes the place of the general one");
    Ok(())
}
