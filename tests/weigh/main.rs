//! How much memory a restore and a backup of a large book take: `cargo xtask weigh` calls this.
//!
//! A visit is made through the app and exported; copies of it, with photos as a phone takes them, become the backup of
//! another device. A browser with an empty book takes it in and makes a backup of its own, while the system's figures
//! of its processes are read.

mod parcel;
mod scale;

use anyhow::{Context, Result, bail, ensure};
use lexopt::prelude::*;
use parcel::{Book, Size};
use scale::{Scale, Weight};
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::run::{Story, long_run, tell, until};
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// A step may take long on a busy machine.
const PATIENCE: Duration = Duration::from_secs(3 * 3600);

fn main() -> ExitCode {
    match weigh() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("== FAILED: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn weigh() -> Result<()> {
    let mut size = Size { visits: 2_000, entries: 50, photos: 5_000 };
    let mut file: Option<PathBuf> = None;
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("visits") => size.visits = arguments.value()?.parse()?,
            Long("photos") => size.photos = arguments.value()?.parse()?,
            Long("report") => file = Some(arguments.value()?.into()),
            other => bail!("{}", other.unexpected()),
        }
    }
    let mut page = String::new();
    long_run("weigh", async |story| {
        page = all(story, size).await?;
        Ok(())
    })?;
    tell(&page);
    if let Some(file) = file {
        std::fs::write(&file, page).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

async fn all(story: &Story, size: Size) -> Result<String> {
    let site = Site::serve(&machine::dist()?)?;
    let files = Scratch::new("files")?;
    let path = files.path().join("backup.json");
    let book = Book::write(&pattern(story, &site).await?, size, &path)?;
    story.say(&format!("{} entries and {} photos lie in a file of {} MB", book.entries, size.photos, book.bytes >> 20));

    let phone = story.open(Engine::Chromium, "phone").await?;
    scale::watch_wasm(&phone).await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce_colleague(&phone).await?;
    phone.go("#/more").await?;
    phone.tap("[data-act=import-page]").await?;
    phone.wait("label[for=import-file]").await?;
    let scale = Scale::of(&phone)?;
    let mut rows = vec![("the app at rest".to_owned(), measured(&scale, &phone, async || Ok(())).await?)];
    let check = async || {
        phone.choose_files("#import-file", &[&path]).await?;
        appears(&phone, "[data-act=import]", ".field-error, [data-file-error]").await
    };
    rows.push(("restore: checking the file".to_owned(), measured(&scale, &phone, check).await?));
    let take_in = async || {
        phone.run("document.querySelector('[data-act=import]').click()", Vec::new()).await?;
        until("the file is taken in", PATIENCE, async || Ok((!phone.place().await?.contains("import")).then_some(())))
            .await
    };
    rows.push(("restore: taking it in".to_owned(), measured(&scale, &phone, take_in).await?));
    let held = phone.with_db("return await asked(db.transaction('ops').objectStore('ops').count())").await?;
    ensure!(held.as_u64() == u64::try_from(book.entries).ok(), "{held} of {} entries are here", book.entries);

    phone.reload().await?;
    phone.wait("nav.tabbar").await?;
    // The page is a new one, and may have a process of its own.
    let scale = Scale::of(&phone)?;
    for (what, picker) in [("backup: into a chosen file", CHOSEN), ("backup: as a download", "undefined")] {
        phone.go("#/").await?;
        phone.go("#/more").await?;
        phone.run(&format!("window.showSaveFilePicker = {picker}"), Vec::new()).await?;
        let backup = async || {
            phone.wait("[data-act=export-all]").await?;
            phone.run("document.querySelector('[data-act=export-all]').click()", Vec::new()).await?;
            appears(&phone, "[data-backup-told] p", "[data-never]").await
        };
        rows.push((what.to_owned(), measured(&scale, &phone, backup).await?));
        let told = phone.text("[data-backup-told]").await?;
        let pictures = format!("{}", book.pictures);
        ensure!(told.contains(&pictures), "the backup says: {told}");
        story.say(&told);
    }
    Ok(page(size, &book, &rows))
}

/// The origin's own folder gives the same handles as a folder of the device.
const CHOSEN: &str = "async options => \
     (await navigator.storage.getDirectory()).getFileHandle(options.suggestedName, { create: true })";

/// A visit as the app makes it, exported.
async fn pattern(story: &Story, site: &Site) -> Result<Vec<u8>> {
    let phone = story.open(Engine::Chromium, "pattern").await?;
    start::first_load(story, &phone, site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    phone.stamp("confirm.call.at").await?;
    phone.answer("confirm.call.person", "王建国").await?;
    phone.answer("confirm.call.phone", "0000-5550118").await?;
    phone.wait_saved().await?;
    let (_, bytes) = phone.export().await?;
    story.close(phone).await;
    Ok(bytes)
}

async fn appears(phone: &Browser, wanted: &str, trouble: &str) -> Result<()> {
    until(wanted, PATIENCE, async || {
        if phone.shows(wanted).await? {
            return Ok(Some(true));
        }
        Ok(phone.shows(trouble).await?.then_some(false))
    })
    .await
    .and_then(|fine| if fine { Ok(()) } else { bail!("it is refused") })
}

/// A figure of the table.
struct Row {
    took: Duration,
    weight: Weight,
}

async fn measured(scale: &Scale, phone: &Browser, work: impl AsyncFnOnce() -> Result<()>) -> Result<Row> {
    scale.reset()?;
    let begun = Instant::now();
    work().await?;
    let took = begun.elapsed();
    Ok(Row { took, weight: scale.read(phone).await? })
}

fn page(size: Size, book: &Book, rows: &[(String, Row)]) -> String {
    let mut out = format!(
        "A book of {} visits, {} entries and {} photos of {} KB each on average; as a file {} MB. Headless Chromium; \
         peaks while the step ran, in MB.\n\n\
         | step | seconds | page's process | wasm memory | browser's process |\n|---|--:|--:|--:|--:|\n",
        size.visits,
        book.entries,
        size.photos,
        book.photo >> 10,
        book.bytes >> 20,
    );
    for (what, Row { took, weight }) in rows {
        let Weight { page, wasm, browser } = weight;
        let _ = writeln!(out, "| {what} | {} | {page} | {wasm} | {browser} |", took.as_secs());
    }
    out
}
