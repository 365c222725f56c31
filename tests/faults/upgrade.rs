//! Kills while a database of the first schema is upgraded: afterwards it is of one schema or the other, whole, and the
//! app brings it to the newest.

use super::Options;
use super::book::{self, Book};
use super::dice::Dice;
use super::disk::{Disk, Ledger, bare};
use super::report::Special;
use crate::browser::Browser;
use crate::run::Story;
use crate::site::Site;
use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use std::time::{Duration, Instant};

pub async fn run(story: &Story, site: &Site, book: &Book, options: Options) -> Result<Special> {
    const WHAT: &str = "an upgrade of the database";
    let mut dice = Dice::new(options.seed ^ 0x3);
    let phone = book.open(story).await?;
    let known = Disk::read(&phone, site).await?.context("no database")?.judge()?;
    let script = format!("return (async () => {{ {} }})()", include_str!("age.js"));
    phone.goto(&bare(site)).await?;
    let newest: u32 = phone.ask(&script, Vec::new()).await.context("the database cannot be made an old one")?;
    if newest == 1 {
        story.close(phone).await;
        story.say("this build has only one schema of the database: no upgrade to kill");
        return Ok(Special { what: WHAT, kills: 0, found: "this build has only one schema".to_owned() });
    }
    let aged = book.renewed(&phone).await?;
    story.close(phone).await;
    let whole = whole_upgrade(story, site, &aged, &known, newest).await?;
    let (mut old, mut new) = (0, 0);
    for number in 0..options.special {
        let phone = aged.open(story).await?;
        phone.goto(&bare(site)).await?;
        start(&phone, &aged).await?;
        let part = whole.mul_f64(1.1) / options.special;
        tokio::time::sleep(part * number + part.mul_f64(f64::from(u16::try_from(dice.below(1000))?) / 1000.0)).await;
        phone.kill()?;
        phone.reopen().await?;
        let look = async {
            let disk = Disk::read(&phone, site).await?.context("the database is gone")?;
            ensure!([1, newest].contains(&disk.version), "it is of version {}", disk.version);
            ensure!(disk.judge()?.ops == known.ops, "the ledger is not as before");
            if disk.version == newest {
                new += 1
            } else {
                old += 1
            }
            finishes(&phone, site, &aged, &known, newest).await
        };
        if let Err(error) = look.await {
            let kept = book::keep(phone.profile(), &format!("seed-{}-upgrade-{number}", options.seed))?;
            bail!("upgrade killed at moment {number}: {error:#}\nthe profile is kept in {}", kept.display());
        }
        story.close(phone).await;
    }
    let found = format!(
        "from schema 1 to {newest}: still the old one {old} times, the new one {new} times, whole each time; the app then brought it to {newest}"
    );
    story.say(&format!("killed in the middle of an upgrade: {found}"));
    Ok(Special { what: WHAT, kills: options.special, found })
}

/// How long it takes from the address to the visit; and that it works undisturbed.
async fn whole_upgrade(story: &Story, site: &Site, aged: &Book, known: &Ledger, newest: u32) -> Result<Duration> {
    let phone = aged.open(story).await?;
    let begun = Instant::now();
    phone.goto(&aged.visit).await?;
    phone.look().await.context("a database of schema 1 does not open")?;
    let took = begun.elapsed();
    finishes(&phone, site, aged, known, newest).await?;
    story.close(phone).await;
    Ok(took)
}

/// The app opens the visit, and what lies there then is of the newest schema and holds the same ledger.
async fn finishes(phone: &Browser, site: &Site, aged: &Book, known: &Ledger, newest: u32) -> Result<()> {
    phone.goto(&aged.visit).await?;
    phone.look().await.context("the visit does not open")?;
    let disk = Disk::read(phone, site).await?.context("the database is gone")?;
    ensure!(disk.version == newest, "the app has left it at version {}", disk.version);
    ensure!(disk.judge()?.ops == known.ops, "the ledger is not as before");
    Ok(())
}

async fn start(phone: &Browser, book: &Book) -> Result<()> {
    let script = "const to = arguments[0]; setTimeout(() => location.assign(to), 0)";
    phone.run(script, vec![json!(book.visit)]).await
}
