//! Pictures of every screen, in both languages, light and dark, on a phone and some on a desk.

use anyhow::Result;
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine, PHONE};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::pictures;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use sitebook_journeys::walk::{Plan, Say, Walk};
use std::time::Duration;

const LOOKS: [(&str, &str); 4] = [("zh", "light"), ("en", "light"), ("zh", "dark"), ("en", "dark")];
const PAGES: [(&str, &str); 12] = [
    ("today", "#/"),
    ("work", "#/work"),
    ("new-order", "#/work/new"),
    ("records-visit", "#/records/visit"),
    ("records-customer", "#/records/customer"),
    ("handbook", "#/handbook"),
    ("handbook-room", "#/handbook/place/room"),
    ("handbook-avoid", "#/handbook/avoid"),
    ("more", "#/more"),
    ("import", "#/import"),
    ("verify-file", "#/verify"),
    ("lost", "#/nowhere/at/all"),
];
const STAGES: [&str; 15] = [
    "confirm", "prepare", "depart", "arrive", "enter", "apply", "backup", "operate", "verify", "explain", "clean",
    "sign", "leave", "report", "followup",
];

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let files = Scratch::new("files")?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    for (language, theme) in LOOKS {
        phone.tap(&format!("button.segment[lang^={language}]")).await?;
        emulate(&phone, theme).await?;
        phone.picture("gallery", &format!("{language}-{theme}-00-welcome")).await?;
    }
    phone.tap("button.segment[lang^=zh]").await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    let visit = phone.place().await?;
    let plan = Plan::new()
        .say("apply.need.service", "partial")
        .say("apply.need.hardware", "swap")
        .with("apply.ask.photo", Say::Photos(vec![pictures::jpeg(files.path(), "a.jpg", 2)?]))
        .with("apply.application.to", Say::Minutes(120))
        .rows("explain.training.attendees", &[&[("name", "王建国")]]);
    let walk = Walk { phone: &phone, story, plan };
    for stage in STAGES.iter().take_while(|stage| **stage != "clean") {
        walk.stage(stage).await?;
    }
    for (language, theme) in LOOKS {
        phone.go("#/more").await?;
        phone.tap(&format!("button.segment[lang^={language}]")).await?;
        emulate(&phone, theme).await?;
        screens(story, &phone, &visit, &format!("{language}-{theme}")).await?;
    }
    phone.resize(1280, 800).await?;
    for (name, place) in PAGES.iter().chain([("visit", visit.as_str())].iter()) {
        picture(story, &phone, place, &format!("desk-{name}")).await?;
    }
    Ok(())
}

async fn screens(story: &Story, phone: &Browser, visit: &str, look: &str) -> Result<()> {
    phone.resize(PHONE.0, PHONE.1).await?;
    for (index, (name, place)) in PAGES.iter().enumerate() {
        picture(story, phone, place, &format!("{look}-{:02}-{name}", index + 1)).await?;
    }
    for (index, stage) in STAGES.iter().enumerate() {
        whole_stage(story, phone, &format!("{visit}/at/{stage}"), &format!("{look}-{:02}-stage-{stage}", index + 20))
            .await?;
    }
    phone.resize(PHONE.0, PHONE.1).await?;
    phone.open_menu().await?;
    phone.picture("gallery", &format!("{look}-40-menu")).await?;
    phone.tap("dialog[open] .sheet-head button").await?;
    picture(story, phone, &format!("{visit}/forms"), &format!("{look}-41-forms")).await?;
    for form in ["F-33", "F-14", "F-15", "F-17"] {
        picture(story, phone, &format!("{visit}/form/{form}"), &format!("{look}-42-{form}")).await?;
    }
    let history = visit.replace("#/visit/", "#/history/");
    picture(story, phone, &history, &format!("{look}-43-history")).await
}

/// All of a stage in one tall picture, every step unfolded.
async fn whole_stage(story: &Story, phone: &Browser, place: &str, name: &str) -> Result<()> {
    phone.resize(PHONE.0, PHONE.1).await?;
    phone.go(place).await?;
    phone.look().await?;
    let script = "document.querySelectorAll('.step-toggle[aria-expanded=false]').forEach(button => button.click()); \
                  return new Promise(done => setTimeout(() => done(document.documentElement.scrollHeight), 250))";
    let height: u32 = phone.ask(script, Vec::new()).await?;
    phone.resize(PHONE.0, height.clamp(PHONE.1, 6_000)).await?;
    tokio::time::sleep(Duration::from_millis(250)).await;
    let wide = phone.too_wide().await?;
    story.check(wide.is_empty(), || format!("{name} scrolls sideways: {wide:?}"));
    phone.picture("gallery", name).await?;
    Ok(())
}

async fn picture(story: &Story, phone: &Browser, place: &str, name: &str) -> Result<()> {
    phone.go(place).await?;
    phone.wait("main .bar, main .empty").await?;
    tokio::time::sleep(Duration::from_millis(350)).await;
    let wide = phone.too_wide().await?;
    story.check(wide.is_empty(), || format!("{name} scrolls sideways: {wide:?}"));
    phone.picture("gallery", name).await?;
    Ok(())
}

async fn emulate(phone: &Browser, theme: &str) -> Result<()> {
    let feature = json!({ "name": "prefers-color-scheme", "value": theme });
    phone.devtools("Emulation.setEmulatedMedia", json!({ "features": [feature] })).await?;
    phone.settle().await
}
