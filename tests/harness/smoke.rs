//! The short journey for engines other than Chromium: the same taps, fewer stages, one session.

use crate::browser::Engine;
use crate::machine::{self, Scratch};
use crate::pictures;
use crate::run::Story;
use crate::site::Site;
use crate::start;
use crate::walk::{Plan, Say, Walk};
use anyhow::{Result, ensure};

/// Walks it in this engine.
pub async fn run(story: &Story, engine: Engine) -> Result<()> {
    let mut site = Site::serve(&machine::dist()?)?;
    let files = Scratch::new("files")?;
    let photo = pictures::jpeg(files.path(), "photo.jpg", 6)?;
    let phone = story.open(engine, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::go_offline(story, &phone, &mut site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    let plan =
        Plan::new().with("apply.ask.photo", Say::Photos(vec![photo])).with("apply.application.to", Say::Minutes(120));
    let walk = Walk { phone: &phone, story, plan };
    let confirm = walk.stage("confirm").await?;
    ensure!(confirm.steps.iter().all(|step| step.state == "done"), "the call is not done: {confirm:#?}");
    let operate = phone.open_stage("operate").await?;
    ensure!(operate.steps.iter().any(|step| step.path == "operate.log"), "no operations: {operate:#?}");
    walk.stage("prepare").await?;
    let apply = walk.stage("apply").await?;
    ensure!(apply.steps.iter().all(|step| step.state == "done"), "the application is not signed: {apply:#?}");
    phone.picture("look", &format!("{}-signed", engine.name())).await?;
    let values = apply.values();

    phone.reload().await?;
    phone.look().await?;
    phone.open_stage("apply").await?;
    for step in phone.look().await?.steps {
        phone.unfold(&step.path).await?;
    }
    phone.wait_photos("apply.ask.photo", 1).await?;
    let again = phone.look().await?.values();
    ensure!(again == values, "after a reload {again:#?} stands where {values:#?} was");
    story.say("after a reload the photo, the signature and every value are there");

    phone.open_menu().await?;
    phone.tap("dialog[open] [data-act=forms]").await?;
    phone.tap("[data-form=\"F-14\"]").await?;
    phone.wait(".paper article.paper-page").await?;
    let paper = phone.text(".paper article.paper-page:not(.is-measure)").await?;
    for words in ["现场技术服务申请报告", "云岭市通信分公司", "第 1 页"] {
        ensure!(paper.contains(words), "F-14 does not show “{words}”: {paper}");
    }
    // WebKit's driver never answers when it is asked for a picture of this page, though the page is alive.
    if engine != Engine::WebKit {
        phone.picture("look", &format!("{}-form", engine.name())).await?;
    }
    story.say("F-14 opens, filled in");
    Ok(())
}
