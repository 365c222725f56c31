//! Records that are gone are missed, also while the page is open; damaged rows are named and made anew.

use super::{begin, look, speak};
use anyhow::{Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use std::fs;

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    let visit = begin(story, &phone, &site).await?;
    phone.stamp("confirm.call.at").await?;
    let stamped = phone.wait_value("confirm.call.at").await?;
    phone.wait_saved().await?;
    damaged(story, &phone, &visit).await?;
    let backup = phone.export().await?.1;
    emptied(story, &phone, &site).await?;
    brought_back(story, &phone, &visit, &backup, &stamped).await?;
    shorter(story, &phone, &site).await?;
    cleared_while_open(story, &phone, &site).await
}

async fn damaged(story: &Story, phone: &Browser, visit: &str) -> Result<()> {
    let id = visit.rsplit("/visit/").next().unwrap_or_default().split('/').next().unwrap_or_default().to_owned();
    let spoil = format!(
        "const tx = db.transaction(['records', 'lines'], 'readwrite'); tx.objectStore('records').put({{ json: '{{\"id\":' }}, '{id}'); \
         const lines = tx.objectStore('lines'); const line = await asked(lines.get('{id}')); line.json = '[]'; lines.put(line, '{id}'); \
         await new Promise(done => {{ tx.oncomplete = done; }});"
    );
    phone.with_db(&spoil).await?;
    phone.go("#/").await?;
    phone.reload().await?;
    phone.wait_text("[data-alert=damaged]", "读不出来").await?;
    look(story, phone, "damaged-today-zh").await?;
    phone.go(&format!("#/visit/{id}")).await?;
    phone.wait_text("[data-damaged]", "其他记录不受影响").await?;
    look(story, phone, "damaged-zh").await?;
    phone.tap("[data-act=raw]").await?;
    phone.wait_text("[data-damaged] [role=status]", "已生成").await?;
    let (name, raw) = phone.downloaded().await?;
    ensure!(name.contains(&id) && !raw.is_empty(), "what is stored of it went out as {name}");
    phone.tap("[data-act=mend]").await?;
    phone.look().await?;
    ensure!(!phone.shows("[data-alert=damaged]").await?, "it is still called damaged");
    story.say("a damaged record is named, and rebuilt from its entries");
    Ok(())
}

async fn emptied(story: &Story, phone: &Browser, site: &Site) -> Result<()> {
    phone.goto(&format!("{}version.json", site.address())).await?;
    phone.delete_db().await?;
    for language in ["en", "zh"] {
        speak(phone, language).await?;
        phone.goto(site.address()).await?;
        phone.wait("[data-start=lost]").await?;
        look(story, phone, &format!("lost-{language}")).await?;
    }
    let says = phone.wait_text("[data-start=lost]", "这台手机上的记录不见了").await?;
    ensure!(!phone.shows("nav.tabbar").await?, "the empty book shows");
    phone.reload().await?;
    phone.wait("[data-start=lost]").await?;
    story.say(&format!("the database is gone: {}", says.lines().next().unwrap_or_default()));
    Ok(())
}

async fn brought_back(story: &Story, phone: &Browser, visit: &str, backup: &[u8], stamped: &str) -> Result<()> {
    let folder = Scratch::new("backup")?;
    let path = folder.path().join("backup.json");
    fs::write(&path, backup)?;
    phone.tap("[data-act=restore]").await?;
    phone.wait("#import-file").await?;
    phone.choose_files("#import-file", &[&path]).await?;
    phone.wait("[data-import-counts]").await?;
    phone.tap("[data-act=import]").await?;
    phone.wait("[data-act=menu]").await?;
    phone.goto(visit).await?;
    phone.reload().await?;
    phone.look().await?;
    phone.unfold("confirm.call").await?;
    ensure!(phone.wait_value("confirm.call.at").await? == stamped, "the backup did not bring the stamp back");
    phone.go("#/more").await?;
    let line = phone.wait_text("[data-loss]", "发现缺少").await?;
    let script = "document.querySelector('[data-loss]').scrollIntoView({ block: 'center' }); return true";
    phone.ask::<bool>(script, Vec::new()).await?;
    look(story, phone, "more-loss-zh").await?;
    story.say(&format!("restored from a backup; More still says: {line}"));
    Ok(())
}

async fn shorter(story: &Story, phone: &Browser, site: &Site) -> Result<()> {
    let mark = "const [device, seq] = localStorage['sitebook.mark'].split(' '); \
                localStorage['sitebook.mark'] = `${device} ${Number(seq) + 3}`; return true";
    phone.ask::<bool>(mark, Vec::new()).await?;
    phone.goto(&format!("{}version.json", site.address())).await?;
    phone.goto(site.address()).await?;
    phone.wait_text("[data-start=lost]", "缺少 3 条").await?;
    look(story, phone, "shorter-zh").await?;
    phone.tap("[data-act=go-on]").await?;
    phone.wait("nav.tabbar").await?;
    phone.reload().await?;
    phone.wait("nav.tabbar").await?;
    story.say("three entries missing: told, accepted once");
    Ok(())
}

async fn cleared_while_open(story: &Story, phone: &Browser, site: &Site) -> Result<()> {
    let origin = site.address().trim_end_matches('/');
    let all = json!({ "origin": origin, "storageTypes": "indexeddb,local_storage" });
    phone.devtools("Storage.clearDataForOrigin", all).await?;
    phone.wait("[data-start=lost]").await?;
    story.say("site data cleared while the page is open: told at once");
    Ok(())
}
