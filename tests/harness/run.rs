//! Journeys, two at a time: the story of each on the screen, its time limit, pictures of the screen when it fails.

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
    sync::{
        Condvar, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    task::Poll,
    time::{Duration, Instant},
};

/// Longest time for one journey.
const LIMIT: Duration = Duration::from_secs(12 * 60);

/// Journeys that run at the same time. One alone waits for its browser and leaves two cores idle for more than half of
/// its time; each has a server, a profile and a driver of its own.
const AT_ONCE: usize = 2;

/// A journey under way: what is told about it, and the browsers that it opened.
pub struct Story {
    name: String,
    /// What its lines begin with, as those of another may come between them.
    number: usize,
    begun: Instant,
    browsers: RefCell<Vec<Rc<Browser>>>,
    soft: RefCell<Vec<String>>,
}

impl Story {
    fn new(name: &str) -> Story {
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        let (begun, number) = (Instant::now(), NEXT.fetch_add(1, Ordering::Relaxed));
        Story { name: name.to_owned(), number, begun, browsers: RefCell::default(), soft: RefCell::default() }
    }

    /// Tells a step, at once and also when the test passes.
    pub fn say(&self, words: &str) {
        let seconds = self.begun.elapsed().as_secs_f32();
        tell(&format!("{:3} {seconds:6.1} s  {words}", self.number));
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
                Ok(path) => tell(&format!("{:3} see {}", self.number, path.display())),
                Err(error) => tell(&format!("{:3} no picture of {}: {error:#}", self.number, browser.who())),
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
    let _turn = Turn::take();
    let story = Story::new(name);
    let number = story.number;
    tell(&format!("{number:3} == {} · {name}", engine.name()));
    let result = walk(&story, LIMIT, body);
    let seconds = story.begun.elapsed().as_secs();
    match result {
        Ok(()) => tell(&format!("{number:3} == passed in {seconds} s")),
        Err(error) => {
            tell(&format!("{number:3} == FAILED after {seconds} s: {error:#}"));
            panic!("{name}: {error:#}");
        }
    }
}

/// One of the journeys that may run at the same time, until it is dropped.
struct Turn;

static RUNNING: Mutex<usize> = Mutex::new(0);
static ENDED: Condvar = Condvar::new();

impl Turn {
    fn take() -> Turn {
        let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut running =
            ENDED.wait_while(running, |running| *running >= AT_ONCE).unwrap_or_else(PoisonError::into_inner);
        *running += 1;
        Turn
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        ENDED.notify_one();
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
