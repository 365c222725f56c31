//! What a user does to any page: look, tap, type, choose a file. Elements are found anew for every act, because the
//! page may draw itself again at any time.

use crate::browser::{Browser, Engine};
use crate::machine;
use crate::run::until;
use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{fs, path::Path, path::PathBuf, time::Duration};
use thirtyfour::{By, Key, WebElement};

/// How long a user would wait for something to appear.
pub const PATIENCE: Duration = Duration::from_secs(8);

impl Browser {
    /// Opens an address.
    pub async fn goto(&self, address: &str) -> Result<()> {
        self.session()?.goto(address).await.with_context(|| format!("cannot open {address}"))
    }

    /// Goes to another place of the app by its address.
    pub async fn go(&self, hash: &str) -> Result<()> {
        // Chromium passes over changes of the address that follow each other too fast: then it is asked again.
        let script = "const wanted = arguments[0];
            return new Promise(done => {
                const go = () => { location.hash = wanted; location.hash === wanted ? done(0) : setTimeout(go, 500) };
                go();
            })";
        self.ask::<u8>(script, vec![json!(hash)]).await.map(drop)
    }

    /// Loads the page again, as the user's own reload does: a driver's may go past the service worker.
    pub async fn reload(&self) -> Result<()> {
        self.run("window.isOld = true; setTimeout(() => location.reload(), 0)", Vec::new()).await?;
        let script = "return !window.isOld && document.readyState === 'complete'";
        until("the page is loaded again", PATIENCE, async || {
            Ok(self.ask::<bool>(script, Vec::new()).await?.then_some(()))
        })
        .await
    }

    /// Runs the body of a function in the page and takes what it gives; a promise is awaited.
    pub async fn ask<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> Result<T> {
        let answer = self.session()?.execute(script, arguments).await;
        let answer = answer.with_context(|| format!("script: {}", script.lines().next().unwrap_or_default()))?;
        let value = answer.json().clone();
        serde_json::from_value(value.clone()).with_context(|| format!("the page answered {value}"))
    }

    /// Runs the body of a function in the page.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<()> {
        self.ask::<Value>(script, arguments).await.map(drop)
    }

    /// Whether something fits the selector and takes up space.
    pub async fn shows(&self, css: &str) -> Result<bool> {
        let script = "return [...document.querySelectorAll(arguments[0])].some(e => e.getClientRects().length > 0)";
        self.ask(script, vec![json!(css)]).await
    }

    /// Waits until something that fits the selector shows.
    pub async fn wait(&self, css: &str) -> Result<()> {
        let what = format!("{} shows {css}", self.who());
        until(&what, PATIENCE, async || Ok(self.shows(css).await?.then_some(()))).await
    }

    /// Waits until nothing that fits the selector shows any more.
    pub async fn wait_gone(&self, css: &str) -> Result<()> {
        let what = format!("{} no longer shows {css}", self.who());
        until(&what, PATIENCE, async || Ok((!self.shows(css).await?).then_some(()))).await
    }

    /// The text of the first element that fits, as it is read on the screen.
    pub async fn text(&self, css: &str) -> Result<String> {
        let script = "const e = document.querySelector(arguments[0]); return e ? e.innerText.trim() : null";
        let text: Option<String> = self.ask(script, vec![json!(css)]).await?;
        text.with_context(|| format!("nothing fits {css}"))
    }

    /// The texts of all elements that fit.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())";
        self.ask(script, vec![json!(css)]).await
    }

    /// Waits until a text that fits the selector contains the words.
    pub async fn wait_text(&self, css: &str, words: &str) -> Result<String> {
        let what = format!("{css} reads “{words}”");
        until(&what, PATIENCE, async || {
            let texts = self.texts(css).await?;
            let found = texts.iter().find(|text| text.contains(words)).cloned();
            if found.is_none() {
                bail!("it reads {texts:?}");
            }
            Ok(found)
        })
        .await
    }

    /// Waits until the page has painted twice.
    pub async fn settle(&self) -> Result<()> {
        let script = "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
        self.run(script, Vec::new()).await
    }

    /// The element, in the middle of the screen where no bar covers it.
    async fn centred(&self, css: &str) -> Result<WebElement> {
        let script = "const e = [...document.querySelectorAll(arguments[0])].find(e => e.getClientRects().length > 0); \
                      if (e) e.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' }); return e || null";
        let found = self.session()?.execute(script, vec![json!(css)]).await?;
        if found.json().is_null() {
            bail!("nothing on the screen fits {css}");
        }
        Ok(found.element()?)
    }

    /// Taps what fits the selector. Something that covers it makes this fail, as it would for a finger.
    pub async fn tap(&self, css: &str) -> Result<()> {
        let what = format!("{} taps {css}", self.who());
        until(&what, PATIENCE, async || {
            self.centred(css).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Puts text into an input in place of what is there, and leaves the input.
    pub async fn type_in(&self, css: &str, text: &str) -> Result<()> {
        self.tap(css).await?;
        let element = self.centred(css).await?;
        let empty = element.prop("value").await?.unwrap_or_default().is_empty();
        if !empty {
            self.run("arguments[0].select()", vec![element.to_json()?]).await?;
        }
        // Drivers type only common characters, and one by one.
        let pasted = text.len() > 400 || text.chars().any(|c| u32::from(c) > 0xffff);
        if text.is_empty() {
            element.send_keys(Key::Backspace + "").await?;
        } else if pasted {
            self.paste(&element, text).await?;
        } else {
            element.send_keys(text).await?;
        }
        self.run("arguments[0].blur()", vec![element.to_json()?]).await
    }

    async fn paste(&self, element: &WebElement, text: &str) -> Result<()> {
        if self.engine() == Engine::Chromium {
            return self.devtools("Input.insertText", json!({ "text": text })).await.map(drop);
        }
        let script =
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new InputEvent('input', { bubbles: true }))";
        self.run(script, vec![element.to_json()?, json!(text)]).await
    }

    /// Picks a moment, minutes from now, in a date and time input; answers it as it stands there.
    pub async fn pick_moment(&self, css: &str, minutes: i64) -> Result<String> {
        self.wait(css).await?;
        self.ask(include_str!("moment.js"), vec![json!(css), json!(minutes)]).await
    }

    /// Chooses files in a file input, which may be hidden behind its label.
    pub async fn choose_files(&self, css: &str, files: &[&Path]) -> Result<()> {
        // Hidden inputs are never shown, but the screen that they are on may still be on its way.
        let there = "return document.querySelector(arguments[0]) !== null";
        let what = format!("a file input {css}");
        until(&what, PATIENCE, async || Ok(self.ask::<bool>(there, vec![json!(css)]).await?.then_some(()))).await?;
        let element = self.session()?.find(By::Css(css)).await.with_context(|| format!("no file input {css}"))?;
        let paths: Vec<_> = files.iter().map(|file| file.to_string_lossy().into_owned()).collect();
        element.send_keys(paths.join("\n")).await.with_context(|| format!("cannot choose {paths:?}"))
    }

    /// What makes the page wider than the screen, outermost first; empty when nothing does.
    pub async fn too_wide(&self) -> Result<Vec<String>> {
        self.ask(include_str!("too_wide.js"), Vec::new()).await
    }

    /// The part of the address behind `#`.
    pub async fn place(&self) -> Result<String> {
        self.ask("return location.hash", Vec::new()).await
    }

    /// A picture of the screen into `test-results/<folder>/<name>.png`.
    pub async fn picture(&self, folder: &str, name: &str) -> Result<PathBuf> {
        let path = machine::results(folder)?.join(format!("{name}.png"));
        let session = self.session()?;
        let picture = tokio::time::timeout(Duration::from_secs(20), session.screenshot_as_png()).await;
        fs::write(&path, picture.context("the driver gives no picture")??)?;
        Ok(path)
    }

    /// What is needed to see why a test failed: picture, address, text of the page, console.
    pub async fn keep_evidence(&self, folder: &str, name: &str) -> Result<PathBuf> {
        let path = self.picture(folder, name).await?;
        let address: String = self.ask("return location.href", Vec::new()).await.unwrap_or_default();
        let text: String = self.ask("return document.body.innerText", Vec::new()).await.unwrap_or_default();
        let console = self.console().await.unwrap_or_default().join("\n");
        let wide = self.too_wide().await.unwrap_or_default();
        let about = format!("{address}\n\n{text}\n\n-- too wide\n{wide:#?}\n\n-- console\n{console}\n");
        fs::write(path.with_extension("txt"), about)?;
        Ok(path)
    }

    /// What the console has said so far, in all sessions of this browser (Chromium only).
    pub async fn console(&self) -> Result<Vec<String>> {
        if self.engine() != Engine::Chromium {
            return Ok(Vec::new());
        }
        let new = self.session()?.browser_log().await?;
        let mut said = self.said.borrow_mut();
        said.extend(new.into_iter().map(|entry| format!("{} {}", entry.level, entry.message)));
        Ok(said.clone())
    }
}
