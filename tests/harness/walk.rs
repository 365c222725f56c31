//! Fills whatever a stage shows, as a user would who reads from the top: the next open step, its next empty field.
//!
//! What is special is said in a [`Plan`]; everything else gets the offered value, the first phrase, the first
//! answer, a tap. So a change of the procedure's text does not break a journey.

use crate::browser::Browser;
use crate::run::{Story, until};
use crate::visit::{Capture, Stage, Step, key};
use anyhow::{Context, Result, bail};
use std::{collections::BTreeMap, collections::BTreeSet, path::PathBuf, time::Duration};

/// What to enter in one place.
#[derive(Debug, Clone)]
pub enum Say {
    /// These words, or this answer of a choice, or this number of stars.
    Words(String),
    /// So many minutes from now.
    Minutes(i64),
    /// These rows, each by column.
    Rows(Vec<Vec<(String, String)>>),
    /// These photos.
    Photos(Vec<PathBuf>),
    /// Signed by this person.
    Signed(String),
    /// Nothing, though there is something to enter.
    Nothing,
}

/// What is entered where.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    said: BTreeMap<String, Say>,
}

impl Plan {
    /// A plan without anything special.
    #[must_use]
    pub fn new() -> Plan {
        Plan::default()
    }

    /// Adds one place.
    #[must_use]
    pub fn with(mut self, key: &str, say: Say) -> Plan {
        self.said.insert(key.to_owned(), say);
        self
    }

    /// Adds words.
    #[must_use]
    pub fn say(self, key: &str, words: &str) -> Plan {
        self.with(key, Say::Words(words.to_owned()))
    }

    /// Adds rows.
    #[must_use]
    pub fn rows(self, key: &str, rows: &[&[(&str, &str)]]) -> Plan {
        let cell = |(column, text): &(&str, &str)| ((*column).to_owned(), (*text).to_owned());
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        self.with(key, Say::Rows(rows))
    }

    /// Leaves a place empty.
    #[must_use]
    pub fn skip(self, key: &str) -> Plan {
        self.with(key, Say::Nothing)
    }
}

/// A walk through a visit.
pub struct Walk<'a> {
    /// The browser.
    pub phone: &'a Browser,
    /// Where it is told.
    pub story: &'a Story,
    /// What is entered where.
    pub plan: Plan,
}

impl Walk<'_> {
    /// Opens a stage and fills it to its end.
    pub async fn stage(&self, stage: &str) -> Result<Stage> {
        let shown = self.phone.open_stage(stage).await?;
        self.story.say(&format!("stage {stage} “{}”", shown.title));
        self.rest().await
    }

    /// Fills what is still open in the stage on the screen. A locked step fails with what it needs.
    pub async fn rest(&self) -> Result<Stage> {
        let mut passed = BTreeSet::new();
        loop {
            let stage = self.phone.look().await?;
            let next = stage.steps.iter().find(|step| !passed.contains(&step.path));
            let Some(step) = next.map(|step| step.path.clone()) else {
                let wide = self.phone.too_wide().await?;
                self.story.check(wide.is_empty(), || format!("“{}” scrolls sideways: {wide:?}", stage.title));
                return Ok(stage);
            };
            self.step(&step).await?;
            passed.insert(step);
        }
    }

    /// Fills one step until it is done. What an answer makes appear is filled, too, as soon as it is there.
    pub async fn step(&self, path: &str) -> Result<()> {
        let mut tried = BTreeSet::new();
        loop {
            let stage = self.phone.look().await?;
            let step = stage.step(path)?;
            if step.state == "locked" {
                bail!("{path} is locked: {:#?}", step.gates);
            }
            if step.state == "left-out" || (step.state == "done" && !step.unfolded) {
                return Ok(());
            }
            self.phone.unfold(path).await?;
            let next = match self.wanted(step, &tried) {
                Some(capture) => Some(capture),
                None => self.appears(path, &tried).await?,
            };
            let Some(capture) = next else { return Ok(()) };
            let entered = self.enter(&capture).await;
            entered.with_context(|| format!("cannot enter {} ({}, {})", capture.key, capture.kind, capture.label))?;
            tried.insert(capture.key);
        }
    }

    /// The next thing to enter.
    fn wanted(&self, step: &Step, tried: &BTreeSet<String>) -> Option<Capture> {
        let wanted = |capture: &&Capture| {
            let planned = self.plan.said.contains_key(&capture.key);
            capture.value.is_empty() && (planned || !capture.optional) && !tried.contains(&capture.key)
        };
        step.captures.iter().find(wanted).cloned()
    }

    /// Something to enter that comes up behind the paint of the last answer, or nothing once the step is done.
    async fn appears(&self, path: &str, tried: &BTreeSet<String>) -> Result<Option<Capture>> {
        self.phone.wait_saved().await?;
        self.phone.settle().await?;
        until(&format!("{path} is done"), Duration::from_secs(3), async || {
            let stage = self.phone.look().await?;
            let step = stage.step(path)?;
            if let Some(capture) = self.wanted(step, tried) {
                return Ok(Some(Some(capture)));
            }
            let left = step.captures.iter().any(|one| matches!(self.plan.said.get(&one.key), Some(Say::Nothing)));
            if step.state == "done" || left {
                return Ok(Some(None));
            }
            let empty: Vec<_> = step.captures.iter().filter(|capture| capture.value.is_empty()).collect();
            bail!("it is {}, and this is empty: {empty:#?}", step.state)
        })
        .await
    }

    async fn enter(&self, capture: &Capture) -> Result<()> {
        let phone = self.phone;
        let name = capture.key.as_str();
        let said = self.plan.said.get(name);
        if matches!(said, Some(Say::Nothing)) {
            return Ok(());
        }
        match (capture.kind.as_str(), said) {
            ("stamp", None) => phone.stamp(name).await?,
            ("stamp", Some(Say::Minutes(minutes))) => drop(phone.stamp_by_hand(name, *minutes).await?),
            ("check" | "checklist", _) => phone.tick_all(name).await?,
            ("choice", Some(Say::Words(option))) => phone.choose(name, option).await?,
            ("choice", None) => {
                let first = capture.options.first().context("a choice without answers")?;
                phone.choose(name, first).await?;
            }
            ("rating", _) => phone.tap(&key(name, ".star:nth-of-type(4)")).await?,
            ("moment", Some(Say::Minutes(minutes))) => drop(phone.pick_moment(&key(name, "input"), *minutes).await?),
            ("photo", Some(Say::Photos(files))) => {
                let paths: Vec<_> = files.iter().map(PathBuf::as_path).collect();
                phone.photo(name, &paths).await?;
                return phone.wait_photos(name, paths.len()).await;
            }
            ("signature", Some(Say::Signed(by))) => return phone.sign(name, Some(by)).await,
            ("signature", None) => return phone.sign(name, None).await,
            ("table", Some(Say::Rows(rows))) => {
                for row in rows {
                    let cells: Vec<_> = row.iter().map(|(column, text)| (column.as_str(), text.as_str())).collect();
                    phone.add_row(name, &cells).await?;
                }
                return phone.wait_saved().await;
            }
            ("table", None) => {
                let preset = key(name, "[data-act=preset]");
                if !phone.shows(&preset).await? {
                    bail!("the plan names no rows for this table");
                }
                phone.tap(&preset).await?;
            }
            ("tally", _) => return self.count_all(name).await,
            (_, Some(Say::Words(words))) => phone.answer(name, words).await?,
            (_, None) if capture.suggested => phone.tap(&key(name, "[data-act=suggest]")).await?,
            ("text", None) if capture.phrases > 0 => phone.tap(&key(name, ".chips > .chip")).await?,
            ("text", None) => phone.answer(name, &format!("试填：{}", capture.label)).await?,
            ("number", None) => phone.answer(name, "30").await?,
            ("phone", None) => phone.answer(name, "0000-5550132").await?,
            ("moment", None) => drop(phone.pick_moment(&key(name, "input"), 30).await?),
            (kind, said) => bail!("the plan says {said:?} for a {kind}"),
        }
        phone.wait_value(name).await.map(drop)
    }

    /// Taps "all there" for each object that is not counted yet.
    async fn count_all(&self, name: &str) -> Result<()> {
        let next = key(name, ".tally-row:not(.is-good) [data-act=tally-same]");
        while self.phone.shows(&next).await? {
            self.phone.tap(&next).await?;
            self.phone.settle().await?;
        }
        Ok(())
    }
}
