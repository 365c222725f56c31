//! Every form as it prints: filled in Chinese compared with the kept papers, in English and blank looked at for whatever
//! does not fit its page. Forms and procedures come from `content/`; none is named here.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::filler::{self, Filled};
use sitebook_journeys::golden;
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::page::PATIENCE;
use sitebook_journeys::paper::Printed;
use sitebook_journeys::pictures;
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::site::Site;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use std::{env, fs};

/// Rows of a table that must still print at once.
const ROWS: usize = 300;
/// Milliseconds from the tap to the last page with so many rows.
const PROMPT: f64 = 3_000.0;

/// What a look at the sheets on the screen finds.
#[derive(Debug, Deserialize)]
struct Look {
    sheets: usize,
    too_much: Vec<String>,
}

const LOOK: &str = "
    const sheets = [...document.querySelectorAll('.paper article.paper-page')];
    const tooMuch = [];
    sheets.forEach((sheet, index) => {
        const say = (what, e) => tooMuch.push(`page ${index + 1}: ${what}: ${e.textContent.slice(0, 40)}`);
        const body = sheet.querySelector('.page-body'), room = body.getBoundingClientRect();
        for (const piece of body.children) {
            if (piece.getBoundingClientRect().bottom > room.bottom + 1) say('below the foot', piece);
        }
        for (const cell of body.querySelectorAll('.paper-value, .paper-line > span, .paper-text > p, .paper-note')) {
            if (cell.scrollWidth > cell.clientWidth + 1) say('wider than its cell', cell);
            if (cell.getBoundingClientRect().right > room.right + 1) say('over the edge', cell);
        }
        for (const line of sheet.querySelectorAll('.page-head, .page-foot')) {
            if (line.scrollWidth > line.clientWidth + 1) say('head or foot too wide', line);
        }
    });
    return { sheets: sheets.length, too_much: tooMuch };";

const IMAGES: &str = "
    const all = [...document.querySelectorAll('.paper article img')];
    return all.length === 0 || all.every(image => image.complete && image.naturalWidth > 0)";

pub async fn run(story: &Story) -> Result<()> {
    let only = env::var("SITEBOOK_FORM").ok();
    let book = filler::book(ROWS)?;
    let site = Site::serve(&machine::dist()?)?;
    let files = Scratch::new("files")?;
    let desk = story.open(Engine::Chromium, "desk").await?;
    desk.resize(1280, 900).await?;
    desk.goto(site.address()).await?;
    introduce(&desk, &files).await?;
    import(&desk, &files, &book.bundle).await?;
    story.say(&format!("{} visits are in the book", book.visits.len()));

    let mut forms: BTreeMap<&str, &Filled> = BTreeMap::new();
    for visit in book.visits.iter().filter(|visit| visit.rows < ROWS) {
        for form in visit.forms.iter().filter(|form| only.as_ref().is_none_or(|only| *form == only)) {
            forms.entry(form).or_insert(visit);
        }
    }
    for (form, visit) in &forms {
        let place = format!("#/visit/{}/form/{form}", visit.visit);
        let printed = print(story, &desk, &place, form).await?;
        golden::compare(form, &printed)?.into_iter().for_each(|words| story.blame(words));
    }
    if only.is_none() {
        let names: BTreeSet<String> = forms.keys().map(|form| (*form).to_owned()).collect();
        golden::stale(&names)?.iter().for_each(|path| story.blame(format!("no form prints {}", path.display())));
    }
    for form in forms.keys() {
        let look = look(story, &desk, &format!("#/forms/{form}"), &format!("blank {form}")).await?;
        story.check(look.sheets <= 6, || format!("{form} takes {} pages without a word on it", look.sheets));
    }
    if only.is_none() {
        let long = book.visits.iter().find(|visit| visit.rows == ROWS).context("no long visit")?;
        prints_at_once(story, &desk, long).await?;
    }
    if let Some((form, visit)) = forms.first_key_value() {
        verify(&desk, form, visit).await?;
        story.say("Verify knows the paper by its code, and finds an altered one");
    }
    desk.go("#/more").await?;
    desk.tap("button.segment[lang^=en]").await?;
    for (form, visit) in &forms {
        look(story, &desk, &format!("#/visit/{}/form/{form}", visit.visit), &format!("English {form}")).await?;
    }
    Ok(())
}

async fn introduce(desk: &Browser, files: &Scratch) -> Result<()> {
    desk.wait("main#main, .welcome").await?;
    desk.tap("button.segment[lang^=zh]").await?;
    desk.type_in("input[name=name]", filler::ENGINEER).await?;
    desk.type_in("input[name=company]", filler::COMPANY).await?;
    desk.tap("[data-act=start]").await?;
    desk.wait("nav.tabbar").await?;
    desk.go("#/more").await?;
    desk.type_in("input[name=address]", "云岭市高新区创业路 88 号 B 座 12 层").await?;
    desk.type_in("input[name=office-phone]", "0000-5550000").await?;
    let logo = pictures::logo(files.path())?;
    desk.choose_files("#logo", &[&logo]).await?;
    desk.wait("[data-logo=true] img.logo").await?;
    desk.picture("papers", "letterhead").await?;
    Ok(())
}

async fn import(desk: &Browser, files: &Scratch, bundle: &[u8]) -> Result<()> {
    let path = files.path().join("book.json");
    fs::write(&path, bundle)?;
    desk.go("#/import").await?;
    desk.choose_files("#import-file", &[&path]).await?;
    desk.wait("[data-act=import]").await?;
    desk.tap("[data-act=import]").await?;
    // Thousands of entries, on a machine that may have other things to do.
    let patience = Duration::from_secs(120);
    until("the book is taken in", patience, async || Ok(desk.shows("[data-act=menu]").await?.then_some(()))).await
}

/// Looks whether what is at a place of the app fits its pages.
async fn look(story: &Story, desk: &Browser, place: &str, name: &str) -> Result<Look> {
    desk.go("#/records").await?;
    desk.wait_gone(".paper").await?;
    desk.go(place).await?;
    desk.wait(".paper article.paper-page").await?;
    until("the pictures are there", PATIENCE, async || Ok(desk.ask::<bool>(IMAGES, Vec::new()).await?.then_some(())))
        .await?;
    desk.settle().await?;
    let look: Look = desk.ask(LOOK, Vec::new()).await?;
    story.check(look.too_much.is_empty(), || format!("{name} does not fit: {:#?}", look.too_much));
    Ok(look)
}

/// Prints what is at a place of the app.
async fn print(story: &Story, desk: &Browser, place: &str, name: &str) -> Result<Printed> {
    let look = look(story, desk, place, name).await?;
    let printed = desk.print("papers", name).await?;
    story.check(printed.is_a4(), || format!("{name} is {:?} pt, not A4", printed.size));
    story.check(printed.pages == look.sheets, || {
        format!("{name}: {} sheets on the screen, {} in print", look.sheets, printed.pages)
    });
    Ok(printed)
}

/// The code on a paper leads to the record, and an altered one is found.
async fn verify(desk: &Browser, form: &str, visit: &Filled) -> Result<()> {
    desk.go(&format!("#/visit/{}/form/{form}", visit.visit)).await?;
    desk.wait(".paper article.paper-page .page-check").await?;
    let words = desk.text(".paper article .page-check").await?;
    let code = words.split_whitespace().last().context("no code")?.to_owned();
    desk.go(&format!("#/verify/{code}")).await?;
    desk.wait("[data-paper=same]").await?;
    desk.picture("papers", "verify").await?;
    let digit = if code.ends_with('0') { '1' } else { '0' };
    let altered = format!("{}{digit}", &code[..code.len() - 1]);
    desk.type_in("input[name=paper]", &altered).await?;
    desk.tap("[data-act=judge-paper]").await?;
    desk.wait("[data-paper=differs]").await?;
    desk.type_in("input[name=paper]", "SB1/F-33").await?;
    desk.tap("[data-act=judge-paper]").await?;
    desk.wait_text("main .field-error", "SB1").await.map(drop)
}

/// A form whose table has very many rows is drawn within a moment.
async fn prints_at_once(story: &Story, desk: &Browser, visit: &Filled) -> Result<()> {
    let mut slowest = (0.0, String::new(), 0);
    for form in &visit.forms {
        desk.go("#/records").await?;
        desk.wait_gone(".paper").await?;
        desk.wait("main input[type=search]").await?;
        // Chromium passes over changes of the address that follow each other too fast: then it is asked again.
        let script = "let begun = performance.now(); location.hash = arguments[0];
            const again = setInterval(() => {
                if (location.hash === arguments[0]) return;
                begun = performance.now();
                location.hash = arguments[0];
            }, 500);
            return new Promise(done => {
                const look = () => document.querySelector('.paper article.paper-page .page-foot')
                    ? requestAnimationFrame(() => { clearInterval(again); done(performance.now() - begun) })
                    : setTimeout(look, 5);
                look();
            })";
        let place = format!("#/visit/{}/form/{form}", visit.visit);
        let millis: f64 = desk.ask(script, vec![json!(place)]).await?;
        let look: Look = desk.ask(LOOK, Vec::new()).await?;
        story.check(look.too_much.is_empty(), || format!("long {form} does not fit: {:#?}", look.too_much));
        if millis > slowest.0 {
            slowest = (millis, form.clone(), look.sheets);
        }
    }
    let (millis, form, sheets) = slowest;
    ensure!(sheets > 5, "no form with a long table: {form} has {sheets} pages");
    story.say(&format!("with {ROWS} rows {form} takes {millis:.0} ms for {sheets} pages"));
    story.check(millis < PROMPT, || format!("{form} with {ROWS} rows takes {millis:.0} ms"));
    Ok(())
}
