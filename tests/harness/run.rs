//! One journey at a time: its story on the screen, its time limit, pictures of the screen when it fails.

use crate::browser::{Browser, Engine};
use crate::machine::{self, Scratch};
use anyhow::{Context, Result, anyhow, bail};
use std::{
    any::Any,
    cell::RefCell,
    env,
    future::{Future, poll_fn},
    io::Write,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    rc::Rc,
    sync::{Mutex, PoisonError},
    task::Poll,
    time::{Duration, Instant},
};

/// Longest time for one journey.
const LIMIT: Duration = Duration::from_secs(8 * 60);

/// A journey under way: what is told about it, and the browsers that it opened.
pub struct Story {
    name: String,
    begun: Instant,
    browsers: RefCell<Vec<Rc<Browser>>>,
    soft: RefCell<Vec<String>>,
}

impl Story {
    fn new(name: &str) -> Story {
        let begun = Instant::now();
        Story { name: name.to_owned(), begun, browsers: RefCell::default(), soft: RefCell::default() }
    }

    /// Tells a step, at once and also when the test passes.
    pub fn say(&self, words: &str) {
        let seconds = self.begun.elapsed().as_secs_f32();
        tell(&format!("   {seconds:6.1} s  {words}"));
    }

    /// The name of the test.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Opens a browser with an empty profile. `who` names it in messages and files.
    pub async fn open(&self, engine: Engine, who: &str) -> Result<Rc<Browser>> {
        self.open_on(engine, who, Scratch::new("profile")?).await
    }

    /// Opens a browser with this profile.
    pub async fn open_on(&self, engine: Engine, who: &str, profile: Scratch) -> Result<Rc<Browser>> {
        let browser = Browser::start_on(engine, who, profile).await;
        let browser = Rc::new(browser.with_context(|| format!("{engine:?} does not start"))?);
        self.browsers.borrow_mut().push(browser.clone());
        Ok(browser)
    }

    /// Something is wrong, but the rest of the journey is still worth walking. It fails at the end.
    pub fn blame(&self, words: impl Into<String>) {
        let words = words.into();
        self.say(&format!("WRONG: {words}"));
        self.soft.borrow_mut().push(words);
    }

    /// Blames unless `holds`.
    pub fn check(&self, holds: bool, words: impl FnOnce() -> String) {
        if !holds {
            self.blame(words());
        }
    }

    /// Ends a browser that is needed no more; its profile goes with it.
    pub async fn close(&self, browser: Rc<Browser>) {
        self.browsers.borrow_mut().retain(|other| !Rc::ptr_eq(other, &browser));
        browser.close().await;
    }

    async fn keep_pictures(&self) {
        let browsers = self.browsers.borrow().clone();
        for browser in browsers {
            let file = format!("{}-{}", self.name, browser.who());
            match browser.keep_evidence("failed", &file).await {
                Ok(path) => tell(&format!("   see {}", path.display())),
                Err(error) => tell(&format!("   no picture of {}: {error:#}", browser.who())),
            }
        }
    }

    async fn end(&self) {
        for browser in self.browsers.take() {
            browser.close().await;
        }
    }
}

/// Runs a journey in a browser: skips it with a loud line where the browser is missing, unless this is CI.
///
/// # Panics
/// When the journey fails.
#[expect(clippy::panic, reason = "this is how a test fails")]
pub fn journey(engine: Engine, name: &str, body: impl AsyncFnOnce(&Story) -> Result<()>) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    if env::var("SITEBOOK_BROWSER").is_ok_and(|only| only != engine.name()) {
        tell(&format!("-- {name}: left out, only {:?} was asked for", env::var("SITEBOOK_BROWSER")));
        return;
    }
    if let Err(missing) = engine.is_here() {
        if machine::is_ci() {
            panic!("{missing:#}");
        }
        tell(&format!("!! {name}: SKIPPED, {missing:#}"));
        return;
    }
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    tell(&format!("== {} · {name}", engine.name()));
    let story = Story::new(name);
    let result = walk(&story, LIMIT, body);
    let seconds = story.begun.elapsed().as_secs();
    match result {
        Ok(()) => tell(&format!("== passed in {seconds} s")),
        Err(error) => {
            tell(&format!("== FAILED after {seconds} s: {error:#}"));
            panic!("{name}: {error:#}");
        }
    }
}

/// Runs something like a journey that may take hours, outside the test runner.
pub fn long_run(name: &str, body: impl AsyncFnOnce(&Story) -> Result<()>) -> Result<()> {
    walk(&Story::new(name), Duration::from_secs(24 * 3600), body)
}

fn walk(story: &Story, limit: Duration, body: impl AsyncFnOnce(&Story) -> Result<()>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let result = tokio::select! {
            result = caught(body(story)) => result,
            () = tokio::time::sleep(limit) => Err(anyhow!("not finished in {} s", limit.as_secs())),
            _ = tokio::signal::ctrl_c() => Err(anyhow!("stopped by the user")),
        };
        let soft = story.soft.take();
        let result = match result {
            Ok(()) if soft.is_empty() => Ok(()),
            Ok(()) => Err(anyhow!("{} things are wrong:\n - {}", soft.len(), soft.join("\n - "))),
            Err(error) if soft.is_empty() => Err(error),
            Err(error) => Err(error.context(format!("also wrong before:\n - {}\nand then", soft.join("\n - ")))),
        };
        if result.is_err() {
            story.keep_pictures().await;
        }
        story.end().await;
        result
    })
}

/// Runs a future; a panic in it becomes an error, so that browsers are still there to be looked at.
async fn caught(body: impl Future<Output = Result<()>>) -> Result<()> {
    let mut body = pin!(body);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| body.as_mut().poll(context))) {
        Ok(poll) => poll,
        Err(panic) => Poll::Ready(Err(anyhow!("panic: {}", words_of(&*panic)))),
    })
    .await
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}

/// Tries until `look` finds something, at most this long; what it said last is in the error.
pub async fn until<T>(what: &str, patience: Duration, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let begun = Instant::now();
    let mut wait = Duration::from_millis(15);
    loop {
        let last = match look().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if begun.elapsed() > patience {
            let seconds = patience.as_secs_f32();
            match last {
                Some(error) => return Err(error.context(format!("{what}: not within {seconds} s"))),
                None => bail!("{what}: not within {seconds} s"),
            }
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(Duration::from_millis(120));
    }
}

/// A line on the screen that the test runner does not swallow.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
