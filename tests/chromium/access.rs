//! Nobody is kept out: axe finds nothing on any screen, what a screen reader gets has names, text twice as large loses
//! nothing, and the focus is never lost on the way.

use crate::heard;
use crate::screens::{Book, Screen};
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;
use sitebook_journeys::browser::{Browser, PHONE};
use sitebook_journeys::machine;
use sitebook_journeys::run::Story;
use std::fs;
use std::time::Duration;

/// What axe judges by: WCAG 2.2 at levels A and AA.
const RULES: &str = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice";

#[derive(Deserialize)]
struct Violation {
    rule: String,
    help: String,
    /// Where, as selectors, and why.
    places: Vec<(String, String)>,
}

pub async fn run(story: &Story) -> Result<()> {
    let axe = machine::root().join("target/tools/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(&axe).with_context(|| format!("no {}: cargo xtask setup --tests", axe.display()))?;
    let book = Book::make(story).await?;
    for (language, theme) in [("zh", "light"), ("en", "dark"), ("zh", "sun")] {
        book.wear(language, theme).await?;
        book.phone.run(&axe, Vec::new()).await?;
        for screen in book.screens() {
            book.show(screen).await?;
            let name = format!("{} ({language}, {theme})", screen.name);
            focused(story, &book.phone, &name).await?;
            if screen.is_stage {
                book.unfold().await?;
            }
            judge(story, &book.phone, &name).await?;
            heard::judge(story, &book.phone, &name).await?;
        }
        story.say(&format!("{language}, {theme}: {} screens", book.screens().len()));
    }
    menu(story, &book).await?;
    large(story, &book).await?;
    book.wear("zh", "light").await?;
    let visit = book.screens().iter().find(|screen| screen.name == "visit").context("no visit in the book")?;
    heard::changes(story, &book.phone, &visit.place).await
}

/// After going somewhere, the keyboard and the screen reader are in what is new.
async fn focused(story: &Story, phone: &Browser, name: &str) -> Result<()> {
    let script = "const here = document.activeElement; \
                  return here && here.closest('main') ? '' : (here ? here.outerHTML.slice(0, 90) : 'nothing')";
    let lost: String = phone.ask(script, Vec::new()).await?;
    story.check(lost.is_empty(), || format!("{name}: the focus is on {lost}"));
    Ok(())
}

async fn judge(story: &Story, phone: &Browser, name: &str) -> Result<()> {
    let script = "return axe.run(document, { runOnly: arguments[0].split(' '), resultTypes: ['violations'] }).then(found => \
                  found.violations.map(one => ({ rule: one.id, help: one.help, \
                  places: one.nodes.map(node => [node.target.join(' '), node.failureSummary || '']) })))";
    let found: Vec<Violation> = phone.ask(script, vec![json!(RULES)]).await?;
    for Violation { rule, help, places } in found {
        let count = places.len();
        for (place, why) in places.into_iter().take(3) {
            story.blame(format!("{name}: {rule}: {help}; {count} places, {place}: {}", why.replace('\n', " ")));
        }
    }
    Ok(())
}

/// The sheets that lie over a page, and what stands beside it on a wide screen.
async fn menu(story: &Story, book: &Book) -> Result<()> {
    let Some(stage) = book.screens().iter().find(|screen| screen.is_stage) else { return Ok(()) };
    book.show(stage).await?;
    book.phone.open_menu().await?;
    judge(story, &book.phone, "the menu of a visit").await?;
    book.phone.tap("dialog[open] .sheet-head button").await?;
    book.phone.tap("[data-act=overview]").await?;
    book.phone.wait("dialog[open] .finder").await?;
    judge(story, &book.phone, "all steps of a visit").await?;
    book.phone.tap("dialog[open] .sheet-head button").await?;
    book.phone.resize(1280, 800).await?;
    book.phone.tap("[data-act=beside-form]").await?;
    book.phone.wait(".beside article.paper-page:not(.is-measure)").await?;
    // Colours on their way from one to another are no colours to judge.
    tokio::time::sleep(Duration::from_millis(300)).await;
    judge(story, &book.phone, "a form beside a visit").await?;
    book.wear("en", "dark").await?;
    for (address, name) in [("#/records/visit", "a visit"), ("#/records/order", "an order")] {
        book.phone.go(address).await?;
        book.phone.wait(".abreast-page > .empty").await?;
        book.phone.tap(".abreast-list article > a.card").await?;
        book.phone.wait(".abreast-page .bar").await?;
        book.phone.settle().await?;
        let name = format!("{name} beside its list");
        judge(story, &book.phone, &name).await?;
        heard::judge(story, &book.phone, &name).await?;
        book.phone.picture("access", &name).await?;
    }
    book.phone.resize(PHONE.0, PHONE.1).await?;
    book.phone.go("#/procedure/cutover/edit").await?;
    book.phone.tap(".desk-step-open").await?;
    book.phone.tap("dialog[open] [data-act=gate-add]").await?;
    book.phone.wait("dialog[open] [data-gate]").await?;
    sheet(story, book, "a step being edited").await?;
    book.phone.tap("[data-open=deadlines]").await?;
    book.phone.tap("dialog[open] [data-act=deadline-add]").await?;
    book.phone.wait("dialog[open] [data-choose=unit]").await?;
    sheet(story, book, "a deadline being edited").await
}

/// What is open in a sheet, which is closed then.
async fn sheet(story: &Story, book: &Book, name: &str) -> Result<()> {
    judge(story, &book.phone, name).await?;
    let wide = book.phone.too_wide().await?;
    story.check(wide.is_empty(), || format!("{name} scrolls sideways: {wide:?}"));
    book.phone.picture("access", name).await?;
    book.phone.tap("dialog[open] .sheet-head button").await
}

/// Text twice as large: nothing is cut off at the side.
async fn large(story: &Story, book: &Book) -> Result<()> {
    for language in ["zh", "en"] {
        book.wear(language, "light").await?;
        book.phone.run("document.documentElement.style.fontSize = '200%'", Vec::new()).await?;
        for screen in book.screens().iter().filter(|screen| !is_paper(screen)) {
            book.show(screen).await?;
            if screen.is_stage {
                book.unfold().await?;
            }
            let wide = book.phone.too_wide().await?;
            if !wide.is_empty() {
                story.blame(format!("{} ({language}) scrolls sideways with large text: {wide:?}", screen.name));
                book.phone.picture("access", &format!("large-{language}-{}", screen.name)).await?;
            }
        }
        book.phone.run("document.documentElement.style.fontSize = ''", Vec::new()).await?;
    }
    story.say("text twice as large");
    Ok(())
}

/// Papers are as wide as paper.
fn is_paper(screen: &Screen) -> bool {
    screen.name == "blank" || screen.place.contains("/form/")
}
