//! Kills while the service worker fetches a new version: the app starts without a network, whole, in an old version
//! or the new one, and the book is as before.

use super::book::Book;
use super::dice::Dice;
use super::disk::Disk;
use super::report::Special;
use super::{Options, book};
use crate::browser::Browser;
use crate::deployment::{rename_all, version_of};
use crate::run::Story;
use crate::site::Site;
use anyhow::{Context, Result, bail, ensure};
use std::path::Path;
use std::time::Duration;

/// Kills fall within so many milliseconds of the moment at which the browser begins to install the new version.
const WINDOW: u64 = 600;

/// Waits in the page until a new version is being installed.
const INSTALLING: &str = "const found = await navigator.serviceWorker.getRegistration(); await found.update(); \
    for (let n = 0; n < 2000 && !found.installing && !found.waiting; n++) await new Promise(done => setTimeout(done, 5)); \
    return !!(found.installing || found.waiting)";

pub async fn run(story: &Story, site: &mut Site, folder: &Path, book: &Book, options: Options) -> Result<Special> {
    let mut dice = Dice::new(options.seed ^ 0x2);
    let phone = book.open(story).await?;
    let before = Disk::read(&phone, site).await?.context("no database")?.judge()?;
    let (mut old, mut new) = (0, 0);
    let mut versions = vec![version_of(folder)?];
    for number in 0..options.special {
        let now = versions.last().cloned().unwrap_or_default();
        let next = format!("{:012x}", dice.next() >> 16);
        rename_all(folder, &now, &next)?;
        versions.push(next.clone());
        phone.goto(&book.visit).await?;
        let begins: bool = phone.ask(&format!("return (async () => {{ {INSTALLING} }})()"), Vec::new()).await?;
        ensure!(begins, "the browser does not install version {next}");
        let part = WINDOW / u64::from(options.special);
        tokio::time::sleep(dice.within(part) + Duration::from_millis(part * u64::from(number))).await;
        phone.kill()?;
        site.off();
        phone.reopen().await?;
        match opens_offline(&phone, book).await {
            Ok(version) if version == next => new += 1,
            Ok(version) if versions.contains(&version) => old += 1,
            Ok(version) => bail!("version {version} runs, which was never served"),
            Err(error) => {
                let kept = book::keep(phone.profile(), &format!("seed-{}-update-{number}", options.seed))?;
                bail!("update killed at moment {number}: {error:#}\nthe profile is kept in {}", kept.display());
            }
        }
        site.on()?;
        let after = Disk::read(&phone, site).await?.context("the database is gone")?.judge()?;
        ensure!(after.ops == before.ops, "the book is not as before");
    }
    story.close(phone).await;
    let found = format!(
        "started without a network {old} times in an old version, {new} times in the new one; the book as before"
    );
    story.say(&format!("killed in the middle of an update: {found}"));
    Ok(Special { what: "an update of the app", kills: options.special, found })
}

/// Opens the visit without a network; answers the version that runs.
async fn opens_offline(phone: &Browser, book: &Book) -> Result<String> {
    phone.goto(&book.visit).await?;
    phone.look().await.context("without a network the visit does not open")?;
    phone.ask("return document.querySelector('meta[name=version]').content", Vec::new()).await
}
