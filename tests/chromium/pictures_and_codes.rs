//! Several photos at once, a caption and a mark that print; from the code on a piece of equipment to what happened to
//! it; a stroke taken back on a phone on its side.

use anyhow::{Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine, PHONE};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::pictures;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use sitebook_journeys::walk::{Plan, Say, Walk};

const PHOTO: &str = "apply.ask.photo";
const SIGN: &str = "apply.sign.sign";
/// The serial number of the sample's equipment.
const SERIAL: &str = "HC58A2107731906";

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let files = Scratch::new("files")?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    phone.open_stage("apply").await?;
    photos(story, &phone, &files).await?;
    let visit = phone.place().await?;
    printed(story, &phone).await?;
    codes(story, &phone).await?;
    phone.go(&visit).await?;
    signature(story, &phone).await
}

async fn count(phone: &Browser, css: &str) -> Result<usize> {
    phone.ask("return document.querySelectorAll(arguments[0]).length", vec![json!(css)]).await
}

async fn photos(story: &Story, phone: &Browser, files: &Scratch) -> Result<()> {
    let taken = [1, 2, 3].map(|seed| pictures::jpeg(files.path(), &format!("{seed}.jpg"), seed));
    let [one, two, three] = taken;
    phone.photo(PHOTO, &[&one?, &two?, &three?]).await?;
    // The step above can be answered while they are prepared.
    phone.answer("apply.ask.symptom", "OLT 5 号槽 3 口无光").await?;
    phone.wait_photos(PHOTO, 3).await?;
    phone.wait_saved().await?;
    ensure!(
        count(phone, ".photo.is-saving, .photo.is-coming").await? == 0,
        "a saved photo still says that it is coming"
    );

    phone.tap(&format!("[data-key='{PHOTO}'] .photo")).await?;
    phone.wait("dialog[open] .photo-stage img[src]").await?;
    phone.type_in("dialog[open] textarea", "5 号槽指示灯").await?;
    phone.tap("dialog[open] [data-act=mark-arrow]").await?;
    phone.draw("dialog[open] [data-photo-stage]", 40).await?;
    ensure!(count(phone, "dialog[open] .mark-line").await? == 2, "two drags are two arrows");
    phone.tap("dialog[open] [data-act=mark-undo]").await?;
    phone.wait_gone("dialog[open] .mark-line ~ .mark-line").await?;
    ensure!(count(phone, "dialog[open] .mark-line").await? == 1, "one of them is taken back");
    phone.picture("look", "photo-marked").await?;
    phone.tap("dialog[open] .actions button:last-child").await?;
    phone.wait_gone("dialog[open]").await?;
    phone.wait_saved().await?;
    story.say("three photos in a row, one with a caption and an arrow");
    Ok(())
}

async fn signature(story: &Story, phone: &Browser) -> Result<()> {
    let plan = Plan::new()
        .say("apply.need.service", "partial")
        .say("apply.need.hardware", "swap")
        .skip(PHOTO)
        .with("apply.application.to", Say::Minutes(120));
    let walk = Walk { phone, story, plan };
    for stage in ["confirm", "prepare", "depart", "arrive", "enter", "apply"] {
        walk.stage(stage).await?;
    }
    phone.unfold("apply.sign").await?;
    phone.tap(&format!("[data-key='{SIGN}'] [data-act=sign-again]")).await?;
    phone.wait("dialog[open] .sign-pad canvas").await?;
    phone.resize(844, 390).await?;
    phone.draw("dialog[open] .sign-pad canvas", 7).await?;
    let strokes = "const key = Object.keys(localStorage).find(key => key.startsWith('sitebook.ink.')); \
                   return JSON.parse(localStorage[key]).trim().split('\\n').length - 1";
    ensure!(phone.ask::<usize>(strokes, Vec::new()).await? == 2, "two strokes are kept");
    phone.tap("dialog[open] .pad-tools button").await?;
    ensure!(phone.ask::<usize>(strokes, Vec::new()).await? == 1, "the last stroke is taken back");
    let fits = "const box = css => document.querySelector(css).getBoundingClientRect(); \
                const pad = box('dialog[open] .pad'), confirm = box('dialog[open] [data-act=sign-confirm]'); \
                return pad.height > innerHeight * 0.8 && confirm.bottom <= innerHeight && confirm.top > 0";
    story.check(phone.ask::<bool>(fits, Vec::new()).await?, || "the pad does not fill a phone on its side".to_owned());
    phone.picture("look", "sign-landscape").await?;
    phone.tap("dialog[open] .actions button").await?;
    phone.wait_gone("dialog[open]").await?;
    phone.resize(PHONE.0, PHONE.1).await
}

async fn printed(story: &Story, phone: &Browser) -> Result<()> {
    let place = phone.place().await?;
    let visit = place.split('/').nth(2).unwrap_or_default().to_owned();
    phone.go(&format!("#/visit/{visit}/form/F-15")).await?;
    phone.wait(".paper-frame .paper-photo .mark-line").await?;
    let captions = phone.texts(".paper-frame .paper-photos figcaption").await?;
    ensure!(captions.iter().any(|words| words.contains("5 号槽指示灯")), "the caption is not printed: {captions:?}");
    ensure!(count(phone, ".paper-frame .paper-photo .mark-line").await? == 1, "one photo is marked, and once");
    phone.picture("look", "paper-marked").await?;
    story.say("the form shows the caption and the mark");
    Ok(())
}

async fn codes(story: &Story, phone: &Browser) -> Result<()> {
    phone.go("#/records/asset").await?;
    enter_code(phone, "NO-SUCH-1").await?;
    phone.wait("[data-no-fit]").await?;
    enter_code(phone, SERIAL).await?;
    phone.wait("[data-life] .life-visit .life-photos img[src]").await?;
    let life = phone.text("[data-life]").await?;
    ensure!(life.contains("5 号槽指示灯"), "the history has no caption: {life}");
    phone.picture("look", "asset-life").await?;
    phone.tap("[data-act=labels]").await?;
    phone.wait(".label-cell .label-code path").await?;
    ensure!(phone.text(".label-cell").await?.contains(SERIAL), "the label has no serial number");
    story.say("a code leads to the equipment, its history and its label");
    Ok(())
}

async fn enter_code(phone: &Browser, code: &str) -> Result<()> {
    phone.tap("main [data-act=scan]").await?;
    phone.wait("dialog[open] [data-scanner]").await?;
    phone.type_in("dialog[open] input[name=code]", code).await?;
    phone.tap("dialog[open] [data-act=use-code]").await?;
    phone.wait_gone("dialog[open]").await
}
