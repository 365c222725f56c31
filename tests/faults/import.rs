//! Kills while a large file is taken in: afterwards all of it is there, or nothing.

use super::book::Book;
use super::dice::Dice;
use super::disk::Disk;
use super::report::Special;
use super::{Options, book};
use crate::browser::Browser;
use crate::machine::Scratch;
use crate::run::{Story, until};
use crate::site::Site;
use anyhow::{Context, Result, bail, ensure};
use sitebook_core::exchange::{Exported, Parcel, export};
use sitebook_core::ids::{DeviceId, OpId, RecordId};
use sitebook_core::ledger::{Attachment, Change, Head, RecordKind, Sealed, hex, seal, sha256};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

const CUSTOMERS: usize = 250;
const EDITS: usize = 7;
const PICTURES: usize = 40;
const PICTURE_BYTES: usize = 120_000;
/// 2026-11-20, noon in China.
const NOON: i64 = 1_795_147_200_000;

/// A file that another phone could have sent.
struct Parcelled {
    bytes: Vec<u8>,
    ops: BTreeSet<OpId>,
}

pub async fn run(story: &Story, site: &Site, book: &Book, options: Options) -> Result<Special> {
    let mut dice = Dice::new(options.seed ^ 0x1);
    let parcel = write_parcel(&mut dice)?;
    let folder = Scratch::new("files")?;
    let file = folder.path().join("large.json");
    fs::write(&file, &parcel.bytes)?;
    let whole = whole_import(story, site, book, &parcel, &file).await?;
    let (mut none, mut all, mut swept) = (0, 0, 0);
    for number in 0..options.special {
        let phone = book.open(story).await?;
        let before = Disk::read(&phone, site).await?.context("no database")?.judge()?;
        offer(&phone, site, &file).await?;
        // Spread over the time that a whole import takes, and some time beyond.
        let part = whole.mul_f64(1.5) / options.special;
        tokio::time::sleep(part * number + part.mul_f64(f64::from(u16::try_from(dice.below(1000))?) / 1000.0)).await;
        phone.kill()?;
        phone.reopen().await?;
        let found = look(&phone, site, &parcel, &before.ops).await;
        match found {
            Ok(true) => all += 1,
            Ok(false) => none += 1,
            Err(error) => {
                let kept = book::keep(phone.profile(), &format!("seed-{}-import-{number}", options.seed))?;
                bail!("import killed at moment {number}: {error:#}\nthe profile is kept in {}", kept.display());
            }
        }
        phone.goto(&book.visit).await?;
        phone.look().await?;
        swept += usize::from(waits_for_the_sweep(&phone).await?);
        story.close(phone).await;
    }
    let found = format!(
        "of {} ops and {PICTURES} pictures, taken in within {} ms: nothing {none} times, all of it {all} times, a part never; \
         no picture was left once the app had started (noted ones were still there {swept} times when it did)",
        parcel.ops.len(),
        whole.as_millis()
    );
    story.say(&format!("killed in the middle of an import: {found}"));
    Ok(Special { what: "an import", kills: options.special, found })
}

/// The app takes away the pictures of the killed import by itself. Answers whether it still had to.
async fn waits_for_the_sweep(phone: &Browser) -> Result<bool> {
    let notes = "return (await asked(db.transaction('meta').objectStore('meta').getAllKeys())) \
                 .filter(key => key.startsWith('incoming')).length";
    let left = phone.with_db(notes).await? != 0;
    until("the pictures of the killed import are swept", Duration::from_secs(20), async || {
        Ok((phone.with_db(notes).await? == 0).then_some(()))
    })
    .await?;
    Ok(left)
}

/// How long it takes undisturbed; and that it works.
async fn whole_import(story: &Story, site: &Site, book: &Book, parcel: &Parcelled, file: &Path) -> Result<Duration> {
    let phone = book.open(story).await?;
    let before = Disk::read(&phone, site).await?.context("no database")?.judge()?;
    offer(&phone, site, file).await?;
    let begun = Instant::now();
    until("the import is done", Duration::from_secs(60), async || {
        Ok((!phone.place().await?.contains("import")).then_some(()))
    })
    .await?;
    let took = begun.elapsed();
    ensure!(look(&phone, site, parcel, &before.ops).await?, "an undisturbed import has written nothing");
    story.close(phone).await;
    Ok(took)
}

/// Chooses the file, waits for the preview and confirms it.
async fn offer(phone: &Browser, site: &Site, file: &Path) -> Result<()> {
    phone.goto(site.address()).await?;
    phone.wait("nav.tabbar").await?;
    phone.go("#/more").await?;
    phone.tap("[data-act=import-page]").await?;
    phone.wait("label[for=import-file]").await?;
    phone.choose_files("#import-file", &[file]).await?;
    until("the preview shows", Duration::from_secs(60), async || {
        Ok(phone.shows("[data-act=import]").await?.then_some(()))
    })
    .await?;
    phone.run("document.querySelector('[data-act=import]').click()", Vec::new()).await
}

/// Whether the file is there: all of it or nothing, and everything else as before.
async fn look(phone: &Browser, site: &Site, parcel: &Parcelled, before: &[Sealed]) -> Result<bool> {
    let ledger = Disk::read(phone, site).await?.context("the database is gone")?.judge()?;
    let ids: BTreeSet<OpId> = ledger.ops.iter().map(|sealed| sealed.op.id.clone()).collect();
    let lost = before.iter().find(|sealed| !ids.contains(&sealed.op.id));
    ensure!(lost.is_none(), "an entry from before the import is lost: {lost:?}");
    let there = parcel.ops.intersection(&ids).count();
    ensure!(there == 0 || there == parcel.ops.len(), "{there} of {} ops of the file are there", parcel.ops.len());
    ensure!(ids.len() == before.len() + there, "there are ops that neither the file nor the book has");
    Ok(there > 0)
}

fn write_parcel(dice: &mut Dice) -> Result<Parcelled> {
    let mut ten = || {
        let [a, b] = [dice.next().to_le_bytes(), dice.next().to_le_bytes()];
        let mut bytes = [0; 10];
        bytes.iter_mut().zip(a.into_iter().chain(b)).for_each(|(to, from)| *to = from);
        bytes
    };
    let mut head = Head::new(DeviceId::at(NOON, ten()));
    let (mut ops, mut pictures) = (Vec::new(), BTreeMap::new());
    for number in 0..CUSTOMERS {
        let record = RecordId::at(NOON, ten());
        let mut changes = vec![Change::Create { kind: RecordKind::Customer, number: None, template: None }];
        changes.extend((0..EDITS).map(|edit| Change::Set {
            field: if edit % 2 == 0 { "name" } else { "address" }.to_owned(),
            value: Value::text(&format!("客户 {number} 第 {edit} 次")),
            was: Vec::new(),
        }));
        if number < PICTURES {
            let seed = ten();
            let mut bytes = vec![0xff, 0xd8, 0xff];
            bytes.extend(seed.iter().copied().cycle().take(PICTURE_BYTES));
            let sha256 = hex(&sha256(&bytes));
            let size = bytes.len() as u64;
            let attachment =
                Attachment { sha256: sha256.clone(), mime: "image/jpeg".to_owned(), size, width: 800, height: 600 };
            pictures.insert(sha256, bytes);
            changes.push(Change::Attach { field: "photo".to_owned(), attachment, caption: None });
        }
        for change in changes {
            ops.push(seal(&mut head, OpId::at(NOON, ten()), record.clone(), "钱芳", NOON, 480, change)?);
        }
    }
    let at = Stamp { at: NOON, tz: 480 };
    let exported =
        Exported {
            app: "0".to_owned(), at, by: "钱芳".to_owned(), company: "恒川".to_owned(), device: head.device
        };
    let templates = BTreeMap::new();
    let parcel = Parcel { seals: &[], exported: &exported, ops: &ops, templates: &templates, attachments: &pictures };
    let Ok(made) = export(&parcel) else { bail!("the file cannot be made") };
    Ok(Parcelled { bytes: made.bytes, ops: ops.into_iter().map(|sealed| sealed.op.id).collect() })
}
