//! A work order goes to a colleague: out through the menu of the order, in through the system's share sheet.

use anyhow::{Result, ensure};
use serde_json::json;
use sitebook_journeys::browser::Engine;
use sitebook_journeys::bundle::Bundle;
use sitebook_journeys::machine;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;

/// What the system does with a file that is shared to the app: a form is posted to the address of the manifest.
const SHARE: &str = "return (async (text, name) => {
    const manifest = await (await fetch(document.querySelector('link[rel=manifest]').href)).json();
    const target = manifest.share_target;
    const form = new FormData();
    form.append(target.params.files[0].name, new File([text], name, { type: 'text/plain' }));
    const answer = await fetch(target.action, { method: target.method, body: form, redirect: 'manual' });
    return answer.type;
})(arguments[0], arguments[1])";

pub async fn run(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("main [data-act=export]").await?;
    let (name, bytes) = phone.downloaded().await?;
    ensure!(name.starts_with("WO-") && name.ends_with(".json"), "the file is called {name}");
    let order = Bundle::read(&bytes)?;
    order.fits_the_published_schema()?;
    let number = name.trim_end_matches(".json").to_owned();
    story.say(&format!("{name}: {} ops, {} bytes", order.ops()?.len(), bytes.len()));

    let other = story.open(Engine::Chromium, "colleague").await?;
    start::first_load(story, &other, &site).await?;
    start::introduce_colleague(&other).await?;
    let text = String::from_utf8(bytes)?;
    let answer: String = other.ask(SHARE, vec![json!(text), json!("工单 1.sitebook.txt")]).await?;
    ensure!(answer == "opaqueredirect", "the worker answers a share with {answer}");
    other.go("#/import").await?;
    let counts = other.wait_text("[data-import-counts]", "新操作").await?;
    ensure!(counts.contains(&format!("{} 条新操作", order.ops()?.len())), "the preview says “{counts}”");
    other.picture("look", "handed").await?;
    other.tap("[data-act=import]").await?;
    other.go("#/work").await?;
    other.wait_text("main", &number).await?;
    story.say("shared to the colleague's app, previewed, taken in; the order is in their work");

    other.go("#/import").await?;
    other.settle().await?;
    ensure!(!other.shows("[data-import-counts]").await?, "the shared file comes a second time");
    Ok(())
}
