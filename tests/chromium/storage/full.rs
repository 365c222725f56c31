//! No room left: entries stay on the screen and can be taken elsewhere; freed room saves them in order.

use super::{begin, fill, look, quota, wait_failed};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::bundle::Bundle;
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::pictures;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    let visit = begin(story, &phone, &site).await?;
    phone.stamp("confirm.call.at").await?;
    phone.wait_saved().await?;
    at_a_tap(story, &phone, &site).await?;
    leaving_the_visit(story, &phone).await?;
    taken_elsewhere(story, &phone, &site).await?;
    room_again(story, &phone, &site, &visit).await?;
    at_a_photo(story, &phone, &site, &visit).await?;
    getting_tight(story, &phone).await
}

async fn at_a_tap(story: &Story, phone: &Browser, site: &Site) -> Result<()> {
    fill(phone, site).await?;
    phone.unfold("confirm.call").await?;
    phone.answer("confirm.call.person", "王建国").await?;
    wait_failed(phone).await?;
    phone.answer("confirm.call.phone", "0000-5550118").await?;
    let says = phone.wait_text("[data-alert=unsaved]", "存储空间已满").await?;
    ensure!(says.contains("2 条内容未保存"), "it says {says}");
    ensure!(phone.wait_value("confirm.call.person").await? == "王建国", "the entry left the screen");
    look(story, phone, "full-zh").await?;
    story.say(&format!("the device is full: {}", says.replace('\n', " ")));
    Ok(())
}

async fn leaving_the_visit(story: &Story, phone: &Browser) -> Result<()> {
    let place = phone.place().await?;
    phone.go("#/").await?;
    phone.wait_text("[data-alert=unsaved]", "2 条内容未保存").await?;
    look(story, phone, "full-today-zh").await?;
    let asks: bool = phone
        .ask(
            "const e = new Event('beforeunload', { cancelable: true }); dispatchEvent(e); return e.defaultPrevented",
            Vec::new(),
        )
        .await?;
    ensure!(asks, "the browser does not ask before the page is left");
    phone.go(&place).await?;
    phone.look().await?;
    phone.unfold("confirm.call").await?;
    ensure!(phone.wait_value("confirm.call.person").await? == "王建国", "the first entry is lost");
    ensure!(phone.wait_value("confirm.call.phone").await? == "0000-5550118", "the second entry is lost");
    story.say("gone to Today and back: both entries are still there, still unsaved");
    Ok(())
}

async fn taken_elsewhere(story: &Story, phone: &Browser, site: &Site) -> Result<()> {
    let origin = site.address().trim_end_matches('/');
    let allow = json!({ "origin": origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    phone.devtools("Browser.grantPermissions", allow).await?;
    phone.tap("[data-act=copy-unsaved]").await?;
    phone.wait_text("[data-told]", "已复制").await?;
    let read = "return navigator.clipboard.readText()";
    let copied: String = phone.ask(read, Vec::new()).await?;
    let lines: Vec<&str> = copied.lines().collect();
    ensure!(lines.len() == 2 && lines[0].contains("王建国") && lines[1].contains("0000-5550118"), "copied: {copied}");
    phone.tap("[data-act=share-unsaved]").await?;
    let (name, bytes) = phone.downloaded().await?;
    let file: Value = serde_json::from_slice(&bytes)?;
    let entries = file["unsaved"].as_array().context("no entries in the file")?;
    ensure!(name.starts_with("sitebook-unsaved-") && entries.len() == 2, "{name}: {file}");
    story.say(&format!("copied: {copied:?}; saved as {name}"));
    Ok(())
}

async fn room_again(story: &Story, phone: &Browser, site: &Site, visit: &str) -> Result<()> {
    phone.tap("[data-act=retry-unsaved]").await?;
    wait_failed(phone).await?;
    quota(phone, site, None).await?;
    phone.tap("[data-act=retry-unsaved]").await?;
    phone.wait_saved().await?;
    ensure!(!phone.shows("[data-alert=unsaved]").await?, "the alert stays");
    phone.goto(visit).await?;
    phone.reload().await?;
    phone.look().await?;
    phone.unfold("confirm.call").await?;
    ensure!(phone.wait_value("confirm.call.person").await? == "王建国", "the first entry is not on the disk");
    ensure!(phone.wait_value("confirm.call.phone").await? == "0000-5550118", "the second entry is not on the disk");
    let (_, bytes) = phone.export().await?;
    story.say(&format!("room again: saved in order, {} ops, the chain verifies", Bundle::read(&bytes)?.ops()?.len()));
    Ok(())
}

async fn at_a_photo(story: &Story, phone: &Browser, site: &Site, visit: &str) -> Result<()> {
    let files = Scratch::new("files")?;
    let photo = pictures::jpeg(files.path(), "a.jpg", 3)?;
    phone.goto(&format!("{}/at/apply", visit.split("/at/").next().unwrap_or(visit))).await?;
    phone.look().await?;
    let open = "[data-step=\"apply.ask\"] [data-act=override]";
    if phone.shows(open).await? {
        story.say("the step is locked; its photo can be taken all the same");
    }
    phone.unfold("apply.ask").await?;
    fill(phone, site).await?;
    phone.photo("apply.ask.photo", &[&photo]).await?;
    wait_failed(phone).await?;
    phone.tap("[data-act=share-unsaved]").await?;
    let (_, bytes) = phone.downloaded().await?;
    let file: Value = serde_json::from_slice(&bytes)?;
    let data = file["unsaved"][0]["photos"][0]["data"].as_str().context("the photo's bytes are not in the file")?;
    ensure!(data.len() > 10_000, "only {} characters of photo", data.len());
    phone.wait("[data-no-room]").await?;
    look(story, phone, "full-photo-zh").await?;
    quota(phone, site, None).await?;
    phone.tap("[data-act=retry-unsaved]").await?;
    phone.wait_saved().await?;
    phone.reload().await?;
    phone.look().await?;
    phone.unfold("apply.ask").await?;
    phone.wait_photos("apply.ask.photo", 1).await?;
    story.say("full at a photo: its bytes can be saved as a file; with room again it is on the disk");
    Ok(())
}

async fn getting_tight(story: &Story, phone: &Browser) -> Result<()> {
    phone.go("#/").await?;
    phone.wait("main .card").await?;
    ensure!(!phone.shows("[data-room]").await?, "there is room, but it warns");
    // The override changes no estimate; older and other browsers tell the truth like this.
    let source = "StorageManager.prototype.estimate = async () => ({ usage: 9e8, quota: 95e7 });";
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    phone.reload().await?;
    let says = phone.wait_text("[data-room]", "存储空间快用完了").await?;
    look(story, phone, "tight-zh").await?;
    phone.go("#/more").await?;
    phone.wait("[data-space]").await?;
    phone.tap("button.segment[lang^=en]").await?;
    phone.wait_text("[data-space]", "available").await?;
    look(story, phone, "more-space-en").await?;
    story.say(&format!("before it is full Today warns: {}", says.replace('\n', " ")));
    Ok(())
}
