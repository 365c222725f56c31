//! One tab takes a new version of the app while another has entries that are not saved.

use super::{begin, fill, look, quota, wait_failed};
use crate::update::{NEXT, renew, running};
use anyhow::{Result, ensure};
use sitebook_journeys::browser::Engine;
use sitebook_journeys::deployment::{copy, version_of};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::site::Site;
use std::time::Duration;

pub async fn run(story: &Story) -> Result<()> {
    let folder = Scratch::new("served")?;
    copy(&machine::dist()?, folder.path())?;
    let old = version_of(folder.path())?;
    let site = Site::serve(folder.path())?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    begin(story, &phone, &site).await?;
    let session = phone.session()?;
    let first = session.window().await?;
    let second = session.new_tab().await?;
    session.switch_to_window(second.clone()).await?;
    phone.fit().await?;
    renew(folder.path(), &old, &["sw.js", "index.html", "version.json"])?;
    phone.goto(&format!("{}#/more", site.address())).await?;
    phone.reload().await?;
    until("the new version is offered", Duration::from_secs(20), async || {
        Ok(phone.shows("[data-banner=update]").await?.then_some(()))
    })
    .await?;
    // A full device could not even fetch it; this one fills up when it is fetched already.
    session.switch_to_window(first.clone()).await?;
    fill(&phone, &site).await?;
    phone.unfold("confirm.call").await?;
    phone.answer("confirm.call.person", "王建国").await?;
    wait_failed(&phone).await?;
    session.switch_to_window(second).await?;
    phone.tap("[data-act=update]").await?;
    until("the new version runs", Duration::from_secs(20), async || Ok((running(&phone).await? == NEXT).then_some(())))
        .await?;
    story.say("the second tab runs the new version");

    session.switch_to_window(first).await?;
    phone.wait_text(".banner", "还有未保存的内容").await?;
    ensure!(running(&phone).await? == old, "the first tab was loaded again under the user's hands");
    ensure!(phone.wait_value("confirm.call.person").await? == "王建国", "the entry left the screen");
    look(story, &phone, "updated-elsewhere-zh").await?;
    quota(&phone, &site, None).await?;
    phone.tap("[data-act=retry-unsaved]").await?;
    phone.wait_saved().await?;
    phone.wait_text(".banner", "请重新加载").await?;
    phone.tap(".banner button").await?;
    until("the first tab runs it too", Duration::from_secs(20), async || {
        Ok((running(&phone).await? == NEXT).then_some(()))
    })
    .await?;
    phone.look().await?;
    phone.unfold("confirm.call").await?;
    ensure!(phone.wait_value("confirm.call.person").await? == "王建国", "the entry is lost");
    story.say("the first tab kept its entry, saved it, and then took the new version");
    Ok(())
}
