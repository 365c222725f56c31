//! Reminders of an appointment: a card on Today, a notification that comes once and leads to it, the number at the
//! app's icon; and the offer to install the app, which stays away once it was answered.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine;
use sitebook_journeys::page::PATIENCE;
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use sitebook_journeys::visit::key;
use std::time::Duration;

/// Longer than the app lets changes rest before it looks at them.
const A_LOOK: Duration = Duration::from_secs(4);

/// Longer than the app waits from one look to the next: on a busy machine the system refuses a notification at times, and
/// the app tries again.
const A_TICK: Duration = Duration::from_secs(40);

/// What is shown now, as the system has it.
const SHOWN: &str = "
    return navigator.serviceWorker.ready.then(worker => worker.getNotifications())
        .then(list => list.map(one => [one.title, one.body, one.data.hash].join(' | ')))";

/// The number at the icon, and the offer to install, which no browser makes under a driver.
const WATCH: &str = "
    navigator.setAppBadge = count => { window.badge = count; return Promise.resolve() };
    navigator.clearAppBadge = () => { window.badge = 0; return Promise.resolve() };
    window.offerInstall = () => {
        const offer = new Event('beforeinstallprompt', { cancelable: true });
        offer.prompt = () => { window.prompted = true; return Promise.resolve() };
        offer.userChoice = Promise.resolve({ outcome: 'dismissed' });
        window.dispatchEvent(offer);
        return offer.defaultPrevented;
    }";

async fn shown(phone: &Browser) -> Result<Vec<String>> {
    phone.ask(SHOWN, Vec::new()).await
}

/// What the app takes for shown, and whether it may show anything.
async fn told(phone: &Browser) -> Result<serde_json::Value> {
    phone.ask("return [localStorage['sitebook.rung'] ?? null, Notification.permission]", Vec::new()).await
}

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    let order = phone.place().await?;
    nothing_rings_unasked(story, &phone, &site).await?;
    near(story, &phone, &order).await?;
    once(story, &phone, &order).await?;
    late(story, &phone, &order).await?;
    install(story, &phone).await
}

/// The sample's visit is agreed in two hours, of which people are reminded; but nobody has allowed notifications.
async fn nothing_rings_unasked(story: &Story, phone: &Browser, site: &Site) -> Result<()> {
    let origin = site.address().trim_end_matches('/');
    let allow = json!({ "permissions": ["notifications"], "origin": origin });
    phone.go("#/more").await?;
    phone.wait("[data-ring]").await?;
    phone.picture("reminders", "settings").await?;
    phone.devtools("Browser.grantPermissions", allow).await?;
    phone.reload().await?;
    phone.wait("[data-act=ring-on]").await?;
    tokio::time::sleep(A_LOOK).await;
    let early = shown(phone).await?;
    ensure!(early.is_empty(), "notifications come before anybody wanted them: {early:?}");
    phone.tap("[data-act=ring-on]").await?;
    phone.wait("[data-act=ring-off]").await?;
    story.say("nothing rings before it is turned on");
    Ok(())
}

/// The reminder on Today and as a notification.
async fn near(story: &Story, phone: &Browser, order: &str) -> Result<()> {
    let first = until("a notification comes", A_TICK, async || Ok(shown(phone).await?.into_iter().next())).await;
    let words = match first {
        Ok(words) => words,
        Err(error) => return Err(error.context(format!("the app has told: {}", told(phone).await?))),
    };
    ensure!(words.contains("到场") && words.contains("云岭市通信分公司"), "{words}");
    ensure!(words.ends_with(order), "it leads to {words}, not {order}");
    phone.go("#/").await?;
    let card = phone.wait_text("[data-near]", "云岭市通信分公司").await?;
    let wide = phone.too_wide().await?;
    story.check(wide.is_empty(), || format!("Today scrolls sideways: {wide:?}"));
    phone.picture("reminders", "today").await?;
    story.say(&format!("rings: {words}; on Today: {}", card.replace('\n', " ")));
    // What the worker says when somebody taps it.
    phone.go("#/records").await?;
    let script = "navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { type: 'open', hash: arguments[0] } }))";
    phone.run(script, vec![json!(order)]).await?;
    phone.wait("[data-act=start-visit]").await?;
    ensure!(phone.place().await? == order, "a tap on the notification leads elsewhere");
    Ok(())
}

/// Put away, it does not come again; a new time is told anew.
async fn once(story: &Story, phone: &Browser, order: &str) -> Result<()> {
    const PUT_AWAY: &str = "return navigator.serviceWorker.ready.then(worker => worker.getNotifications())
        .then(list => list.forEach(one => one.close()))";
    phone.run(PUT_AWAY, Vec::new()).await?;
    phone.reload().await?;
    phone.wait("[data-act=start-visit]").await?;
    tokio::time::sleep(A_LOOK).await;
    let again = shown(phone).await?;
    ensure!(again.is_empty(), "it comes again: {again:?}");
    phone.go(&order.replace("#/order/", "#/edit/order/")).await?;
    phone.pick_moment("[data-field=agreed] input", 30).await?;
    phone.tap("[data-act=save]").await?;
    until("a new time is told anew", PATIENCE, async || Ok((shown(phone).await?.len() == 1).then_some(()))).await?;
    story.say("told once, and once more when the time is moved");
    Ok(())
}

/// Hours later the agreed time has passed: what is late is told, and counts at the icon.
async fn late(story: &Story, phone: &Browser, order: &str) -> Result<()> {
    const LATER: &str = "
        const Real = Date, shift = 3 * 3600_000;
        window.Date = class extends Real {
            constructor(...given) { given.length ? super(...given) : super(Real.now() + shift) }
            static now() { return Real.now() + shift }
        };";
    phone.go(order).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.wait(".stage-bar").await?;
    phone.open_stage("confirm").await?;
    phone.unfold("confirm.points").await?;
    phone.pick_moment(&key("confirm.points.time", "input[type=datetime-local]"), 30).await?;
    phone.wait_saved().await?;
    phone.go("#/").await?;
    let badge = || phone.ask::<i64>("return window.badge ?? -1", Vec::new());
    until("the icon says nothing is late", PATIENCE, async || Ok((badge().await? == 0).then_some(()))).await?;
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LATER })).await?;
    phone.reload().await?;
    phone.wait("main .card.due.is-late").await?;
    let overdue = i64::try_from(phone.texts("main .card.due.is-late").await?.len())?;
    until("the icon counts what is late", PATIENCE, async || Ok((badge().await? == overdue).then_some(()))).await?;
    let words = until("what is late is told", PATIENCE, async || {
        Ok(shown(phone).await?.into_iter().find(|words| words.contains("已超期")))
    })
    .await?;
    phone.picture("reminders", "late").await?;
    story.say(&format!("{overdue} late, at the icon, too; told: {words}"));
    Ok(())
}

/// The offer comes with the third start, and never again once it was answered.
async fn install(story: &Story, phone: &Browser) -> Result<()> {
    for _ in 0..3 {
        phone.reload().await?;
        phone.wait("nav.tabbar").await?;
    }
    let held: bool = phone.ask("return window.offerInstall()", Vec::new()).await?;
    ensure!(held, "the browser's own bar would come up");
    phone.wait("[data-install]").await?;
    let wide = phone.too_wide().await?;
    story.check(wide.is_empty(), || format!("the offer scrolls sideways: {wide:?}"));
    phone.picture("reminders", "install").await?;
    phone.tap("[data-act=install]").await?;
    phone.wait_gone("[data-install]").await?;
    let prompted: Option<bool> = phone.ask("return window.prompted ?? null", Vec::new()).await?;
    prompted.context("the browser was not asked to install")?;
    phone.reload().await?;
    phone.wait("nav.tabbar").await?;
    phone.run("window.offerInstall()", Vec::new()).await?;
    phone.settle().await?;
    ensure!(!phone.shows("[data-install]").await?, "it is offered again after it was answered");
    story.say("the app is offered for installing once");
    Ok(())
}
