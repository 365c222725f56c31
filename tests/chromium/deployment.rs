//! Under a sub-path, as a Pages host serves it: it works, its policy is strict, and nobody else is asked for anything.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::pictures;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;

/// Keeps every violation of the policy from the first moment of each page.
const WATCH: &str = "window.violations = []; \
    addEventListener('securitypolicyviolation', e => window.violations.push(e.violatedDirective + ' ' + e.blockedURI))";

pub async fn run(story: &Story) -> Result<()> {
    let mut site = Site::serve_below(&machine::dist()?, "/tools/sitebook/")?;
    let files = Scratch::new("files")?;
    let photo = pictures::jpeg(files.path(), "photo.jpg", 4)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    phone.open_stage("apply").await?;
    phone.photo("apply.ask.photo", &[&photo]).await?;
    phone.wait_photos("apply.ask.photo", 1).await?;
    phone.wait_saved().await?;
    phone.open_menu().await?;
    phone.tap("dialog[open] [data-act=forms]").await?;
    phone.tap("[data-form=\"F-33\"]").await?;
    phone.wait(".paper article.paper-page").await?;
    for place in ["#/", "#/work", "#/records/visit", "#/records/customer", "#/more", "#/import", "#/work/new"] {
        phone.go(place).await?;
        phone.settle().await?;
        phone.wait("main .bar").await?;
        let wide = phone.too_wide().await?;
        story.check(wide.is_empty(), || format!("{place} scrolls sideways: {wide:?}"));
    }
    story.say("a visit, a photo, a form and all pages under /tools/sitebook/");

    let violations: Vec<String> = phone.ask("return window.violations", Vec::new()).await?;
    ensure!(violations.is_empty(), "the app itself breaks its policy: {violations:?}");
    policy_is_strict(&phone).await?;
    story.say("inline scripts, inline styles and other origins are refused by the policy");
    nothing_went_wrong(&phone).await?;

    start::go_offline(story, &phone, &mut site).await?;
    let place: String = phone.ask("return location.pathname", Vec::new()).await?;
    ensure!(place == "/tools/sitebook/", "it is at {place}");
    network_log_names_nobody_else(story, &phone, site.address()).await
}

/// Tries what an attacker would: each must fail.
async fn policy_is_strict(phone: &Browser) -> Result<()> {
    let script = "return (async () => { \
        const script = document.createElement('script'); script.textContent = 'window.broken = 1'; document.body.append(script); \
        const box = document.createElement('p'); box.setAttribute('style', 'color: rgb(1, 2, 3)'); document.body.append(box); \
        const colour = getComputedStyle(box).color; \
        script.remove(); box.remove(); \
        const other = await fetch('http://127.0.0.1:9/', { mode: 'no-cors' }).then(() => 'reached', () => 'refused'); \
        await new Promise(done => setTimeout(done, 100)); \
        return { inline: window.broken === 1, style: colour === 'rgb(1, 2, 3)', other, violations: window.violations } })()";
    let tried: Value = phone.ask(script, Vec::new()).await?;
    ensure!(tried["inline"] == false, "an inline script runs");
    ensure!(tried["style"] == false, "an inline style counts");
    ensure!(tried["other"] == "refused", "another origin can be asked");
    let violations = tried["violations"].to_string();
    for directive in ["script-src", "style-src", "connect-src"] {
        ensure!(violations.contains(directive), "{directive} was not what refused: {violations}");
    }
    Ok(())
}

/// The console has nothing to complain of but what we provoked.
async fn nothing_went_wrong(phone: &Browser) -> Result<()> {
    let provoked = ["Content Security Policy", "127.0.0.1:9"];
    let lines = phone.console().await?.into_iter();
    let wrong: Vec<_> = lines
        .filter(|line| line.starts_with("SEVERE") || line.starts_with("WARNING"))
        .filter(|line| !provoked.iter().any(|words| line.contains(words)))
        .collect();
    ensure!(wrong.is_empty(), "the console complains: {wrong:#?}");
    Ok(())
}

/// Every request that the app's pages and its worker made, from Chromium's own log of the network.
async fn network_log_names_nobody_else(story: &Story, phone: &Browser, address: &str) -> Result<()> {
    let log = phone.network_log().await?;
    let origin = address.split("/tools").next().context("no origin")?;
    let ours = |url: &&String| !url.starts_with(origin) && !url.starts_with("blob:") && !url.starts_with("data:");
    let mut asked: Vec<String> =
        log.iter().filter(|(initiator, _)| initiator.starts_with(origin)).map(|(_, url)| url.clone()).collect();
    asked.sort();
    asked.dedup();
    ensure!(asked.iter().any(|url| url.ends_with(".wasm")), "the log misses the app itself: {asked:?}");
    // This one was ours, in `policy_is_strict`; the policy stops it before it reaches the network.
    let strangers: Vec<_> = asked.iter().filter(ours).collect();
    ensure!(strangers.is_empty(), "other origins are asked: {strangers:#?}");
    story.say(&format!("{} addresses were asked for, all of {origin}", asked.len()));
    Ok(())
}
