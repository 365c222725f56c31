//! A new version appears on the server: offered, taken, nothing lost; half a deployment is not taken.

use anyhow::{Result, bail, ensure};
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::deployment::{copy, rename_all, version_of};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use std::{fs, path::Path, time::Duration};

/// The version after the one under test.
pub const NEXT: &str = "fedcba987654";

pub async fn run(story: &Story) -> Result<()> {
    let folder = Scratch::new("served")?;
    copy(&machine::dist()?, folder.path())?;
    let old = version_of(folder.path())?;
    let mut site = Site::serve(folder.path())?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    phone.stamp("confirm.call.at").await?;
    let stamped = phone.wait_value("confirm.call.at").await?;
    phone.wait_saved().await?;

    // Only the worker of the new version has arrived: its page is not there yet.
    renew(folder.path(), &old, &["sw.js"])?;
    phone.reload().await?;
    phone.look().await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    ensure!(!phone.shows("[data-banner=update]").await?, "half a deployment is offered");
    ensure!(running(&phone).await? == old, "half a deployment runs");
    story.say("half a deployment is neither offered nor taken");

    renew(folder.path(), &old, &["index.html", "version.json"])?;
    phone.reload().await?;
    phone.look().await?;
    until("the new version is offered", Duration::from_secs(20), async || {
        Ok(phone.shows("[data-banner=update]").await?.then_some(()))
    })
    .await?;
    phone.picture("look", "update").await?;
    ensure!(running(&phone).await? == old, "the new version runs unasked");
    story.say("the new version waits and is offered; the old one still runs");

    phone.answer("confirm.call.person", "王建国").await?;
    phone.wait_saved().await?;
    phone.tap("[data-act=update]").await?;
    until("the new version runs", Duration::from_secs(20), async || {
        let now = running(&phone).await?;
        if now != NEXT {
            bail!("it is {now}");
        }
        Ok(Some(()))
    })
    .await?;
    phone.unfold("confirm.call").await?;
    ensure!(phone.wait_value("confirm.call.at").await? == stamped, "the stamp is lost");
    ensure!(phone.wait_value("confirm.call.person").await? == "王建国", "the name is lost");
    phone.wait_gone("[data-banner=update]").await?;
    story.say("restarted into the new version: both entries are there");

    start::go_offline(story, &phone, &mut site).await?;
    ensure!(running(&phone).await? == NEXT, "offline the old version is back");

    killed_during_an_update(story, &phone, &mut site, folder.path()).await
}

/// The browser dies while the next version is fetched; the app still starts, whole, in one of the two versions.
async fn killed_during_an_update(story: &Story, phone: &Browser, site: &mut Site, folder: &Path) -> Result<()> {
    site.on()?;
    let place: String = phone.ask("return location.href", Vec::new()).await?;
    // Every file counts as new, so that there is something to fetch when the browser dies.
    let last = "abcdef012345";
    rename_all(folder, NEXT, last)?;
    phone.reload().await?;
    tokio::time::sleep(Duration::from_millis(120)).await;
    phone.kill()?;
    site.off();
    start::reopen(story, phone, &place).await?;
    let now = running(phone).await?;
    ensure!([NEXT, last].contains(&now.as_str()), "version {now} runs");
    phone.unfold("confirm.call").await?;
    ensure!(phone.wait_value("confirm.call.person").await? == "王建国", "the name is lost");
    story.say("killed while an update is fetched: it starts without a network, nothing is lost");
    Ok(())
}

/// The version that runs.
pub async fn running(phone: &Browser) -> Result<String> {
    phone.wait("main#main").await?;
    phone.ask("return document.querySelector('meta[name=version]').content", Vec::new()).await
}

/// Makes these files those of the next version.
pub fn renew(folder: &Path, old: &str, files: &[&str]) -> Result<()> {
    for name in files {
        let text = fs::read_to_string(folder.join(name))?;
        ensure!(text.contains(old), "{name} does not name its version {old}");
        fs::write(folder.join(name), text.replace(old, NEXT))?;
        let _ = fs::remove_file(folder.join(format!("{name}.br")));
    }
    Ok(())
}
