//! The browser keeps nothing here: a screen that says so, and nothing can be typed into a book that cannot keep it.

use super::{look, speak};
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::site::Site;
use sitebook_journeys::{machine, start};
use std::time::Duration;

/// The ways in which browsers refuse: an error at the call, no database at all, an error later, nothing kept at all.
const WAYS: [(&str, &str); 4] = [
    (
        "private",
        "IDBFactory.prototype.open = function (...a) { if (window.allowed) return real.apply(this, a); throw new DOMException('refused for the test', 'SecurityError'); };",
    ),
    ("absent", "Object.defineProperty(window, 'indexedDB', { get: () => window.allowed ? factory : undefined });"),
    (
        "late",
        "IDBFactory.prototype.open = function (...a) { if (window.allowed) return real.apply(this, a); const r = real.call(this, 'other', 1); r.onupgradeneeded = null; const t = { error: new DOMException('refused for the test', 'InvalidStateError') }; setTimeout(() => t.onerror && t.onerror({ target: t }), 50); return t; };",
    ),
    (
        "cookies",
        "const no = { get() { if (window.allowed) return undefined; throw new DOMException('refused for the test', 'SecurityError'); } }; Object.defineProperty(window, 'localStorage', no); Object.defineProperty(window, 'indexedDB', { get() { if (window.allowed) return factory; throw new DOMException('refused for the test', 'SecurityError'); } });",
    ),
];

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    for (name, way) in WAYS {
        refuses(story, &phone, &site, name, way).await?;
    }
    newer(story, &phone, &site).await
}

async fn refuses(story: &Story, phone: &Browser, site: &Site, name: &str, way: &str) -> Result<()> {
    phone.goto(&format!("{}version.json", site.address())).await?;
    let source =
        format!("(() => {{ const real = IDBFactory.prototype.open; const factory = window.indexedDB; {way} }})();");
    let added = phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    for language in ["en", "zh"] {
        speak(phone, language).await.ok();
        phone.goto(site.address()).await?;
        phone.wait("[data-start=refused]").await?;
        look(story, phone, &format!("refused-{name}-{language}")).await?;
    }
    let says = phone.text("[data-start=refused]").await?;
    ensure!(says.contains("不允许本应用在这里保存数据") || name == "cookies", "{name}: it says {says}");
    ensure!(!phone.shows("input").await?, "{name}: something can be typed");
    phone.ask::<bool>("return window.allowed = true", Vec::new()).await?;
    phone.tap("[data-act=try-again]").await?;
    phone.wait("input[name=name]").await?;
    let id: Value = added["identifier"].clone();
    phone.devtools("Page.removeScriptToEvaluateOnNewDocument", json!({ "identifier": id })).await?;
    story.say(&format!("{name}: told, nothing can be typed; Try again goes on when it is allowed"));
    Ok(())
}

/// The database was written by a later version of the app.
async fn newer(story: &Story, phone: &Browser, site: &Site) -> Result<()> {
    phone.goto(&format!("{}version.json", site.address())).await?;
    phone.delete_db().await?;
    phone.build_db(&json!({ "version": 99, "stores": [] }), false).await?;
    for language in ["en", "zh"] {
        speak(phone, language).await?;
        phone.goto(site.address()).await?;
        phone.wait("[data-act=update-now]").await?;
        look(story, phone, &format!("newer-{language}")).await?;
    }
    phone.wait_text("[data-start=refused]", "记录完好").await?;
    let before: f64 = phone.ask("return performance.timeOrigin", Vec::new()).await?;
    phone.tap("[data-act=update-now]").await?;
    until("it loads again", Duration::from_secs(20), async || {
        let now: f64 = phone.ask("return performance.timeOrigin", Vec::new()).await?;
        Ok((now > before).then_some(()))
    })
    .await?;
    phone.wait("[data-act=update-now]").await?;
    story.say("a database of a later version: the records are safe, and the button asks for the update");
    Ok(())
}
