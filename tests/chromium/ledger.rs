//! What a colleague entered differently is shown and settled, an old value is put back, a customer is erased for good.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sitebook_core::exchange::{self, Parcel};
use sitebook_core::ids::{DeviceId, OpId, RecordId};
use sitebook_core::ledger::{Change, Head, Sealed, seal};
use sitebook_core::value::Value;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use std::time::{Duration, Instant};
use std::{collections::BTreeMap, fs};

const PERSON: &str = "confirm.call.person";
/// Entries of one field that the colleague made, one after the other.
const LONG: u16 = 1_000;
const CUSTOMER: &str = "云岭市通信分公司";

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let files = Scratch::new("files")?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    let visit = phone.place().await?;
    let (_, before) = phone.export().await?;
    phone.answer(PERSON, "王建国").await?;
    phone.wait_saved().await?;

    let customer = customer_of(&phone).await?;
    phone.go(&customer.replace("#/customer/", "#/edit/customer/")).await?;
    phone.type_in("[data-field=name] input", "云岭市通信分公司（本部）").await?;
    phone.tap("[data-act=save]").await?;
    phone.wait_text("dd", "（本部）").await?;

    let file = files.path().join("colleague.json");
    fs::write(&file, colleague(&before)?)?;
    import(&phone, &file).await?;
    conflict_in_the_visit(story, &phone, &visit).await?;
    long_history(story, &phone, &visit).await?;
    conflict_of_the_customer(story, &phone, &customer).await?;
    value_is_put_back(story, &phone, &customer).await?;
    let earlier = erased(story, &phone, &customer).await?;

    import_page(&phone, &file).await?;
    let stays = phone.wait_text("[data-stays-erased]", "仍保持清除").await?;
    phone.picture("ledger", "import-stays-erased").await?;
    story.say(&format!("the colleague's file again: {stays}"));
    ensure!(!phone.shows("[data-act=import]").await?, "an import would bring the customer back");
    told_on_a_new_phone(story, &phone, &site, &earlier).await
}

async fn customer_of(phone: &Browser) -> Result<String> {
    phone.go("#/records/customer").await?;
    phone.tap("main a.card").await?;
    phone.wait("[data-act=history]").await?;
    phone.place().await
}

/// The exported visit as a colleague gives it back: with another name in two fields, both entered without knowing of
/// what was entered here meanwhile.
fn colleague(exported: &[u8]) -> Result<Vec<u8>> {
    let incoming = exchange::read(exported).map_err(|error| anyhow::anyhow!("{}", error.words().en))?;
    let mut head = Head::new(DeviceId::at(1_795_233_600_000, [9; 10]));
    let mut ops = incoming.ops.clone();
    for sealed in &ops {
        head.hlc = head.hlc.observe(sealed.op.hlc);
    }
    let visit = ops.iter().find(|sealed| is_visit(sealed)).context("no visit")?;
    let name = ops.iter().find(|sealed| sets_name(sealed)).context("no customer")?;
    let (visit, customer, was) = (visit.op.record.clone(), name.op.record.clone(), vec![name.op.id.clone()]);
    let at = i64::try_from(head.hlc.wall)? + 600_000;
    let mut write = |n: u16, record: &RecordId, field: &str, value: &str, was: Vec<OpId>| -> Result<()> {
        let change = Change::Set { field: field.to_owned(), value: Value::text(value), was };
        let sealed = seal(&mut head, op_id(at, n), record.clone(), "赵敏", at, 480, change);
        ops.push(sealed.map_err(|error| anyhow::anyhow!("{error}"))?);
        Ok(())
    };
    write(0, &visit, PERSON, "李主任", Vec::new())?;
    write(1, &customer, "name", "云岭市通信分公司（新址）", was)?;
    for n in 0..LONG {
        let was = if n == 0 { Vec::new() } else { vec![op_id(at, n + 1)] };
        write(n + 2, &visit, "confirm.points.work", &format!("第 {n} 版"), was)?;
    }
    let templates: BTreeMap<String, String> =
        incoming.templates.into_iter().map(|template| (template.reference.digest, template.json)).collect();
    let exported = &incoming.exported;
    let parcel = Parcel { seals: &[], exported, ops: &ops, templates: &templates, attachments: &BTreeMap::new() };
    let made = exchange::export(&parcel).map_err(|error| anyhow::anyhow!("{}", error.words().en))?;
    Ok(made.bytes)
}

fn op_id(at: i64, n: u16) -> OpId {
    let [high, low] = n.to_be_bytes();
    OpId::at(at, [9, high, 9, low, 9, 9, 9, 9, 9, 9])
}

fn is_visit(sealed: &Sealed) -> bool {
    matches!(&sealed.op.change, Change::Create { template: Some(_), .. })
}

fn sets_name(sealed: &Sealed) -> bool {
    matches!(&sealed.op.change, Change::Set { field, value: Value::Text(text), .. } if field == "name" && text == CUSTOMER)
}

async fn import_page(phone: &Browser, file: &std::path::Path) -> Result<()> {
    phone.go("#/more").await?;
    phone.tap("[data-act=import-page]").await?;
    phone.choose_files("#import-file", &[file]).await?;
    phone.wait("[data-import-counts]").await
}

async fn import(phone: &Browser, file: &std::path::Path) -> Result<()> {
    import_page(phone, file).await?;
    phone.tap("[data-act=import]").await?;
    phone.wait("[data-act=menu]").await
}

async fn conflict_in_the_visit(story: &Story, phone: &Browser, visit: &str) -> Result<()> {
    phone.go("#/").await?;
    phone.wait("[data-visit] [data-torn]").await?;
    phone.go(visit).await?;
    phone.wait_text("[data-conflicts]", "1 处填写不同").await?;
    phone.unfold("confirm.call").await?;
    let card = format!("[data-conflict=\"{PERSON}\"]");
    let told = phone.text(&card).await?;
    for words in ["王建国", "李主任", "赵敏", start::ENGINEER] {
        ensure!(told.contains(words), "the card does not name {words}: {told}");
    }
    looks(phone, "conflict-visit").await?;
    phone.tap(&format!("{card} li:last-child [data-act=keep]")).await?;
    phone.wait_gone(&card).await?;
    phone.wait_saved().await?;
    ensure!(phone.wait_value(PERSON).await? == "王建国", "another value was kept");
    phone.wait_gone("[data-conflicts]").await?;
    story.say("a conflict shows in the list, at the head and at its step with both values; one is kept");
    Ok(())
}

async fn long_history(story: &Story, phone: &Browser, visit: &str) -> Result<()> {
    let begun = Instant::now();
    phone.go(&visit.replace("#/visit/", "#/history/")).await?;
    phone.wait(".history li").await?;
    let took = begun.elapsed();
    let shown = phone.texts(".history li").await?;
    ensure!(shown.len() == 100, "{} entries show at first", shown.len());
    ensure!(shown[0].contains("改为“王建国”"), "the latest is {}", shown[0]);
    looks(phone, "history-visit").await?;
    let again = Instant::now();
    phone.tap("[data-act=older]").await?;
    phone.wait(".history li:nth-child(200)").await?;
    let older = again.elapsed();
    story.say(&format!("a history of {LONG} entries opens in {took:?}, a hundred older ones in {older:?}"));
    Ok(())
}

async fn conflict_of_the_customer(story: &Story, phone: &Browser, customer: &str) -> Result<()> {
    phone.go(customer).await?;
    phone.wait("[data-conflict=name]").await?;
    looks(phone, "conflict-customer").await?;
    phone.tap("[data-conflict=name] li:first-child [data-act=keep]").await?;
    phone.wait_gone("[data-conflict=name]").await?;
    phone.wait_text("dd", "（新址）").await?;
    story.say("so it is with a customer's name");
    Ok(())
}

async fn value_is_put_back(story: &Story, phone: &Browser, customer: &str) -> Result<()> {
    phone.tap("[data-act=history]").await?;
    let entries = phone.texts(".history li").await;
    phone.wait_text(".history-what", "改为“云岭市通信分公司（本部）”").await?;
    looks(phone, "history-customer").await?;
    let first = ".history li:has(.history-what):nth-last-child(-n+8) [data-act=put-back]";
    phone.tap(first).await.with_context(|| format!("{entries:?}"))?;
    phone.wait("[data-act=undo]").await?;
    phone.picture("ledger", "put-back").await?;
    phone.tap("[data-act=undo]").await?;
    phone.wait_gone("[data-act=undo]").await?;
    phone.go(customer).await?;
    phone.wait_text("dd", "（新址）").await?;
    story.say("an old value is put back from the history, and that is undone");
    Ok(())
}

/// Answers the file that was exported before.
async fn erased(story: &Story, phone: &Browser, customer: &str) -> Result<Vec<u8>> {
    phone.tap("[data-act=erase]").await?;
    phone.wait_text("[data-erase-plan]", "条记录").await?;
    let not_reached = phone.wait_text("[data-not-reached]", "以前的备份和导出的文件").await?;
    ensure!(not_reached.contains("其他手机"), "it does not tell of other phones: {not_reached}");
    looks(phone, "erase").await?;
    phone.tap("[data-act=export-first]").await?;
    let (_, earlier) = phone.downloaded().await?;
    phone.type_in("textarea[name=reason]", "客户要求删除").await?;
    phone.type_in("input[name=confirm]", "云岭").await?;
    phone.tap("[data-act=erase-confirm]").await?;
    phone.wait_text("form .field-error", "不一致").await?;
    phone.type_in("input[name=confirm]", "云岭市通信分公司（新址）").await?;
    phone.tap("[data-act=erase-confirm]").await?;
    phone.wait("[data-erased]").await?;
    ensure!(phone.place().await? == customer, "it leads elsewhere");
    looks(phone, "erased").await?;
    let left: Vec<String> = phone.ask(RAW, vec![json!("云岭市")]).await?;
    ensure!(left.is_empty(), "the name is still in {left:?}");
    phone.go("#/records/customer").await?;
    phone.wait_text("main", "已清除").await?;
    story.say("the customer is erased: not a word of them is left in the database or beside it");
    Ok(earlier)
}

/// A new phone is restored from a backup made after the erasing, and then somebody takes in an older file.
async fn told_on_a_new_phone(story: &Story, phone: &Browser, site: &Site, earlier: &[u8]) -> Result<()> {
    let files = Scratch::new("restore")?;
    let write = |name: &str, bytes: &[u8]| -> Result<std::path::PathBuf> {
        let path = files.path().join(name);
        fs::write(&path, bytes)?;
        Ok(path)
    };
    phone.go("#/more").await?;
    phone.run("window.showSaveFilePicker = undefined", Vec::new()).await?;
    phone.tap("[data-act=export-all]").await?;
    let backup = write("after.json", &phone.downloaded().await?.1)?;
    let earlier = write("earlier.json", earlier)?;
    let new = story.open(Engine::Chromium, "new-phone").await?;
    start::first_load(story, &new, site).await?;
    start::introduce_colleague(&new).await?;
    import_page(&new, &backup).await?;
    let told = new.wait_text("[data-erased-elsewhere=told]", start::ENGINEER).await?;
    new.picture("ledger", "restore-erased-told").await?;
    new.tap("[data-act=import]").await?;
    new.wait_gone("#import-file").await?;
    import_page(&new, &earlier).await?;
    let back = new.wait_text("[data-erased-elsewhere=back]", "带回来").await?;
    looks(&new, "import-erased-back").await?;
    ensure!(back.contains("云岭市通信分公司"), "the customer is not named: {back}");
    story.say(&format!("a restored phone says: {told} / of an older file: {back}"));
    Ok(())
}

/// Every place of the browser's storage that holds the text.
const RAW: &str = r"
const needle = arguments[0];
const open = indexedDB.open('sitebook');
return new Promise((done, fail) => {
  open.onerror = fail;
  open.onsuccess = async () => {
    const db = open.result, found = [];
    for (const name of db.objectStoreNames) {
      const store = db.transaction(name).objectStore(name);
      const all = request => new Promise((ok, no) => { request.onsuccess = () => ok(request.result); request.onerror = no; });
      const [keys, values] = [await all(store.getAllKeys()), await all(db.transaction(name).objectStore(name).getAll())];
      if (!values.length && name === 'ops') found.push('no ops at all');
      if (JSON.stringify([keys, values.map(value => value.json)]).includes(needle)) found.push(name);
    }
    for (let n = 0; n < localStorage.length; n++) {
      const key = localStorage.key(n);
      if ((key + localStorage.getItem(key)).includes(needle)) found.push(key);
    }
    db.close();
    done(found);
  };
});";

/// Pictures in Chinese and light, in English and dark, as a phone shows it.
async fn looks(phone: &Browser, name: &str) -> Result<()> {
    let place = phone.place().await?;
    phone.settle().await?;
    phone.picture("ledger", &format!("{name}-zh-light")).await?;
    let wide = phone.too_wide().await?;
    ensure!(wide.is_empty(), "{name} scrolls sideways: {wide:?}");
    dress(phone, "en", "dark", &place).await?;
    phone.picture("ledger", &format!("{name}-en-dark")).await?;
    dress(phone, "zh", "light", &place).await
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
