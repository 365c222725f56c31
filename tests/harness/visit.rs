//! What a user does on the screens of a visit, and what they see there.

use crate::browser::Browser;
use crate::page::PATIENCE;
use crate::run::until;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::json;
use std::{path::Path, time::Duration};

/// A gate on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Gate {
    /// What an override would name, such as `gate:operate.start:signed`.
    pub target: String,
    /// What it needs, with its clause.
    pub text: String,
    /// Its clause.
    pub clause: String,
    /// What exactly is missing.
    pub needs: Vec<String>,
}

/// Something to be entered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Capture {
    /// `stage.step.capture`.
    pub key: String,
    /// As `look.js` names it.
    pub kind: String,
    /// Whether the step is done without it.
    pub optional: bool,
    /// What is entered, empty if nothing or not all is.
    pub value: String,
    /// Its label.
    pub label: String,
    /// Answers to choose from.
    pub options: Vec<String>,
    /// Whether a value is offered for one tap.
    pub suggested: bool,
    /// Number of chips with words to take over.
    pub phrases: usize,
    /// What is wrong with what was entered.
    pub error: String,
}

/// A step on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Step {
    /// `stage.step`.
    pub path: String,
    /// `open`, `done`, `locked` or `left-out`.
    pub state: String,
    /// Its title.
    pub title: String,
    /// Whether its body shows.
    pub unfolded: bool,
    /// What keeps it locked.
    pub gates: Vec<Gate>,
    /// What it takes.
    pub captures: Vec<Capture>,
}

/// A stage on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stage {
    /// Its title.
    pub title: String,
    /// What keeps it locked.
    pub gates: Vec<Gate>,
    /// Its steps, from the top.
    pub steps: Vec<Step>,
}

impl Stage {
    /// The step of that path.
    pub fn step(&self, path: &str) -> Result<&Step> {
        let found = self.steps.iter().find(|step| step.path == path);
        found.with_context(|| format!("the stage “{}” shows no step {path}", self.title))
    }

    /// All values, for comparing before and after.
    #[must_use]
    pub fn values(&self) -> Vec<(String, String)> {
        let captures = self.steps.iter().flat_map(|step| &step.captures);
        captures.map(|capture| (capture.key.clone(), capture.value.clone())).collect()
    }
}

/// The selector of what belongs to a capture.
#[must_use]
pub fn key(key: &str, inside: &str) -> String {
    format!("[data-key=\"{key}\"] {inside}").trim_end().to_owned()
}

impl Browser {
    /// What the stage on the screen shows.
    pub async fn look(&self) -> Result<Stage> {
        until("a stage of a visit shows", PATIENCE, async || {
            self.ask::<Option<Stage>>(include_str!("look.js"), Vec::new()).await
        })
        .await
    }

    /// Opens a stage by its place in the bar at the top.
    pub async fn open_stage(&self, stage: &str) -> Result<Stage> {
        let chip = format!("#stage-{stage} a");
        self.tap(&chip).await?;
        self.wait(&format!("{chip}[aria-current=step]")).await?;
        self.settle().await?;
        self.look().await
    }

    /// Opens the body of a step that is folded, and shows it.
    pub async fn unfold(&self, path: &str) -> Result<()> {
        let stage = self.look().await?;
        if !stage.step(path)?.unfolded {
            self.tap(&format!("[data-step=\"{path}\"] .step-toggle")).await?;
            self.wait(&format!("[data-step=\"{path}\"] .step-body")).await?;
        }
        Ok(())
    }

    /// Waits until everything entered is on the disk, as the badge says it.
    pub async fn wait_saved(&self) -> Result<()> {
        until("the badge says saved", PATIENCE, async || {
            let script =
                "const e = document.querySelector('[data-save]'); return e ? [e.className, e.innerText] : null";
            let badge: Option<(String, String)> = self.ask(script, Vec::new()).await?;
            let (class, words) = badge.context("there is no badge")?;
            if class.contains("is-failed") {
                bail!("it says {words:?}");
            }
            Ok(class.contains("is-saved").then_some(()))
        })
        .await
    }

    /// Waits until a capture reads something, and answers it.
    pub async fn wait_value(&self, capture: &str) -> Result<String> {
        until(&format!("{capture} is filled in"), PATIENCE, async || {
            let stage = self.look().await?;
            let mut captures = stage.steps.iter().flat_map(|step| &step.captures);
            let found = captures.find(|one| one.key == capture).with_context(|| format!("{capture} is not here"))?;
            if !found.error.is_empty() {
                bail!("it says “{}”", found.error);
            }
            Ok((!found.value.is_empty()).then(|| found.value.clone()))
        })
        .await
    }

    /// Types an answer.
    pub async fn answer(&self, capture: &str, text: &str) -> Result<()> {
        let input = key(capture, ":is(textarea, input:not([type=file]))");
        self.type_in(&input, text).await
    }

    /// Chooses an answer.
    pub async fn choose(&self, capture: &str, option: &str) -> Result<()> {
        self.tap(&key(capture, &format!("label.choice:has(input[value=\"{option}\"])"))).await
    }

    /// Stamps the time with one tap.
    pub async fn stamp(&self, capture: &str) -> Result<()> {
        self.tap(&key(capture, "[data-act=stamp]")).await
    }

    /// Corrects or enters a stamp by hand, minutes from now.
    pub async fn stamp_by_hand(&self, capture: &str, minutes: i64) -> Result<String> {
        let input = key(capture, "input[type=datetime-local]");
        if !self.shows(&input).await? {
            self.tap(&key(capture, ".stamp-row button.icon-only")).await?;
        }
        self.pick_moment(&input, minutes).await
    }

    /// Ticks a box, or all boxes of a list.
    pub async fn tick_all(&self, capture: &str) -> Result<()> {
        let all = key(capture, "[data-act=tick-all]");
        if self.shows(&all).await? {
            return self.tap(&all).await;
        }
        self.tap(&key(capture, "label.check-row:has(input:not(:checked))")).await
    }

    /// Adds photos from the device's pictures.
    pub async fn photo(&self, capture: &str, files: &[&Path]) -> Result<()> {
        self.choose_files(&key(capture, "input[type=file]:not([capture])"), files).await
    }

    /// Waits until a capture shows so many photos, each with its picture.
    pub async fn wait_photos(&self, capture: &str, count: usize) -> Result<()> {
        let what = format!("{capture} shows {count} photos");
        let css = key(capture, ".photo img");
        let script =
            "return [...document.querySelectorAll(arguments[0])].filter(e => e.complete && e.naturalWidth > 0).length";
        until(&what, Duration::from_secs(20), async || {
            let shown: usize = self.ask(script, vec![json!(css)]).await?;
            Ok((shown == count).then_some(()))
        })
        .await
    }

    /// Signs: opens the sheet, gives the name if it is not the one offered, draws, confirms.
    pub async fn sign(&self, capture: &str, name: Option<&str>) -> Result<()> {
        self.tap(&key(capture, ":is([data-act=sign], [data-act=sign-again])")).await?;
        self.wait("dialog[open] .sign-pad canvas").await?;
        if let Some(name) = name {
            self.type_in("dialog[open] input[name=signer]", name).await?;
        }
        let hand = capture.bytes().fold(0_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 97);
        self.draw("dialog[open] .sign-pad canvas", hand).await?;
        self.tap("dialog[open] [data-act=sign-confirm]").await?;
        self.wait_gone("dialog[open]").await?;
        self.wait_value(capture).await.map(drop)
    }

    /// Draws two strokes on a canvas with the pointer. Another `hand` draws another line.
    pub async fn draw(&self, css: &str, hand: u32) -> Result<()> {
        self.settle().await?;
        let script = "const e = document.querySelector(arguments[0]); e.scrollIntoView({ block: 'center' }); \
                      const r = e.getBoundingClientRect(); return [r.left, r.top, r.width, r.height]";
        let (left, top, width, height): (f64, f64, f64, f64) = self.ask(script, vec![json!(css)]).await?;
        ensure!(width > 100.0 && height > 60.0, "the pad is only {width} × {height}");
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
        let at = |x: f64, y: f64| ((left + width * x) as i64, (top + height * y) as i64);
        let turn = 0.25 + f64::from(hand % 97) / 400.0;
        let strokes = [
            [(0.15, turn), (0.3, 0.7), (0.4, 0.25), (0.5, 0.65)],
            [(0.55, 0.5), (0.65, 0.3), (0.75, 0.6), (0.88, 0.4)],
        ];
        let session = self.session()?;
        let mut fingers = session.action_chain_with_delay(Some(Duration::ZERO), Some(Duration::from_millis(12)));
        for stroke in strokes {
            let points = stroke.map(|(x, y)| at(x, y));
            fingers = fingers.move_to(points[0].0, points[0].1).click_and_hold();
            for (x, y) in points.into_iter().skip(1) {
                fingers = fingers.move_to(x, y);
            }
            fingers = fingers.release();
        }
        fingers.perform().await.context("cannot draw")
    }

    /// Adds a row to a table and fills its cells by column.
    pub async fn add_row(&self, table: &str, cells: &[(&str, &str)]) -> Result<()> {
        let before = self.rows(table).await?;
        self.tap(&key(table, "[data-act=add-row]")).await?;
        self.wait(&key(table, &format!(".row-card:nth-child({})", before + 1))).await?;
        self.fill_row(table, before + 1, cells).await
    }

    /// Fills cells of a row, counted from 1. A box is ticked by `yes`.
    pub async fn fill_row(&self, table: &str, row: usize, cells: &[(&str, &str)]) -> Result<()> {
        for (column, text) in cells {
            let cell = key(table, &format!(".row-card:nth-child({row}) [data-column=\"{column}\"]"));
            if self.shows(&format!("{cell} input[type=checkbox]")).await? {
                self.tap(&format!("{cell} input[type=checkbox]")).await?;
            } else {
                self.type_in(&format!("{cell} :is(input, textarea)"), text).await?;
            }
        }
        Ok(())
    }

    /// How many rows a table shows.
    pub async fn rows(&self, table: &str) -> Result<usize> {
        let script = "return document.querySelectorAll(arguments[0]).length";
        self.ask(script, vec![json!(key(table, ".row-card"))]).await
    }

    /// Overrides a gate with reason and approver.
    pub async fn override_gate(&self, target: &str, reason: &str, approver: &str) -> Result<()> {
        let gate = format!("[data-gate=\"{target}\"]");
        self.tap(&format!("{gate} [data-act=override]")).await?;
        self.wait("dialog[open] textarea[name=reason]").await?;
        self.type_in("dialog[open] textarea[name=reason]", reason).await?;
        self.type_in("dialog[open] input[name=approver]", approver).await?;
        self.tap("dialog[open] button[type=submit]").await?;
        self.wait_gone(&gate).await
    }

    /// Opens the menu of the visit.
    pub async fn open_menu(&self) -> Result<()> {
        self.tap("[data-act=menu]").await?;
        self.wait("dialog[open] [data-act=forms]").await
    }

    /// Exports the visit from its menu; answers the file's name and bytes. The menu is closed again.
    pub async fn export(&self) -> Result<(String, Vec<u8>)> {
        self.open_menu().await?;
        self.tap("dialog[open] [data-act=export]").await?;
        let file = self.downloaded().await?;
        self.wait_text("dialog[open] [role=status]", &file.0).await?;
        self.tap("dialog[open] .sheet-head button").await?;
        self.wait_gone("dialog[open]").await?;
        Ok(file)
    }
}
