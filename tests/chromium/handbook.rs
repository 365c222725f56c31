//! The handbook offline and in both languages, the briefing of an order, and a better phrase in a report.

use anyhow::{Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine, PHONE};
use sitebook_journeys::deployment::copy;
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::site::Site;
use sitebook_journeys::{start, visit::key};
use std::path::PathBuf;
use std::{fs, time::Duration};

/// A long text of the report: what the customer is told about the cause.
const CAUSE: &str = "explain.cause.cause";
const DRAFT: &str = "光路衰减不可能再降，建议更换尾纤。";
const BETTER: &str = "光路衰减目前还难以做到再降，建议更换尾纤。";
const HANDBOOK: &str = "nav.tabbar a[href='#/handbook']";

pub async fn run(story: &Story) -> Result<()> {
    let mut site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    start::wait_for_worker(&phone).await?;
    start::go_offline(story, &phone, &mut site).await?;
    briefing(story, &phone).await?;
    search(story, &phone).await?;
    phrases(&phone).await?;
    report(story, &phone).await
}

/// From the work order: the customer's words, the handbook's, and a list to tick that stays ticked.
async fn briefing(story: &Story, phone: &Browser) -> Result<()> {
    phone.go("#/work").await?;
    phone.tap("main a.card").await?;
    phone.tap("[data-act=briefing-page]").await?;
    phone.wait_text("[data-own=house]", "门岗登记").await?;
    phone.wait_text("[data-own=room]", "B 列专用插座").await?;
    phone.wait_text("main", "最严要求").await?;
    looks(story, phone, "briefing").await?;
    phone.tap("details[data-moment=enter] > summary").await?;
    phone.wait("[data-entry=room-shoes]").await?;
    ensure!(!phone.shows("[data-entry=dress-resident]").await?, "a rule of another dress profile is shown");
    phone.tap("[data-act=self-check]").await?;
    phone.tap("label[for=check-badge-ready]").await?;
    looks(story, phone, "self-check").await?;
    phone.reload().await?;
    phone.tap("[data-act=self-check]").await?;
    let ticked = "return document.querySelector('#check-badge-ready').checked";
    until("the tick is still there", Duration::from_secs(5), async || {
        Ok(phone.ask::<bool>(ticked, Vec::new()).await?.then_some(()))
    })
    .await?;
    story.say("the briefing has the house rules and the handbook's; what was ticked stays ticked");
    Ok(())
}

/// Instant results in both languages, shelves, and a dress profile that changes what is shown.
async fn search(story: &Story, phone: &Browser) -> Result<()> {
    phone.tap(HANDBOOK).await?;
    phone.wait("main a[href='#/handbook/moment/enter']").await?;
    looks(story, phone, "home").await?;
    let targets: Vec<f64> = phone
        .ask(
            "return [...document.querySelectorAll('nav.tabbar a')].flatMap(a => [a.offsetWidth, a.offsetHeight])",
            vec![],
        )
        .await?;
    ensure!(targets.len() == 10 && targets.iter().all(|side| *side >= 48.0), "tabs of {targets:?}");
    phone.type_in("#find-in-handbook", "鞋套").await?;
    let first = phone.wait_text("[data-hits] li:first-child", "鞋套").await?;
    phone.type_in("#find-in-handbook", "不可能").await?;
    phone.wait_text("[data-hits] [data-phrase=avoid-impossible]", "目前还难以做到").await?;
    looks(story, phone, "hits").await?;
    phone.type_in("#find-in-handbook", "qqqq").await?;
    phone.wait("[data-none]").await?;
    dress(phone, "en", "light", "#/handbook").await?;
    phone.type_in("#find-in-handbook", "shoe cov").await?;
    phone.wait_text("[data-hits] li:first-child", "shoes").await?;
    story.say(&format!("found offline in both languages: {}", first.lines().next().unwrap_or_default()));

    dress(phone, "zh", "light", "#/handbook/moment/prepare").await?;
    phone.wait("[data-entry=dress-strictest]").await?;
    phone.tap("[data-dress=resident]").await?;
    phone.wait("[data-entry=dress-resident]").await?;
    ensure!(!phone.shows("[data-entry=dress-strictest]").await?, "the strictest dress is still shown");
    looks(story, phone, "prepare").await?;
    phone.tap("[data-dress=strict]").await
}

async fn phrases(phone: &Browser) -> Result<()> {
    phone.go("#/handbook/use").await?;
    let opening = phone.wait_text("[data-phrase=say-company-name]", "您好").await?;
    ensure!(opening.contains(start::ENGINEER) && !opening.contains('{'), "the opening is not filled in: {opening}");
    phone.go("#/handbook/avoid").await?;
    phone.wait_text("[data-phrase=avoid-not-my-concern]", "这件事我来跟进").await?;
    phone.tap("[data-phrase=avoid-not-my-concern] [data-act=copy-phrase]").await?;
    phone.wait("[data-phrase=avoid-not-my-concern] [aria-label^='已复制']").await
}

/// A report text that blames: an offer, one tap, undone, taken again, and the better one is what is kept.
async fn report(story: &Story, phone: &Browser) -> Result<()> {
    phone.go("#/work").await?;
    phone.tap("main a.card").await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.wait("[data-act=briefing-page]").await?;
    phone.look().await?;
    let visit = phone.place().await?;
    in_the_step(story, phone).await?;
    phone.open_stage("explain").await?;
    phone.unfold("explain.cause").await?;
    phone.answer(CAUSE, DRAFT).await?;
    let offer = phone.wait_text(&key(CAUSE, "[data-offer]"), "不可能").await?;
    ensure!(offer.contains("指责客户的话"), "the offer does not say why: {offer}");
    looks(story, phone, "offer").await?;
    phone.unfold("explain.cause").await?;
    for act in ["offer", "offer-undo", "offer"] {
        phone.tap(&key(CAUSE, &format!("[data-act={act}]"))).await?;
        let wanted = if act == "offer" { BETTER } else { DRAFT };
        until(&format!("{CAUSE} reads {wanted}"), Duration::from_secs(5), async || {
            Ok((phone.wait_value(CAUSE).await? == wanted).then_some(()))
        })
        .await?;
    }
    phone.wait_gone(&key(CAUSE, "[data-offer]")).await?;
    phone.wait_saved().await?;
    phone.go(&visit).await?;
    let (_, bytes) = phone.export().await?;
    let file = String::from_utf8_lossy(&bytes);
    ensure!(file.contains(BETTER), "the better phrase was not kept");
    story.say(&format!("“{DRAFT}” became “{BETTER}”, and that is what is kept"));
    Ok(())
}

/// The step that asks for dress and badge has the self-check for the time before leaving, with the house rules; what was
/// ticked here stands on the visit's own briefing, too.
async fn in_the_step(story: &Story, phone: &Browser) -> Result<()> {
    phone.open_stage("prepare").await?;
    phone.unfold("prepare.dress").await?;
    let within = |inner: &str| format!("[data-step='prepare.dress'] {inner}");
    phone.tap(&within("[data-guidance] > summary")).await?;
    phone.wait_text(&within("[data-guidance]"), "门岗登记").await?;
    ensure!(
        !phone.shows(&within("#prepare-dress-check-room-shoes")).await?,
        "a rule for the room stands in the step before leaving"
    );
    phone.tap(&within("label[for=prepare-dress-check-badge-ready]")).await?;
    looks(story, phone, "in-the-step").await?;
    phone.open_stage("prepare").await?;
    phone.unfold("prepare.dress").await?;
    phone.tap(&within("[data-guidance] > summary")).await?;
    let ticked = "return document.querySelector('#prepare-dress-check-badge-ready')?.checked ?? false";
    until("the tick of the step is kept", Duration::from_secs(5), async || {
        Ok(phone.ask::<bool>(ticked, Vec::new()).await?.then_some(()))
    })
    .await?;
    story.say("the step before leaving has the house rules and the self-check for it");
    Ok(())
}

/// A handbook of another build is not believed: the page says so, and takes the right one when it is there.
pub async fn another_build(story: &Story) -> Result<()> {
    let folder = Scratch::new("served")?;
    copy(&machine::dist()?, folder.path())?;
    let file = content(&folder, "content-handbook-")?;
    let packed = PathBuf::from(format!("{}.br", file.display()));
    let (right, _) = (fs::read(&file)?, fs::remove_file(&packed));
    fs::write(&file, String::from_utf8_lossy(&right).replace("换鞋", "光脚"))?;
    let site = Site::serve(folder.path())?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    phone.goto(site.address()).await?;
    phone.wait("input[name=name]").await?;
    start::introduce(story, &phone).await?;
    phone.tap(HANDBOOK).await?;
    let told = phone.wait_text("main [role=alert]", "没有采用").await?;
    fs::write(&file, right)?;
    phone.tap("main [data-act=retry]").await?;
    phone.wait("main a[href='#/handbook/moment/enter']").await?;
    story.say(&format!("a changed handbook: {}", told.lines().next().unwrap_or_default()));
    Ok(())
}

fn content(folder: &Scratch, begins: &str) -> Result<PathBuf> {
    for entry in fs::read_dir(folder.path())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(begins) && name.ends_with(".json") {
            return Ok(entry.path());
        }
    }
    anyhow::bail!("the build has no {begins}")
}

/// Pictures in both languages, light and dark, on a phone and on a desk; nothing scrolls sideways, not even at 360.
async fn looks(story: &Story, phone: &Browser, name: &str) -> Result<()> {
    let place = phone.place().await?;
    for (width, height, language, theme) in [
        (360, 740, "zh", "light"),
        (PHONE.0, PHONE.1, "en", "dark"),
        (1280, 800, "zh", "dark"),
        (PHONE.0, PHONE.1, "zh", "light"),
    ] {
        phone.resize(width, height).await?;
        let search = if name == "hits" { Some("不可能") } else { None };
        if name != "self-check" {
            dress(phone, language, theme, &place).await?;
        }
        if let Some(search) = search {
            phone.type_in("#find-in-handbook", search).await?;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        let wide = phone.too_wide().await?;
        story.check(wide.is_empty(), || format!("{name} scrolls sideways at {width}: {wide:?}"));
        phone.picture("handbook", &format!("{name}-{width}-{language}-{theme}")).await?;
    }
    Ok(())
}

async fn dress(phone: &Browser, language: &str, theme: &str, place: &str) -> Result<()> {
    let feature = json!({ "name": "prefers-color-scheme", "value": theme });
    phone.devtools("Emulation.setEmulatedMedia", json!({ "features": [feature] })).await?;
    phone.go("#/more").await?;
    phone.tap(&format!("button.segment[lang^={language}]")).await?;
    phone.go(place).await?;
    phone.wait("main .bar").await?;
    tokio::time::sleep(Duration::from_millis(400)).await;
    Ok(())
}
