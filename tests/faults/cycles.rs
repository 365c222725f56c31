//! The long run: write, kill, look, and again.

use super::book::{self, Book};
use super::dice::Dice;
use super::disk::{Disk, Ledger};
use super::watch::{Event, Watch, under_way};
use super::{Options, report};
use crate::browser::Browser;
use crate::run::{Story, until};
use crate::site::Site;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::Record;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// A fresh copy of the book after so many kills: long histories and first entries both come about.
const KILLS_A_BOOK: u32 = 25;
/// Longest time from the address to the visit.
const OPENING: Duration = Duration::from_secs(30);
/// Kills fall within so many milliseconds of the start of the page, or of the visit showing.
const START_WINDOW: u64 = 700;
const WRITE_WINDOW: u64 = 2500;
/// Or so soon after the app has said saved: what it says too early is lost then.
const SAVED_WINDOW: u64 = 4;

/// When a kill falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// While the app starts.
    Start,
    /// Any time while it is written.
    Anytime,
    /// Right after the next time the app says saved.
    Saved,
}

impl Moment {
    /// Two starts in a row would leave out that the app opens after a kill.
    fn draw(dice: &mut Dice, may_be_start: bool) -> Moment {
        match dice.below(10) {
            0 | 1 if may_be_start => Moment::Start,
            0..=6 => Moment::Anytime,
            _ => Moment::Saved,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Browsers killed.
    pub kills: u32,
    /// Entries that the app called saved before a kill; each was found afterwards.
    pub acknowledged: u64,
    /// Entries found that had not been called saved yet.
    pub unannounced: u64,
    /// Kills before the visit showed.
    pub early: u32,
    /// Pictures whose bytes were checked, counted at each look.
    pub pictures: usize,
    /// What was under way at the kill, and how often.
    pub under_way: BTreeMap<String, u32>,
    /// Entries on the disk by kind of change.
    pub changes: BTreeMap<String, u64>,
    /// The browser's own name and version.
    pub engine: String,
}

/// One book on its way through kills.
struct Trial<'a> {
    story: &'a Story,
    site: &'a Site,
    book: &'a Book,
    phone: Rc<Browser>,
    /// What the last look found.
    known: Ledger,
    /// What was said since.
    events: Vec<Event>,
}

/// Runs all kills; the first loss ends it and the profile is kept.
pub async fn run(story: &Story, site: &Site, book: &Book, options: Options) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut dice = Dice::new(options.seed);
    let begun = Instant::now();
    while tally.kills < options.kills {
        let phone = book.open(story).await?;
        tally.engine = phone.devtools("Browser.getVersion", json!({})).await?["product"].as_str().unwrap_or("?").into();
        let mut trial = Trial { story, site, book, phone, known: Ledger::default(), events: Vec::new() };
        let kills = KILLS_A_BOOK.min(options.kills - tally.kills);
        if let Err(error) = trial.go(kills, &mut dice, &mut tally).await {
            let name = format!("seed-{}-kill-{}", options.seed, tally.kills);
            let kept = book::keep(trial.phone.profile(), &name)?;
            std::fs::write(kept.join("said-before-the-kill.txt"), format!("{:#?}\n", trial.events))?;
            bail!("kill {}: {error:#}\nthe profile is kept in {}", tally.kills, kept.display());
        }
        let pace = begun.elapsed().as_secs_f32() / f32::from(u16::try_from(tally.kills).unwrap_or(u16::MAX));
        story.say(&format!("{}, {pace:.1} s a kill", report::line(&tally)));
        story.close(trial.phone).await;
    }
    Ok(tally)
}

impl Trial<'_> {
    async fn go(&mut self, kills: u32, dice: &mut Dice, tally: &mut Tally) -> Result<()> {
        let mut moment = Moment::Anytime;
        for _ in 0..kills {
            self.look(tally).await?;
            moment = Moment::draw(dice, moment != Moment::Start);
            self.write_until_killed(moment, dice, tally).await?;
            self.phone.reopen().await?;
        }
        self.look(tally).await?;
        for sealed in &self.known.ops {
            let name = report::kind(&sealed.op.change);
            *tally.changes.entry(name.to_owned()).or_default() += 1;
        }
        self.app_opens().await
    }

    /// Judges the disk as the kill left it, before the app has touched it again.
    async fn look(&mut self, tally: &mut Tally) -> Result<()> {
        let disk = Disk::read(&self.phone, self.site).await?.context("the database is gone")?;
        let ledger = disk.judge()?;
        let ids: BTreeSet<_> = ledger.ops.iter().map(|sealed| &sealed.op.id).collect();
        let lost = self.known.ops.iter().find(|sealed| !ids.contains(&sealed.op.id));
        ensure!(lost.is_none(), "an entry of an earlier look is lost: {lost:?}");
        let before = self.known.own.len();
        let mut saved_to = before;
        for event in &self.events {
            let Event::Saved { op, shown } = event else { continue };
            let place = ledger.own.iter().position(|own| own.id.as_str() == op);
            let place = place.with_context(|| format!("LOST: {op} was called saved and is not there"))?;
            saved_to = saved_to.max(place + 1);
            screen_told_the_truth(&ledger, place, shown)?;
        }
        // What the book began with was written before this run.
        if before > 0 {
            tally.acknowledged += (saved_to - before) as u64;
            tally.unannounced += (ledger.own.len() - saved_to) as u64;
        }
        tally.pictures += disk.pictures();
        self.events.clear();
        self.known = ledger;
        Ok(())
    }

    async fn write_until_killed(&mut self, moment: Moment, dice: &mut Dice, tally: &mut Tally) -> Result<()> {
        let writer = include_str!("writer.js").replace("@SEED@", &(dice.next() % (1 << 32)).to_string());
        let writer = writer.replace("@CYCLE@", &tally.kills.to_string());
        self.phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": writer })).await?;
        // A page without the focus sends no focus and blur events, and fields are saved when they are left.
        self.phone.devtools("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await?;
        let watch = Watch::over(&self.phone);
        self.start_app().await?;
        if moment == Moment::Start {
            tokio::time::sleep(dice.within(START_WINDOW)).await;
        } else {
            until("the app opens the visit", OPENING, async || {
                let events = watch.events()?;
                Ok(events.contains(&Event::Open).then_some(()))
            })
            .await?;
            tokio::time::sleep(dice.within(WRITE_WINDOW)).await;
        }
        if moment == Moment::Saved {
            watch.next_saved(Duration::from_secs(3))?;
            std::thread::sleep(dice.within(SAVED_WINDOW));
        }
        self.phone.kill()?;
        tally.kills += 1;
        self.events = watch.events()?;
        for event in &self.events {
            match event {
                Event::Failed { words } => bail!("the app says that something failed: {words}"),
                Event::Slip { words } => self.story.say(&format!("the writer tripped over {words}")),
                _ => {}
            }
        }
        tally.early += u32::from(!self.events.contains(&Event::Open));
        *tally.under_way.entry(under_way(&self.events).to_owned()).or_default() += 1;
        Ok(())
    }

    /// Goes to the visit without waiting for it.
    async fn start_app(&self) -> Result<()> {
        let script = "const to = arguments[0]; setTimeout(() => location.assign(to), 0)";
        self.phone.run(script, vec![json!(self.book.visit)]).await
    }

    async fn app_opens(&self) -> Result<()> {
        self.phone.goto(&self.book.visit).await?;
        self.phone.look().await.map(drop).context("the app does not open after the last kill")
    }
}

/// What the screen showed when it said saved is what the ledger up to that op gives.
fn screen_told_the_truth(ledger: &Ledger, place: usize, shown: &BTreeMap<String, Value>) -> Result<()> {
    let Some(record) = ledger.own.get(place).map(|op| op.record.clone()) else { return Ok(()) };
    let until = ledger.own.iter().take(place + 1);
    let folded = Record::fold(&record, until.filter(|op| op.record == record));
    let id: &RecordId = &record;
    for (key, value) in shown {
        match value {
            Value::String(text) => {
                let stored = folded.text(key).unwrap_or_default();
                ensure!(stored == text, "{id} {key}: the screen showed “{text}” as saved, the disk has “{stored}”");
            }
            value => {
                let stored = folded.facts(key).count() as u64;
                let shown = value.as_u64().unwrap_or_default();
                ensure!(stored == shown, "{id} {key}: the screen showed {shown} photos, the disk has {stored}");
            }
        }
    }
    Ok(())
}
