//! Customer, site, contact, equipment and work order entered by hand, one from inside the other, with interruptions.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use std::time::Duration;

pub async fn run(story: &Story) -> Result<()> {
    let mut site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::go_offline(story, &phone, &mut site).await?;
    phone.tap("button.segment[lang^=zh]").await?;
    phone.type_in("input[name=name]", start::ENGINEER).await?;
    phone.type_in("input[name=company]", start::COMPANY).await?;
    phone.tap("[data-act=start]").await?;
    phone.wait("nav.tabbar").await?;
    phone.tap("a[href=\"#/work\"]").await?;
    phone.tap("[data-act=new-order]").await?;
    phone.tap("[data-act=save]").await?;
    let says = phone.wait_text("form [role=alert]", "请先填写").await?;
    story.say(&format!("an empty work order: {says}"));

    choose(&phone, "kind", "maintenance").await?;
    fill(&phone, "fault", "三台接入设备风扇告警").await?;
    new_from(&phone, "customer").await?;
    fill(&phone, "name", "青川县广电网络公司").await?;
    save(&phone, "#/new/order").await?;
    story.say("a new customer from inside the new work order, and back in it");
    draft_survives(story, &phone).await?;

    new_from(&phone, "site").await?;
    let known = chosen(&phone, "customer").await?.contains("青川县");
    story.check(known, || "a site made from inside a work order does not know its customer".to_owned());
    pick(&phone, "customer", "青川县广电网络公司").await?;
    fill(&phone, "name", "县局二楼机房").await?;
    save(&phone, "#/new/order").await?;
    new_from(&phone, "contact").await?;
    pick(&phone, "customer", "青川县广电网络公司").await?;
    fill(&phone, "name", "周颖").await?;
    save(&phone, "#/new/order").await?;
    new_from(&phone, "asset").await?;
    pick(&phone, "customer", "青川县广电网络公司").await?;
    fill(&phone, "name", "二楼 OLT-1").await?;
    save(&phone, "#/new/order").await?;
    fill(&phone, "scope", "更换三台设备的风扇盘，清洁滤网").await?;
    choose(&phone, "severity", "general").await?;
    phone.pick_moment("[data-field=agreed] input", 90).await?;
    choose(&phone, "identity", "own").await?;
    phone.picture("look", "new-order").await?;
    phone.tap("[data-act=save]").await?;
    phone.wait("[data-act=start-visit]").await?;
    let order = phone.text("main").await?;
    for words in
        ["设备维护", "青川县广电网络公司", "县局二楼机房", "周颖", "二楼 OLT-1", "更换三台设备的风扇盘", "一般"]
    {
        ensure!(order.contains(words), "the work order does not show “{words}”: {order}");
    }
    story.say("site, contact and equipment from inside the work order; it is saved with all of them");

    phone.go("#/").await?;
    phone.wait_text("[data-order]", "青川县广电网络公司").await?;
    phone.tap("[data-order]").await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    phone.wait_text(".visit-head", "青川县广电网络公司").await?;
    story.say("Today shows it as the next visit, and the visit starts from it");
    Ok(())
}

/// The half-filled work order is there after a reload and after a kill.
async fn draft_survives(story: &Story, phone: &Browser) -> Result<()> {
    phone.reload().await?;
    phone.wait("[data-field=fault]").await?;
    ensure!(shown(phone, "fault").await? == "三台接入设备风扇告警", "a reload loses the draft");
    ensure!(chosen(phone, "customer").await?.contains("青川县"), "a reload loses the draft's customer");
    let place: String = phone.ask("return location.href", Vec::new()).await?;
    fill(phone, "scope", "先写一半").await?;
    tokio::time::sleep(Duration::from_millis(1_000)).await;
    phone.kill()?;
    start::reopen(story, phone, &place).await?;
    if phone.place().await? != "#/new/order" {
        phone.go("#/new/order").await?;
    }
    phone.wait("[data-field=fault]").await?;
    let (fault, scope) = (shown(phone, "fault").await?, shown(phone, "scope").await?);
    let whole = fault == "三台接入设备风扇告警" && scope == "先写一半";
    story.check(whole, || {
        format!("killed one second after typing: of the half-filled order only “{fault}{scope}” is left")
    });
    if whole {
        story.say("the half-filled work order survives a reload and a kill");
    } else {
        choose(phone, "kind", "maintenance").await?;
        fill(phone, "fault", "三台接入设备风扇告警").await?;
        pick(phone, "customer", "青川县广电网络公司").await?;
    }
    Ok(())
}

fn field(name: &str, inside: &str) -> String {
    format!("[data-field=\"{name}\"] {inside}")
}

async fn fill(phone: &Browser, name: &str, text: &str) -> Result<()> {
    phone.wait(&field(name, "")).await?;
    phone.type_in(&field(name, ":is(input, textarea)"), text).await
}

async fn choose(phone: &Browser, name: &str, option: &str) -> Result<()> {
    phone.tap(&field(name, &format!("label.choice:has(input[value=\"{option}\"])"))).await
}

async fn shown(phone: &Browser, name: &str) -> Result<String> {
    let script = "return document.querySelector(arguments[0]).value";
    phone.ask(script, vec![json!(field(name, ":is(input, textarea)"))]).await
}

/// The words of the chosen record.
async fn chosen(phone: &Browser, name: &str) -> Result<String> {
    phone.wait(&field(name, "select")).await?;
    let script = "const e = document.querySelector(arguments[0]); return new Promise(done => { let tries = 0; \
        const look = () => { const o = e.selectedOptions[0]; \
        if ((o && o.value) || ++tries > 12) done(o ? o.innerText : ''); else setTimeout(look, 50) }; look(); })";
    phone.ask(script, vec![json!(field(name, "select"))]).await
}

/// Goes to make a new record of the field's kind, as the last answer of the list offers.
async fn new_from(phone: &Browser, name: &str) -> Result<()> {
    select(phone, name, "option[value=new]").await?;
    phone.wait(&field("name", "input")).await
}

/// Picks a record by its name.
async fn pick(phone: &Browser, name: &str, words: &str) -> Result<()> {
    phone.wait(&field(name, "select")).await?;
    if chosen(phone, name).await? == words {
        return Ok(());
    }
    let script = "const found = [...document.querySelectorAll(arguments[0])].find(o => o.innerText === arguments[1]); \
                  return found ? found.value : null";
    let id: Option<String> = phone.ask(script, vec![json!(field(name, "option")), json!(words)]).await?;
    let id = id.with_context(|| format!("{name} does not offer “{words}”"))?;
    select(phone, name, &format!("option[value=\"{id}\"]")).await
}

async fn select(phone: &Browser, name: &str, option: &str) -> Result<()> {
    let css = field(name, option);
    phone.wait(&field(name, "select")).await?;
    let script = "const option = document.querySelector(arguments[0]); const list = option.closest('select'); \
                  list.scrollIntoView({ block: 'center' }); list.value = option.value; \
                  for (const kind of ['input', 'change']) list.dispatchEvent(new Event(kind, { bubbles: true }))";
    phone.run(script, vec![json!(css)]).await
}

/// Saves, and is back at this place.
async fn save(phone: &Browser, back: &str) -> Result<()> {
    phone.tap("[data-act=save]").await?;
    sitebook_journeys::run::until("back in the work order", Duration::from_secs(6), async || {
        Ok((phone.place().await? == back).then_some(()))
    })
    .await?;
    phone.wait("[data-field=fault]").await
}
