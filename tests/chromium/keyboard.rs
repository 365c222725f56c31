//! A visit at a desk, by keyboard alone: everything is reached, the focus is never lost, single keys do what their list
//! says and can be turned off.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start::{COMPANY, ENGINEER, first_load};
use thirtyfour::Key;

/// Nobody presses Tab more often than that on one page.
const MOST: usize = 80;

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let desk = story.open(Engine::Chromium, "desk").await?;
    first_load(story, &desk, &site).await?;
    welcome(&desk).await?;
    story.say("introduced, and a visit is begun");
    steps(&desk).await?;
    story.say("a time is stamped, a name is typed");
    overview(&desk).await?;
    story.say("a step is found and the focus is in it");
    menu(&desk).await?;
    beside(&desk).await?;
    story.say("on a wide screen a form stands beside the visit");
    keys(&desk).await
}

async fn press(desk: &Browser, keys: impl AsRef<str>) -> Result<()> {
    desk.session()?.action_chain().send_keys(keys.as_ref()).perform().await.map_err(Into::into)
}

async fn key(desk: &Browser, key: Key) -> Result<()> {
    press(desk, char::from(key).to_string()).await
}

async fn is_on(desk: &Browser, css: &str) -> Result<bool> {
    desk.ask("return document.activeElement.matches(arguments[0])", vec![json!(css)]).await
}

/// Presses Tab until the focus is there, and sees that it can be seen.
async fn tab_to(desk: &Browser, css: &str) -> Result<()> {
    desk.wait(css).await?;
    for _ in 0..MOST {
        if is_on(desk, css).await? {
            let seen = "const here = document.activeElement; return here.matches(':focus-visible')";
            ensure!(desk.ask::<bool>(seen, Vec::new()).await?, "{css} has the focus, and nothing shows it");
            return Ok(());
        }
        key(desk, Key::Tab).await?;
    }
    anyhow::bail!("Tab does not reach {css}")
}

async fn welcome(desk: &Browser) -> Result<()> {
    tab_to(desk, "button.segment[lang^=zh]").await?;
    key(desk, Key::Enter).await?;
    tab_to(desk, "input[name=name]").await?;
    press(desk, ENGINEER).await?;
    tab_to(desk, "input[name=company]").await?;
    press(desk, COMPANY).await?;
    tab_to(desk, "[data-act=start-sample]").await?;
    key(desk, Key::Enter).await?;
    tab_to(desk, "[data-act=start-visit]").await?;
    key(desk, Key::Enter).await?;
    desk.wait(".page.visit").await
}

async fn steps(desk: &Browser) -> Result<()> {
    press(desk, "n").await?;
    desk.settle().await?;
    ensure!(is_on(desk, "[data-step='confirm.call'] *").await?, "after “next” the focus is elsewhere");
    tab_to(desk, "[data-key='confirm.call.at'] [data-act=stamp]").await?;
    key(desk, Key::Enter).await?;
    desk.wait("[data-key='confirm.call.at'] .is-set").await?;
    tab_to(desk, "[data-key='confirm.call.person'] input").await?;
    press(desk, "王建国 n2").await?;
    desk.wait_saved().await?;
    let typed: String = desk.ask("return document.activeElement.value", Vec::new()).await?;
    ensure!(typed == "王建国 n2", "keys that were typed did something else: {typed}");
    key(desk, Key::Tab).await
}

async fn overview(desk: &Browser) -> Result<()> {
    key(desk, Key::Tab).await?;
    desk.run("document.getElementById('main').focus()", Vec::new()).await?;
    press(desk, "/").await?;
    tab_to(desk, "dialog[open] input[type=search]").await?;
    press(desk, "着装").await?;
    desk.wait("dialog[open] [data-found='prepare.dress']").await?;
    tab_to(desk, "dialog[open] [data-found='prepare.dress']").await?;
    key(desk, Key::Enter).await?;
    desk.wait_gone("dialog[open]").await?;
    desk.wait("[data-step='prepare.dress']").await?;
    desk.settle().await?;
    ensure!(is_on(desk, "[data-step='prepare.dress'] *").await?, "the step that was found has no focus");
    Ok(())
}

async fn menu(desk: &Browser) -> Result<()> {
    tab_to(desk, "[data-act=menu]").await?;
    key(desk, Key::Enter).await?;
    desk.wait("dialog[open]").await?;
    key(desk, Key::Escape).await?;
    desk.wait_gone("dialog[open]").await?;
    ensure!(is_on(desk, "[data-act=menu]").await?, "after the menu the focus is elsewhere");
    Ok(())
}

async fn beside(desk: &Browser) -> Result<()> {
    ensure!(!desk.shows(".beside").await?, "there is no room for it on a phone");
    desk.resize(1280, 800).await?;
    tab_to(desk, "[data-act=beside-form]").await?;
    key(desk, Key::Enter).await?;
    let paper = desk.wait_text(".beside article.paper-page:not(.is-measure)", "云岭市通信分公司").await?;
    ensure!(paper.contains("用户档案"), "another form: {paper}");
    let wide = desk.too_wide().await?;
    ensure!(wide.is_empty(), "it scrolls sideways: {wide:?}");
    desk.picture("look", "beside").await.map(drop)
}

async fn keys(desk: &Browser) -> Result<()> {
    press(desk, "?").await?;
    let list = desk.wait_text("dialog[open] .keys", "下一步").await?;
    ensure!(list.contains("返回"), "the list of keys: {list}");
    key(desk, Key::Escape).await?;
    desk.wait_gone("dialog[open]").await?;
    press(desk, "2").await?;
    desk.wait("main .bar").await?;
    let place = desk.place().await?;
    ensure!(place == "#/work", "the second tab is at {place}");
    press(desk, "?").await?;
    tab_to(desk, "dialog[open] [data-act=no-keys]").await?;
    key(desk, Key::Space).await?;
    key(desk, Key::Escape).await?;
    desk.wait_gone("dialog[open]").await?;
    press(desk, "1").await?;
    desk.settle().await?;
    let place = desk.place().await.context("no place")?;
    ensure!(place == "#/work", "keys are off, and one led to {place}");
    Ok(())
}
