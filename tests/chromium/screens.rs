//! Every screen of the app, with something on it: a book with a visit on its way, and the addresses that lead to it.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::walk::{Plan, Say, Walk};
use sitebook_journeys::{pictures, start};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

/// Screens that every book has.
const PAGES: [(&str, &str); 28] = [
    ("today", "#/"),
    ("work", "#/work"),
    ("new-order", "#/work/new"),
    ("records-visit", "#/records/visit"),
    ("records-customer", "#/records/customer"),
    ("records-order", "#/records/order?work=fault"),
    ("records-print", "#/records/visit/print"),
    ("charts", "#/charts"),
    ("calendar", "#/calendar"),
    ("catalogue", "#/catalogue"),
    ("procedure", "#/procedure/cutover"),
    ("desk", "#/procedure/cutover/edit"),
    ("desk-try", "#/procedure/cutover/try"),
    ("desk-versions", "#/procedure/cutover/versions"),
    ("desk-take", "#/procedures/take"),
    ("blanks", "#/forms"),
    ("blank", "#/forms/F-14"),
    ("handbook", "#/handbook"),
    ("handbook-moment", "#/handbook/moment/arrive"),
    ("handbook-place", "#/handbook/place/room"),
    ("handbook-use", "#/handbook/use"),
    ("handbook-avoid", "#/handbook/avoid"),
    ("limits", "#/limits"),
    ("more", "#/more"),
    ("import", "#/import"),
    ("verify-file", "#/verify"),
    ("verify-paper", "#/verify/F-14/nonsense"),
    ("lost", "#/nowhere/at/all"),
];

/// Stages of the sample's procedure; the last ones are locked when the book is made.
const STAGES: [&str; 15] = [
    "confirm", "prepare", "depart", "arrive", "enter", "apply", "backup", "operate", "verify", "explain", "clean",
    "sign", "leave", "report", "followup",
];

/// A screen.
pub struct Screen {
    /// For files and messages.
    pub name: String,
    /// Its address.
    pub place: String,
    /// It is a stage of a visit, whose steps can be unfolded.
    pub is_stage: bool,
}

/// A phone with a book.
pub struct Book {
    pub phone: Rc<Browser>,
    /// Where the app comes from.
    _site: Site,
    _files: Scratch,
    screens: Vec<Screen>,
}

impl Book {
    /// Makes one: the sample's visit, done up to the report, with a photo and signatures.
    pub async fn make(story: &Story) -> Result<Book> {
        let site = Site::serve(&machine::dist()?)?;
        let files = Scratch::new("files")?;
        let phone = story.open(Engine::Chromium, "phone").await?;
        start::first_load(story, &phone, &site).await?;
        start::introduce(story, &phone).await?;
        phone.tap("[data-act=start-visit]").await?;
        phone.look().await?;
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
        phone.wait_saved().await?;
        let screens = screens(&ids(&phone).await?)?;
        Ok(Book { phone, _site: site, _files: files, screens })
    }

    /// All screens, those of the book's records among them.
    pub fn screens(&self) -> &[Screen] {
        &self.screens
    }

    /// Goes to a screen and waits until it stands.
    pub async fn show(&self, screen: &Screen) -> Result<()> {
        self.phone.go(&screen.place).await?;
        self.phone.wait("main .bar, main .empty").await?;
        let quiet = "return new Promise(done => { let last = Date.now(); \
                     const watch = new MutationObserver(() => last = Date.now()); \
                     watch.observe(document.body, { subtree: true, childList: true, attributes: true }); \
                     const look = () => Date.now() - last > 150 ? (watch.disconnect(), done(0)) : setTimeout(look, 50); look(); })";
        tokio::time::timeout(Duration::from_secs(10), self.phone.ask::<u8>(quiet, Vec::new()))
            .await
            .with_context(|| format!("{} does not come to rest", screen.name))?
            .map(drop)
    }

    /// Unfolds every step of a stage.
    pub async fn unfold(&self) -> Result<()> {
        let script = "document.querySelectorAll('.step-toggle[aria-expanded=false]').forEach(button => button.click()); \
                      return new Promise(done => setTimeout(() => done(0), 250))";
        self.phone.ask::<u8>(script, Vec::new()).await.map(drop)
    }

    /// Sets language and theme as a user does.
    pub async fn wear(&self, language: &str, theme: &str) -> Result<()> {
        self.phone.go("#/more").await?;
        self.phone.tap(&format!("button.segment[lang^={language}]")).await?;
        self.phone.tap(&format!("[data-theme-choice={theme}]")).await
    }
}

/// One record of each kind.
async fn ids(phone: &Browser) -> Result<BTreeMap<String, String>> {
    let lines = phone.with_db("return (await asked(db.transaction('lines').objectStore('lines').getAll()))").await?;
    let lines = lines.as_array().context("no list of records")?;
    let mut ids = BTreeMap::new();
    for line in lines {
        let line: Value = serde_json::from_str(line["json"].as_str().context("a row without its text")?)?;
        if let (Some(kind), Some(id)) = (line["kind"].as_str(), line["id"].as_str()) {
            ids.insert(kind.to_owned(), id.to_owned());
        }
    }
    Ok(ids)
}

fn screens(ids: &BTreeMap<String, String>) -> Result<Vec<Screen>> {
    let id = |kind: &str| ids.get(kind).with_context(|| format!("no record of the kind {kind} in {}", json!(ids)));
    let (visit, order, customer) = (id("visit")?, id("order")?, id("customer")?);
    let mut all: Vec<(String, String)> =
        PAGES.iter().map(|(name, place)| ((*name).to_owned(), (*place).to_owned())).collect();
    let mut add = |name: &str, place: String| all.push((name.to_owned(), place));
    for kind in ["order", "customer", "site", "contact", "asset"] {
        add(&format!("show-{kind}"), format!("#/{kind}/{}", id(kind)?));
        add(&format!("edit-{kind}"), format!("#/edit/{kind}/{}", id(kind)?));
    }
    add("labels", format!("#/labels/site/{}", id("site")?));
    add("order-catalogue", format!("#/catalogue/{order}"));
    add("order-procedure", format!("#/procedure/cutover/{order}"));
    add("briefing", format!("#/briefing/order/{order}"));
    add("visit", format!("#/visit/{visit}"));
    add("history", format!("#/history/{visit}"));
    add("erase", format!("#/erase/{customer}"));
    add("visit-forms", format!("#/visit/{visit}/forms"));
    for form in ["F-33", "F-14", "F-15", "F-17"] {
        add(&format!("visit-{form}"), format!("#/visit/{visit}/form/{form}"));
    }
    let mut screens: Vec<Screen> =
        all.into_iter().map(|(name, place)| Screen { name, place, is_stage: false }).collect();
    screens.extend(STAGES.iter().map(|stage| Screen {
        name: format!("stage-{stage}"),
        place: format!("#/visit/{visit}/at/{stage}"),
        is_stage: true,
    }));
    Ok(screens)
}
