//! Other pages in the way of an upgrade, and an update while something is unsaved.

use super::{fill, look, quota, wait_failed};
use anyhow::{Context, Result, ensure};
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::site::Site;
use sitebook_journeys::{db, machine};
use std::time::Duration;

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    an_old_page_holds_the_database(story, &phone, &site).await?;
    an_upgrade_waits_for_unsaved_entries(story, &phone, &site).await
}

/// A page of the first version that never lets go.
async fn an_old_page_holds_the_database(story: &Story, phone: &Browser, site: &Site) -> Result<()> {
    let session = phone.session()?;
    let old = session.window().await?;
    phone.goto(&format!("{}version.json", site.address())).await?;
    phone.build_db(&db::read_fixture(1)?, true).await?;
    let new = session.new_tab().await?;
    session.switch_to_window(new.clone()).await?;
    phone.fit().await?;
    phone.goto(site.address()).await?;
    phone.wait_text("[data-start=blocked]", "另一个页面还开着旧版本").await?;
    look(story, phone, "blocked-zh").await?;
    // Loaded again while it waits: Chromium then tells nothing at all to the second request, so the app's patience
    // ends and it says so.
    phone.reload().await?;
    until("it tells that it waits", Duration::from_secs(15), async || {
        Ok(phone.shows("[data-start]").await?.then_some(()))
    })
    .await?;
    look(story, phone, "waiting-zh").await?;
    session.switch_to_window(old).await?;
    session.close_window().await?;
    session.switch_to_window(new).await?;
    phone.wait("nav.tabbar").await?;
    story.say("an old page holds the database: told; it goes on by itself when that page is closed");
    Ok(())
}

/// A page with unsaved entries is asked to let go: it saves first.
async fn an_upgrade_waits_for_unsaved_entries(story: &Story, phone: &Browser, site: &Site) -> Result<()> {
    let session = phone.session()?;
    let dump = phone.dump_db().await?;
    let stores = dump["stores"].as_array().context("no stores")?;
    let lines = stores.iter().find(|store| store["name"] == "lines").context("no lines")?;
    let visit = lines["rows"].as_array().into_iter().flatten().find(|row| row["value"]["kind"] == "visit");
    let visit = visit.context("no visit")?["key"].as_str().context("no key")?.to_owned();
    phone.go(&format!("#/visit/{visit}/at/confirm")).await?;
    phone.look().await?;
    phone.unfold("confirm.call").await?;
    fill(phone, site).await?;
    phone.answer("confirm.call.phone", "0000-5550119").await?;
    wait_failed(phone).await?;

    let first = session.window().await?;
    let second = session.new_tab().await?;
    session.switch_to_window(second).await?;
    phone.goto(&format!("{}version.json", site.address())).await?;
    let script = format!(
        "window.state = 'asked'; const r = indexedDB.open('{}', 50); r.onblocked = () => {{ window.state = 'blocked'; }}; \
         r.onsuccess = () => {{ window.state = 'open'; r.result.close(); }}; return true",
        db::NAME
    );
    phone.ask::<bool>(&script, Vec::new()).await?;
    let state = async |wanted: &str| {
        until(&format!("the newer page is {wanted}"), Duration::from_secs(15), async || {
            let state: String = phone.ask("return window.state", Vec::new()).await?;
            Ok((state == wanted).then_some(()))
        })
        .await
    };
    state("blocked").await?;
    let waiting = session.window().await?;
    session.switch_to_window(first.clone()).await?;
    let says = phone.wait_text("[data-alert=unsaved]", "另一个页面要更新应用").await?;
    look(story, phone, "wanted-zh").await?;
    ensure!(phone.wait_value("confirm.call.phone").await? == "0000-5550119", "the entry left the screen");
    quota(phone, site, None).await?;
    phone.tap("[data-act=retry-unsaved]").await?;
    phone.wait_saved().await?;
    phone.wait_text(".banner", "重新加载").await?;
    session.switch_to_window(waiting).await?;
    state("open").await?;
    let kept = phone
        .with_db(&format!("return (await asked(db.transaction('records').objectStore('records').get('{visit}'))).json"))
        .await?;
    ensure!(kept.as_str().unwrap_or_default().contains("0000-5550119"), "the entry is not on the disk");
    story.say(&format!("an upgrade waits for what is unsaved: {}; then both go on", says.replace('\n', " ")));
    Ok(())
}
