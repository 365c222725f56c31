//! A backup is made, judged on another phone, changed by somebody, and brings everything back on an empty device.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::pictures;
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

const PERSON: &str = "confirm.call.person";
const PHOTO: &str = "apply.ask.photo";

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let files = Scratch::new("files")?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    let visit = phone.place().await?;
    phone.answer(PERSON, "王建国").await?;
    phone.wait_saved().await?;
    phone.open_stage("apply").await?;
    phone.photo(PHOTO, &[&pictures::jpeg(files.path(), "state.jpg", 3)?]).await?;
    phone.wait_photos(PHOTO, 1).await?;
    phone.wait_saved().await?;
    let backup = back_up(story, &phone, &files).await?;
    chosen_place(story, &phone).await?;
    into_a_folder(story, &phone).await?;

    let office = story.open(Engine::Chromium, "office").await?;
    start::first_load(story, &office, &site).await?;
    start::introduce_colleague(&office).await?;
    whole(story, &office, &backup).await?;
    changed(story, &office, &backup, &files).await?;
    restored(story, &office, &backup, &visit).await
}

/// Backups that lie in the origin's own folder until the browser has taken them.
async fn on_their_way(phone: &Browser, count: usize) -> Result<()> {
    let read = "return (async () => { let count = 0; \
                const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('outgoing'); \
                for await (const one of folder.values()) count += 1; return count; })()";
    until("only the files that are read are there", Duration::from_secs(20), async || {
        let found: usize = phone.ask(read, Vec::new()).await?;
        Ok((found == count).then_some(()))
    })
    .await
}

/// One tap; the browser of the journey shall not ask where.
async fn back_up(story: &Story, phone: &Browser, files: &Scratch) -> Result<PathBuf> {
    phone.go("#/more").await?;
    phone.run("window.showSaveFilePicker = undefined", Vec::new()).await?;
    phone.wait_text("[data-backup-last]", "还没有备份过").await?;
    phone.tap("[data-act=export-all]").await?;
    let (name, bytes) = phone.downloaded().await?;
    let told = phone.wait_text("[data-backup-told]", &name).await?;
    ensure!(told.contains("1 张照片和签名"), "the photo is not counted: {told}");
    phone.wait_text("[data-backup-last]", "上次备份").await?;
    looks(phone, "backup", "#/more", "[data-backup-told]").await?;
    on_their_way(phone, 1).await?;
    story.say(&told);
    let path = files.path().join(&name);
    fs::write(&path, bytes)?;
    Ok(path)
}

/// Where the browser lets the user choose a file, it is written there, piece by piece.
async fn chosen_place(story: &Story, phone: &Browser) -> Result<()> {
    // The origin's own folder gives the same handles as a folder of the device.
    let choose = "window.showSaveFilePicker = async options => \
                  (await navigator.storage.getDirectory()).getFileHandle(options.suggestedName, { create: true })";
    phone.run(choose, Vec::new()).await?;
    phone.tap("[data-act=export-all]").await?;
    phone.wait_text("[data-backup-told]", "已备份到").await?;
    let read = "return (async () => { const folder = await navigator.storage.getDirectory(); \
                for await (const file of folder.values()) if (file.kind === 'file') return await (await file.getFile()).text(); })()";
    let text: String = phone.ask(read, Vec::new()).await?;
    let back =
        sitebook_core::exchange::read(text.as_bytes()).map_err(|error| anyhow::anyhow!("{}", error.words().en))?;
    ensure!(back.signature.is_some() && back.pictures.len() == 1, "the file that was chosen is not whole");
    story.say("a chosen file holds the same");
    Ok(())
}

/// Copies make themselves in a folder, also after the app was closed.
async fn into_a_folder(story: &Story, phone: &Browser) -> Result<()> {
    let choose = "window.showDirectoryPicker = async () => \
                  (await navigator.storage.getDirectory()).getDirectoryHandle('copies', { create: true })";
    phone.run(choose, Vec::new()).await?;
    phone.tap("[data-act=copy-into]").await?;
    phone.wait_text("[data-copies]", "上次自动备份到文件夹“copies”").await?;
    phone.reload().await?;
    phone.wait("[data-act=copy-now]").await?;
    on_their_way(phone, 0).await?;
    phone.tap("[data-act=copy-now]").await?;
    phone.wait_gone("[data-act=copy-now][disabled]").await?;
    looks(phone, "copies", "#/more", "[data-copies]").await?;
    let read = "return (async () => { const copies = await (await navigator.storage.getDirectory()).getDirectoryHandle('copies'); \
                const all = []; for await (const file of copies.values()) all.push(await (await file.getFile()).text()); \
                return all; })()";
    let texts: Vec<String> = phone.ask(read, Vec::new()).await?;
    ensure!((1..=2).contains(&texts.len()), "{} copies", texts.len());
    for text in &texts {
        let read = sitebook_core::exchange::read(text.as_bytes());
        ensure!(read.is_ok_and(|back| back.signature.is_some()), "a copy is not whole: {} bytes", text.len());
    }
    phone.tap("[data-act=copy-stop]").await?;
    phone.wait("[data-act=copy-into]").await?;
    story.say("copies make themselves in a folder, also after a reload, until that is stopped");
    Ok(())
}

async fn verify(office: &Browser, file: &Path) -> Result<()> {
    office.go("#/more").await?;
    office.tap("[data-act=verify-page]").await?;
    office.wait("label[for=verify-file]").await?;
    office.choose_files("#verify-file", &[file]).await?;
    office.wait("[data-verdict]").await
}

async fn whole(story: &Story, office: &Browser, backup: &Path) -> Result<()> {
    verify(office, backup).await?;
    let says = office.text("[data-verdict]").await?;
    ensure!(office.shows("[data-verdict=original]").await?, "an untouched file: {says}");
    ensure!(says.contains("完整") && says.contains(start::ENGINEER), "it does not say by whom: {says}");
    office.wait_text("[data-verified] .sealing", "全部于").await?;
    office.wait_text("[data-verify-counts]", "本机没有这些记录").await?;
    looks_here(office, "verify-whole").await?;
    story.say(&says.replace('\n', " / "));
    Ok(())
}

/// Somebody changes a byte, takes the end off, or writes another name and makes the digests fit again.
async fn changed(story: &Story, office: &Browser, backup: &Path, files: &Scratch) -> Result<()> {
    let bytes = fs::read(backup)?;
    let at = bytes.windows(9).position(|piece| piece == "王建国".as_bytes()).context("the name is not there")?;
    let mut other = bytes.clone();
    other[at..at + 9].copy_from_slice("李建国".as_bytes());
    judged(story, office, files, "byte", &other, "unreadable").await?;
    judged(story, office, files, "cut", &bytes[..bytes.len() / 2], "unreadable").await?;
    let unsigned = String::from_utf8(bytes.clone())?;
    let end = unsigned.find(",\n\"signature\"").context("no signature")?;
    let unsigned = format!("{}}}\n", &unsigned[..end]);
    judged(story, office, files, "unsigned", unsigned.as_bytes(), "unproven").await?;
    let swapped = swap_seal(&String::from_utf8(bytes)?)?;
    judged(story, office, files, "seal", swapped.as_bytes(), "contradicted").await?;
    office.tap("nav.tabbar a:last-child").await?;
    office.tap("[data-act=import-page]").await?;
    office.choose_files("#import-file", &[&files.path().join("seal.json")]).await?;
    office.wait("[data-proof=contradicted]").await?;
    ensure!(!office.shows("[data-act=import]").await?, "a contradicted file can be imported");
    looks_here(office, "import-contradicted").await
}

/// The same ops with the signature of one seal at another: whole in itself, all digests right.
fn swap_seal(file: &str) -> Result<String> {
    let incoming =
        sitebook_core::exchange::read(file.as_bytes()).map_err(|error| anyhow::anyhow!("{}", error.words().en))?;
    let mut seals = incoming.seals.clone();
    ensure!(seals.len() > 1, "only {} seals", seals.len());
    let sig = seals[0].sig.clone();
    seals[1].sig = sig;
    let (incoming, pictures) =
        sitebook_core::exchange::read_all(file.as_bytes()).map_err(|error| anyhow::anyhow!("{}", error.words().en))?;
    let templates = incoming.templates.into_iter().map(|one| (one.reference.digest, one.json)).collect();
    let attachments = pictures.into_iter().map(|one| (one.attachment.sha256, one.bytes)).collect();
    let (exported, ops) = (&incoming.exported, incoming.ops.as_slice());
    let parcel = sitebook_core::exchange::Parcel {
        exported,
        ops,
        templates: &templates,
        attachments: &attachments,
        seals: &seals,
    };
    let made = sitebook_core::exchange::export(&parcel).map_err(|error| anyhow::anyhow!("{}", error.words().en))?;
    Ok(String::from_utf8(made.bytes)?)
}

async fn judged(story: &Story, office: &Browser, files: &Scratch, name: &str, bytes: &[u8], is: &str) -> Result<()> {
    let path = files.path().join(format!("{name}.json"));
    fs::write(&path, bytes)?;
    verify(office, &path).await?;
    let says = office.text("[data-verdict]").await?;
    ensure!(office.shows(&format!("[data-verdict={is}]")).await?, "{name}: {says}");
    looks_here(office, &format!("verify-{name}")).await?;
    story.say(&format!("{name}: {}", says.replace('\n', " / ")));
    Ok(())
}

async fn restored(story: &Story, office: &Browser, backup: &Path, visit: &str) -> Result<()> {
    office.go("#/more").await?;
    office.tap("[data-act=import-page]").await?;
    office.choose_files("#import-file", &[backup]).await?;
    let counts = office.wait_text("[data-import-counts]", "新操作").await?;
    office.wait("[data-proof=original]").await?;
    looks_here(office, "restore").await?;
    office.tap("[data-act=import]").await?;
    office.wait("[data-act=menu]").await?;
    office.go(visit).await?;
    office.look().await?;
    office.open_stage("confirm").await?;
    office.unfold("confirm.call").await?;
    ensure!(office.wait_value(PERSON).await? == "王建国", "the entry did not come back");
    office.open_stage("apply").await?;
    office.wait_photos(PHOTO, 1).await?;
    verify(office, backup).await?;
    office.wait_text("[data-verify-counts]", "与本机完全相同").await?;
    story.say(&format!("restored on an empty device: {counts}"));
    Ok(())
}

/// A picture of the screen as it is; nothing on it may be wider than the screen.
async fn looks_here(phone: &Browser, name: &str) -> Result<()> {
    phone.settle().await?;
    phone.picture("proof", &format!("{name}-zh-light")).await?;
    let wide = phone.too_wide().await?;
    ensure!(wide.is_empty(), "{name} scrolls sideways: {wide:?}");
    Ok(())
}

/// The same, and in English and dark. What is only told once is gone in the second.
async fn looks(phone: &Browser, name: &str, place: &str, at: &str) -> Result<()> {
    let show = format!("document.querySelector('{at}').scrollIntoView({{ block: 'center' }})");
    phone.run(&show, Vec::new()).await?;
    looks_here(phone, name).await?;
    for (language, theme) in [("en", "dark"), ("zh", "light")] {
        let feature = json!({ "name": "prefers-color-scheme", "value": theme });
        phone.devtools("Emulation.setEmulatedMedia", json!({ "features": [feature] })).await?;
        phone.go("#/more").await?;
        phone.tap(&format!("button.segment[lang^={language}]")).await?;
        phone.go(place).await?;
        phone.wait("main .bar").await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        phone.run(&show, Vec::new()).await?;
        phone.settle().await?;
        phone.picture("proof", &format!("{name}-{language}-{theme}")).await?;
    }
    Ok(())
}
