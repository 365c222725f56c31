//! How each journey begins: the app is loaded once, the network goes, a user introduces themselves.

use crate::browser::Browser;
use crate::run::{Story, until};
use crate::site::Site;
use anyhow::{Result, ensure};
use std::time::Duration;

/// The engineer of the journeys.
pub const ENGINEER: &str = "李晓东";
/// Their company.
pub const COMPANY: &str = "恒川通信服务有限公司";
/// The customer's responsible person in the sample.
pub const CONTACT: &str = "王建国";

/// Loads the app for the first time and waits until it would start without a network.
pub async fn first_load(story: &Story, phone: &Browser, site: &Site) -> Result<()> {
    phone.goto(site.address()).await?;
    phone.wait("main#main").await?;
    wait_for_worker(phone).await?;
    story.say("the app is loaded, its service worker is ready");
    Ok(())
}

/// Waits until the service worker holds all files and answers for this page.
pub async fn wait_for_worker(phone: &Browser) -> Result<()> {
    let script = "const found = await navigator.serviceWorker.getRegistration(); \
                  return !!(found && found.active && found.active.state === 'activated' && navigator.serviceWorker.controller)";
    let script = format!("return (async () => {{ {script} }})()");
    until("the service worker is in charge", Duration::from_secs(30), async || {
        Ok(phone.ask::<bool>(&script, Vec::new()).await?.then_some(()))
    })
    .await
}

/// Takes the network away and shows that the app starts without it.
pub async fn go_offline(story: &Story, phone: &Browser, site: &mut Site) -> Result<()> {
    site.off();
    phone.reload().await?;
    phone.wait("main#main").await?;
    story.say("the network is off, and a reload still opens the app");
    Ok(())
}

/// Language, name, company, sample.
pub async fn introduce(story: &Story, phone: &Browser) -> Result<()> {
    phone.tap("button.segment[lang^=zh]").await?;
    phone.wait_text("h1", "有章可循").await?;
    phone.type_in("input[name=name]", ENGINEER).await?;
    phone.type_in("input[name=company]", COMPANY).await?;
    phone.tap("[data-act=start-sample]").await?;
    phone.wait("[data-act=start-visit]").await?;
    let order = phone.text("main").await?;
    ensure!(order.contains("云岭市通信分公司"), "the sample order names no customer: {order}");
    story.say("introduced, and the sample work order is open");
    Ok(())
}

/// A colleague with a book of their own, which is empty.
pub async fn introduce_colleague(office: &Browser) -> Result<()> {
    office.type_in("input[name=name]", "钱芳").await?;
    office.type_in("input[name=company]", COMPANY).await?;
    office.tap("[data-act=start]").await?;
    office.wait("nav.tabbar").await
}

/// Opens the browser again after a kill, at an address. The user must not be asked who they are a second time; if they
/// are, that is told and the journey goes on.
pub async fn reopen(story: &Story, phone: &Browser, address: &str) -> Result<()> {
    phone.reopen().await?;
    phone.goto(address).await?;
    phone.wait("main#main").await?;
    if phone.shows("input[name=company]").await? {
        story.blame("after a kill the app has forgotten the user and shows the welcome");
        phone.type_in("input[name=name]", ENGINEER).await?;
        phone.type_in("input[name=company]", COMPANY).await?;
        phone.tap("[data-act=start]").await?;
        phone.wait("nav.tabbar").await?;
    }
    Ok(())
}
