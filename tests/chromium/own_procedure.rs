//! A team changes a norm on the phone: a shipped procedure is duplicated, changed with a gate out of pickers, published,
//! run, changed again, with a deadline and a step that is there only for some; the run keeps its version, the difference is told, a colleague takes it in from a file, hostile
//! files are refused, and a backup with it is whole.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use std::fs;

const NEW: &str = "拍下铭牌";
const CHANGED: &str = "拍下铭牌和标签";
const FOR_SOME: &str = "记下来电号码";
const DUE: &str = "拍照发回";

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let files = Scratch::new("own-procedure")?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;

    let id = duplicated(story, &phone).await?;
    with_a_gate(story, &phone).await?;
    published(story, &phone, &id, "1").await?;
    let old = begun(&phone, &id).await?;
    ensure!(says(&phone, NEW).await?, "the run does not have the new step");

    phone.go(&format!("#/procedure/{id}/edit")).await?;
    open_new_step(&phone).await?;
    phone.type_in("dialog[open] [data-words$='zh-CN']", CHANGED).await?;
    phone.tap("dialog[open] [data-level-of=should]").await?;
    phone.tap("dialog[open] [data-act=sheet-done]").await?;
    only_for_some(story, &phone).await?;
    let due = with_a_deadline(story, &phone).await?;
    tried_out(story, &phone, &id).await?;
    published(story, &phone, &id, "2").await?;
    differs(story, &phone).await?;

    phone.go(&old).await?;
    phone.wait("[data-act=menu]").await?;
    ensure!(says(&phone, NEW).await? && !says(&phone, CHANGED).await?, "a running record took the new version");
    begun(&phone, &id).await?;
    ensure!(says(&phone, CHANGED).await?, "a new run did not take the new version");
    story.say("the run keeps version 1, the next one has version 2");
    ensure!(!says(&phone, FOR_SOME).await?, "a step is there before its condition holds");
    ensure!(!phone.shows(&format!("[data-clock='{due}']")).await?, "a deadline runs from nothing");
    phone.stamp("confirm.call.at").await?;
    let clock = phone.wait_text(&format!("[data-clock='{due}']"), DUE).await?;
    ensure!(says(&phone, FOR_SOME).await?, "a step is not there although its condition holds");
    phone.picture("look", "desk-deadline-runs").await?;
    story.say(&format!("the call is made: the step is there, the deadline runs: {}", clock.replace('\n', " ")));

    let procedure = exported(&phone, &id).await?;
    phone.go("#/more").await?;
    phone.run("window.showSaveFilePicker = undefined", Vec::new()).await?;
    phone.tap("[data-act=export-all]").await?;
    let (_, backup) = phone.downloaded().await?;
    let office = story.open(Engine::Chromium, "colleague").await?;
    start::first_load(story, &office, &site).await?;
    start::introduce_colleague(&office).await?;
    hostile(story, &office, &files, &procedure).await?;
    taken_in(story, &office, &files, &procedure, &id).await?;
    let path = files.path().join("backup.json");
    fs::write(&path, &backup)?;
    office.go("#/verify").await?;
    office.wait("label[for=verify-file]").await?;
    office.choose_files("#verify-file", &[&path]).await?;
    office.wait("[data-verdict=original]").await?;
    story.say("the backup with both versions is whole");
    Ok(())
}

/// Whether a step of this title stands on the page.
async fn says(phone: &Browser, words: &str) -> Result<bool> {
    phone.settle().await?;
    let script =
        "return [...document.querySelectorAll('.step-title')].some(title => title.textContent === arguments[0])";
    phone.ask(script, vec![json!(words)]).await
}

async fn pick(phone: &Browser, css: &str, value: &str) -> Result<()> {
    phone.wait(css).await?;
    let script = "const [css, value] = arguments; const all = [...document.querySelectorAll(css)]; \
                  const select = all[all.length - 1]; select.value = value; \
                  select.dispatchEvent(new Event('change', { bubbles: true })); return select.value";
    let now: String = phone.ask(script, vec![json!(css), json!(value)]).await?;
    ensure!(now == value, "{css} offers no {value}");
    phone.settle().await
}

/// Brings it into view, for the picture.
async fn seen(phone: &Browser, css: &str) -> Result<()> {
    phone.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'end' })", vec![json!(css)]).await
}

async fn fits(phone: &Browser, name: &str) -> Result<()> {
    let wide = phone.too_wide().await?;
    phone.picture("look", name).await?;
    ensure!(wide.is_empty(), "{name} scrolls sideways: {wide:?}");
    Ok(())
}

async fn duplicated(story: &Story, phone: &Browser) -> Result<String> {
    phone.go("#/procedure/field-visit").await?;
    phone.tap("[data-act=copy-procedure]").await?;
    phone.wait("[data-problems='0']").await?;
    let place = phone.place().await?;
    let id = place.split('/').nth(2).context("no id in the address")?.to_owned();
    ensure!(id.starts_with("own-"), "the copy is called {id}");
    fits(phone, "desk").await?;
    story.say(&format!("duplicated as {id}"));
    Ok(id)
}

async fn open_new_step(phone: &Browser) -> Result<()> {
    phone.wait("[data-stage='0'] .desk-step").await?;
    phone.tap("[data-stage='0'] .desk-step:last-child .desk-step-open").await?;
    phone.wait("dialog[open] [data-act=gate-add]").await
}

/// A step that waits for the first one; a letter is missing at first, and a reload comes in between.
async fn with_a_gate(story: &Story, phone: &Browser) -> Result<()> {
    phone.tap("[data-stage='0'] [data-act=step-add]").await?;
    phone.type_in("dialog[open] [data-words$='zh-CN']", NEW).await?;
    phone.type_in("dialog[open] [data-words$=' en']", "").await?;
    pick(phone, "dialog[open] [data-choose=add-field]", "photo").await?;
    phone.tap("dialog[open] [data-act=gate-add]").await?;
    phone.wait("dialog[open] [data-gate='0']").await?;
    phone.type_in("dialog[open] [data-gate='0'] [data-words$='zh-CN']", "电话已确认").await?;
    phone.type_in("dialog[open] [data-gate='0'] [data-words$=' en']", "the call made").await?;
    pick(phone, "dialog[open] [data-choose=asks]", "answered").await?;
    pick(phone, "dialog[open] [data-choose=of]", "confirm.call.at").await?;
    fits(phone, "desk-gate").await?;
    phone.tap("dialog[open] [data-act=sheet-done]").await?;
    phone.wait("[data-problems='1']").await?;
    phone.wait("[data-kept=kept]").await?;
    phone.reload().await?;
    phone.wait("[data-problems='1']").await?;
    phone.tap(".desk-problems summary").await?;
    let told = phone.text("[data-problem]").await?;
    ensure!(told.contains("英文没有填") && told.contains(NEW), "the problem is told as “{told}”");
    phone.tap("[data-problem]").await?;
    phone.type_in("dialog[open] [data-words$=' en']", "Photograph the plate").await?;
    phone.tap("dialog[open] [data-act=sheet-done]").await?;
    phone.wait("[data-problems='0']").await?;
    story.say("a step with a gate; the draft outlived a reload, and what was missing was named with its place");
    Ok(())
}

/// A step that is there only once the call was made.
async fn only_for_some(story: &Story, phone: &Browser) -> Result<()> {
    phone.tap("[data-stage='0'] [data-act=step-add]").await?;
    phone.type_in("dialog[open] [data-words^='Step'][data-words$='zh-CN']", FOR_SOME).await?;
    phone.type_in("dialog[open] [data-words^='Step'][data-words$=' en']", "Note the caller's number").await?;
    phone.tap("dialog[open] section ~ [data-act=when-add]").await?;
    phone.wait("dialog[open] [data-when]").await?;
    pick(phone, "dialog[open] [data-when] [data-choose=asks]", "answered").await?;
    pick(phone, "dialog[open] [data-when] [data-choose=of]", "confirm.call.at").await?;
    seen(phone, "dialog[open] [data-when]").await?;
    fits(phone, "desk-when").await?;
    phone.tap("dialog[open] [data-act=sheet-done]").await?;
    phone.wait("[data-problems='0']").await?;
    story.say("a step that is there only under a condition");
    Ok(())
}

/// A clock of half an hour from the call to the step with the photo. Gives its id.
async fn with_a_deadline(story: &Story, phone: &Browser) -> Result<String> {
    phone.tap("[data-open=deadlines]").await?;
    phone.wait("dialog[open] [data-deadline]").await?;
    let before = phone.texts("dialog[open] [data-deadline] .desk-fold [data-said]").await?;
    ensure!(before.iter().all(|words| words.starts_with('从') && !words.contains("limit.")), "told as {before:?}");
    phone.tap("dialog[open] [data-act=deadline-add]").await?;
    let card = format!("dialog[open] [data-deadline='{}']", before.len());
    phone.wait(&card).await?;
    phone.type_in(&format!("{card} [data-words$='zh-CN']"), DUE).await?;
    phone.type_in(&format!("{card} [data-words$=' en']"), "Send the photo").await?;
    pick(phone, &format!("{card} [data-choose=from]"), "confirm.call.at").await?;
    pick(phone, &format!("{card} [data-choose=unit]"), "minutes").await?;
    phone.type_in(&format!("{card} [data-number=amount]"), "30").await?;
    phone.tap(&format!("{card} [data-tick=clock]")).await?;
    let said = phone.wait_text(&format!("{card} .desk-fold [data-said]"), "30 分钟").await?;
    seen(phone, &card).await?;
    fits(phone, "desk-deadline").await?;
    phone.tap("dialog[open] [data-act=sheet-done]").await?;
    phone.wait("[data-problems='0']").await?;
    story.say(&format!("a deadline: {said}"));
    Ok(format!("due-{}", before.len() + 1))
}

async fn published(story: &Story, phone: &Browser, id: &str, version: &str) -> Result<()> {
    phone.go(&format!("#/procedure/{id}/edit")).await?;
    phone.tap("[data-act=publish]").await?;
    phone.type_in("dialog[open] textarea[name=note]", "按机房要求").await?;
    phone.tap("[data-act=publish-confirm]").await?;
    phone.wait(&format!("[data-version='{version}'] [data-in-use]")).await?;
    story.say(&format!("version {version} is published"));
    Ok(())
}

/// Starts a run; gives its address.
async fn begun(phone: &Browser, id: &str) -> Result<String> {
    phone.go(&format!("#/procedure/{id}")).await?;
    phone.wait("[data-own]").await?;
    phone.tap("[data-act=begin]").await?;
    phone.wait("[data-act=menu]").await?;
    phone.place().await
}

/// The procedure as it will run: what is tapped there is nowhere kept.
async fn tried_out(story: &Story, phone: &Browser, id: &str) -> Result<()> {
    phone.wait("[data-kept=kept]").await?;
    phone.go(&format!("#/procedure/{id}/try")).await?;
    phone.wait(".step").await?;
    ensure!(says(phone, CHANGED).await?, "the draft is not what is tried out");
    phone.wait(".step.is-locked").await?;
    fits(phone, "desk-try").await?;
    story.say("tried out before it is published, gates and all");
    Ok(())
}

async fn differs(story: &Story, phone: &Browser) -> Result<()> {
    phone.tap("[data-version='2'] [data-act=compare] summary").await?;
    phone.wait("[data-version='2'] [data-how=changed]").await?;
    let told = phone.text("[data-version='2'] .diffs").await?;
    ensure!(told.contains(NEW) && told.contains(CHANGED) && told.contains("建议"), "the difference is told as {told}");
    ensure!(told.contains(FOR_SOME) && told.contains(DUE), "the difference is told as {told}");
    fits(phone, "desk-versions").await?;
    story.say(&told.replace('\n', " / "));
    Ok(())
}

async fn exported(phone: &Browser, id: &str) -> Result<Vec<u8>> {
    phone.go(&format!("#/procedure/{id}/versions")).await?;
    phone.tap("[data-version='2'] [data-act=export]").await?;
    let (name, bytes) = phone.downloaded().await?;
    ensure!(name.ends_with(".json"), "the file is called {name}");
    Ok(bytes)
}

async fn offered(office: &Browser, files: &Scratch, name: &str, bytes: &[u8]) -> Result<()> {
    let path = files.path().join(name);
    fs::write(&path, bytes)?;
    office.go("#/catalogue").await?;
    office.tap("[data-act=take-page]").await?;
    office.wait("label[for=procedure-file]").await?;
    office.choose_files("#procedure-file", &[&path]).await
}

async fn hostile(story: &Story, office: &Browser, files: &Scratch, good: &[u8]) -> Result<()> {
    let text = String::from_utf8(good.to_vec())?;
    let half = good.get(..good.len() / 2).unwrap_or_default();
    let id = text.replacen("\"id\":\"own-", "\"id\":\"../own-", 1);
    for (name, bytes, why) in [
        ("cut.json", half, "不完整"),
        ("deep.json", "[".repeat(100_000).as_bytes(), "不完整"),
        ("other.json", b"{\"format\":\"elsewhere\"}".as_slice(), "不是现场通的流程文件"),
        ("id.json", id.as_bytes(), "编号"),
        ("big.json", vec![b' '; 3 << 20].as_slice(), "流程文件最多"),
    ] {
        offered(office, files, name, bytes).await?;
        let told = office.wait_text("[data-file-error]", why).await?;
        ensure!(told.contains("没有采用"), "{name}: {told}");
        ensure!(!office.shows("[data-act=take]").await?, "{name} can be taken in");
    }
    fits(office, "desk-refused").await?;
    office.go("#/catalogue").await?;
    office.wait("[data-procedure]").await?;
    ensure!(!office.shows("[data-own]").await?, "something of a hostile file stands in the catalogue");
    story.say("five hostile files are refused in words, and nothing is changed");
    Ok(())
}

async fn taken_in(story: &Story, office: &Browser, files: &Scratch, good: &[u8], id: &str) -> Result<()> {
    offered(office, files, "good.json", good).await?;
    office.wait_text("[data-seen]", "还没有这个流程").await?;
    fits(office, "desk-take").await?;
    office.tap("[data-act=take]").await?;
    office.wait("[data-version='1'] [data-in-use]").await?;
    office.go("#/catalogue").await?;
    office.wait(&format!("[data-procedure='{id}'] [data-own]")).await?;
    begun(office, id).await?;
    ensure!(says(office, CHANGED).await?, "the colleague's run lacks the step");
    story.say("a colleague took it in from a file and runs it");
    Ok(())
}
