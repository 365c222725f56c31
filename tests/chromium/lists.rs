//! Records found again: a filter that stays on the way back and on a reload and is kept under a name, the list as a
//! spreadsheet made without a network, the calendar file, the figures.

use anyhow::{Context, Result, ensure};
use calamine::{Data, Reader, Xlsx};
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use std::io::Cursor;

/// Chooses an option as a user does.
const CHOOSE: &str = "const list = document.querySelector(arguments[0]); list.value = arguments[1]; \
                      list.dispatchEvent(new Event('change', { bubbles: true })); return list.value";

async fn filtered(story: &Story, phone: &Browser) -> Result<()> {
    phone.go("#/records/order").await?;
    phone.wait("main [data-order]").await?;
    phone.tap("[data-act=filter]").await?;
    phone.wait("dialog[open] #filter-work").await?;
    let chosen: String = phone.ask(CHOOSE, vec![json!("#filter-work"), json!("fault")]).await?;
    ensure!(chosen == "fault", "the sample's order is no fault: {chosen}");
    phone.type_in("#filter-name", "故障单").await?;
    phone.tap("[data-act=filter-keep]").await?;
    phone.wait_text("dialog[open] [data-told]", "故障单").await?;
    phone.tap("[data-act=filter-show]").await?;
    phone.wait_text("[data-chip=work]", "故障处理").await?;
    phone.wait_text("[data-count]", "1 条").await?;
    phone.picture("lists", "filtered").await?;
    ensure!(phone.place().await?.ends_with("?work=fault"), "the filter is not in the address");
    let (row, size): (String, String) = phone
        .ask(
            "const row = document.querySelector('[role=feed] article'); \
              return [row.ariaPosInSet ?? row.getAttribute('aria-posinset'), row.getAttribute('aria-setsize')]",
            Vec::new(),
        )
        .await?;
    ensure!((row.as_str(), size.as_str()) == ("1", "1"), "a screen reader hears {row} of {size}");
    phone.tap("main [data-order]").await?;
    phone.wait("[data-act=history]").await?;
    phone.run("history.back()", Vec::new()).await?;
    phone.wait("[data-chip=work]").await?;
    phone.reload().await?;
    phone.wait("[data-chip=work]").await?;
    phone.tap("[data-chip=work]").await?;
    phone.wait_gone("[data-chip=work]").await?;
    phone.tap("[data-act=filter]").await?;
    phone.tap("dialog[open] [data-kept]").await?;
    phone.wait("[data-chip=work]").await?;
    phone.type_in("input[name=find]", "绝没有这样的词").await?;
    phone.wait("main .empty").await?;
    phone.type_in("input[name=find]", "云岭").await?;
    phone.wait("main [data-order]").await?;
    story.say("the filter is in the address, stays on the way back and on a reload, and is kept under a name");
    Ok(())
}

async fn exported(story: &Story, phone: &Browser) -> Result<()> {
    phone.go("#/records/visit").await?;
    phone.wait("main [data-visit]").await?;
    phone.tap("[data-act=export-sheet]").await?;
    phone.tap("[data-act=export-xlsx]").await?;
    phone.wait_text("dialog[open] [data-told]", "xlsx").await?;
    phone.picture("lists", "export").await?;
    let (name, bytes) = phone.downloaded().await?;
    ensure!(name.ends_with(".xlsx"), "saved as {name}");
    let mut book = Xlsx::new(Cursor::new(bytes))?;
    let names = book.sheet_names();
    ensure!(names.first().is_some_and(|name| name == "清单") && names.len() > 1, "the sheets are {names:?}");
    let list = book.worksheet_range("清单")?;
    let cell = |column| list.get((1, column)).cloned().unwrap_or_default();
    ensure!(matches!(cell(0), Data::String(number) if number.starts_with("SV-")), "no number: {:?}", cell(0));
    ensure!(cell(1) == Data::String("云岭市通信分公司".to_owned()), "another customer: {:?}", cell(1));
    ensure!(matches!(cell(7), Data::DateTime(_)), "the day is no date: {:?}", cell(7));
    ensure!(matches!(cell(11), Data::Float(steps) if steps > 10.0), "steps are no number: {:?}", cell(11));
    story.say(&format!(
        "without a network the list went out as {name}: {} sheets, dates and numbers in them",
        names.len()
    ));
    phone.tap("[data-act=print-list]").await?;
    phone.wait(".paper article.paper-page").await?;
    phone.wait_text(".page-count", "1").await?;
    phone.picture("lists", "printed").await?;
    Ok(())
}

/// At a desk a record opens beside its list; what was chosen, and what is open, outlive a reload.
async fn abreast(story: &Story, phone: &Browser) -> Result<()> {
    const LIST: &str = ".abreast-list";
    phone.resize(1280, 860).await?;
    phone.go("#/records/order?work=fault").await?;
    phone.wait(".abreast-page > .empty").await?;
    phone.tap(".abreast-list [data-order]").await?;
    phone.wait(".abreast-page [data-act=history]").await?;
    phone.wait(".abreast-list [data-order][aria-current=true]").await?;
    phone.wait("nav.tabbar a[href='#/records/visit'][aria-current=page]").await?;
    let focused: String = phone.ask("return document.activeElement.id", Vec::new()).await?;
    ensure!(focused == "pane", "the focus is on {focused:?}");
    let place = phone.place().await?;
    ensure!(place.ends_with("?in=order&work=fault"), "a reload would not find the list again: {place}");
    phone.picture("lists", "abreast").await?;
    phone.reload().await?;
    phone.wait(".abreast-list [data-chip=work]").await?;
    phone.wait(".abreast-page [data-act=edit]").await?;
    phone.tap(".abreast-page [data-act=edit]").await?;
    phone.wait(".abreast-page form").await?;
    ensure!(phone.shows(LIST).await?, "the list is gone while a record is changed");
    phone.go("#/records/visit").await?;
    phone.tap(".abreast-list [data-visit]").await?;
    phone.wait(".abreast-page .stage-bar").await?;
    ensure!(!phone.shows(".abreast-page .beside").await?, "three columns");
    phone.picture("lists", "abreast-visit").await?;
    let wide = phone.too_wide().await?;
    ensure!(wide.is_empty(), "it scrolls sideways: {wide:?}");
    phone.resize(390, 844).await?;
    phone.wait_gone(LIST).await?;
    phone.wait(".stage-bar").await?;
    phone.resize(1280, 860).await?;
    phone.wait(LIST).await?;
    phone.go("#/work").await?;
    phone.wait_gone(LIST).await?;
    phone.resize(390, 844).await?;
    story.say("at a desk's width records open beside their list, also after a reload and after the window was narrow");
    Ok(())
}

/// The whole journey.
pub async fn run(story: &Story) -> Result<()> {
    let mut site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=calendar-save]").await?;
    let (name, bytes) = phone.downloaded().await?;
    let file = String::from_utf8(bytes).context("the calendar file is no text")?.replace("\r\n ", "");
    ensure!(
        name.ends_with(".ics") && file.contains("BEGIN:VEVENT") && file.contains("TRIGGER:-PT120M"),
        "{name}: {file}"
    );
    ensure!(file.contains("SUMMARY:现场服务：云岭市通信分公司"), "{file}");
    phone.tap("[data-act=start-visit]").await?;
    phone.wait(".stage-bar").await?;
    phone.wait_saved().await?;
    start::go_offline(story, &phone, &mut site).await?;
    phone.go("#/calendar").await?;
    phone.wait("[data-act=calendar-save]").await?;
    phone.picture("lists", "calendar").await?;
    filtered(story, &phone).await?;
    exported(story, &phone).await?;
    abreast(story, &phone).await?;
    phone.go("#/charts").await?;
    phone.wait_text("[data-counted]", "1").await?;
    phone.wait("svg.chart").await?;
    phone.picture("lists", "charts").await?;
    for place in ["#/charts", "#/calendar", "#/records/visit", "#/records/order"] {
        phone.go(place).await?;
        phone.settle().await?;
        let wide = phone.too_wide().await?;
        ensure!(wide.is_empty(), "{place} scrolls sideways: {wide:?}");
    }
    Ok(())
}
