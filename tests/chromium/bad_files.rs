//! Files of other programs, broken and altered exports: refused in words, and the device is as before.

use anyhow::{Result, ensure};
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::bundle::Bundle;
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::pictures;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use std::{fs, path::Path};

pub async fn run(story: &Story) -> Result<()> {
    let mut site = Site::serve(&machine::dist()?)?;
    let files = Scratch::new("files")?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    phone.stamp("confirm.call.at").await?;
    phone.answer("confirm.call.phone", "0000-5550118").await?;
    phone.open_stage("apply").await?;
    phone.photo("apply.ask.photo", &[&pictures::jpeg(files.path(), "p.jpg", 1)?]).await?;
    phone.wait_photos("apply.ask.photo", 1).await?;
    phone.wait_saved().await?;
    let (_, good) = phone.export().await?;
    Bundle::read(&good)?;

    let office = story.open(Engine::Chromium, "office").await?;
    start::first_load(story, &office, &site).await?;
    start::go_offline(story, &office, &mut site).await?;
    start::introduce(story, &office).await?;
    let before = everything(&office).await?;
    for (name, bytes, words) in bad(&good)? {
        let path = files.path().join(name);
        fs::write(&path, bytes)?;
        refused(story, &office, &path, words).await?;
    }
    let huge = pictures::huge(files.path(), "huge.json", 300 * 1024 * 1024)?;
    refused(story, &office, &huge, "不是现场通").await?;
    office.picture("look", "bad-import").await?;
    let after = everything(&office).await?;
    ensure!(before == after, "refused files have changed the device");
    story.say("after all that the device has the same ops as before");

    let path = files.path().join("good.json");
    fs::write(&path, &good)?;
    offer(&office, &path).await?;
    office.wait("[data-import-counts]").await?;
    office.wait("[data-act=import]").await?;
    ensure!(everything(&office).await? == before, "looking at a good file has changed the device");
    story.say("even a good file changes nothing before it is confirmed");
    Ok(())
}

/// What is offered, and the words that must be in the answer.
fn bad(good: &[u8]) -> Result<Vec<(&'static str, Vec<u8>, &'static str)>> {
    let text = String::from_utf8(good.to_vec())?;
    let replaced = |from: &str, to: &str| {
        ensure!(text.contains(from), "the export has no {from}");
        Ok(text.replacen(from, to, 1).into_bytes())
    };
    let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let half = good.get(..half).unwrap_or_default().to_vec();
    let inside = text.find("云岭").map_or(0, |at| at + 1);
    let inside = good.get(..inside).unwrap_or_default().to_vec();
    let mut png = Vec::new();
    png.extend_from_slice(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    Ok(vec![
        ("empty.json", Vec::new(), "是空的"),
        ("foreign.json", br#"{"name":"left-pad","version":"1.3.0"}"#.to_vec(), "不是现场通导出的"),
        ("list.json", b"[1, 2, 3]".to_vec(), "不是现场通导出的"),
        ("picture.json", png, "不是现场通"),
        ("truncated.json", half, "不完整"),
        ("cut-in-a-character.json", inside, "不完整"),
        ("altered.json", replaced("0000-5550118", "0000-5550119")?, "被改动"),
        ("newer.json", replaced("sitebook-bundle/1", "sitebook-bundle/2")?, "更新版本的现场通"),
        ("twice.json", replaced("\"from\":{", "\"from\":{\"app\":\"x\",")?, "重复"),
        ("deep.json", "[".repeat(100_000).into_bytes(), "没有导入任何内容"),
    ])
}

async fn offer(office: &Browser, file: &Path) -> Result<()> {
    office.go("#/more").await?;
    office.tap("[data-act=import-page]").await?;
    office.wait("label[for=import-file]").await?;
    office.choose_files("#import-file", &[file]).await
}

async fn refused(story: &Story, office: &Browser, file: &Path, words: &str) -> Result<()> {
    offer(office, file).await?;
    let says = office.wait_text("[data-file-error]", "").await?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    story.say(&format!("{name}: {says}"));
    story.check(says.contains(words), || format!("{name}: it does not say “{words}” but “{says}”"));
    story.check(says.contains("没有"), || format!("{name}: it does not say that nothing was taken: {says}"));
    ensure!(!office.shows("[data-act=import]").await?, "{name} can be imported all the same");
    Ok(())
}

/// All ops on the device.
async fn everything(office: &Browser) -> Result<std::collections::BTreeMap<String, String>> {
    office.go("#/more").await?;
    office.run("window.showSaveFilePicker = undefined", Vec::new()).await?;
    office.tap("[data-act=export-all]").await?;
    let (name, bytes) = office.downloaded().await?;
    office.wait_text("[data-backup-told]", &name).await?;
    Bundle::read(&bytes)?.ops()
}
