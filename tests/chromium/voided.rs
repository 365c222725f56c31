//! A visit that was declared void: it says so and why, and offers nothing that it would refuse.

use anyhow::{Result, ensure};
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use sitebook_journeys::visit::key;

const REASON: &str = "客户改期，另开一单";
const CHOICE: &str = "confirm.points.hours";

pub async fn run(story: &Story) -> Result<()> {
    let mut site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    start::go_offline(story, &phone, &mut site).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    phone.choose(CHOICE, "inside").await?;
    phone.wait_saved().await?;

    phone.open_menu().await?;
    phone.tap("dialog[open] [data-act=void]").await?;
    phone.type_in("dialog[open] textarea[name=reason]", REASON).await?;
    phone.tap("dialog[open] [data-act=void-confirm]").await?;
    phone.wait_text("[data-void]", REASON).await?;
    phone.wait_saved().await?;
    ensure!(!phone.shows(".primary-bar button").await?, "a void visit still offers something to do");
    story.say("void, with the reason on its page, and nothing offered");

    phone.choose(CHOICE, "outside").await?;
    let says = phone.wait_text(&key(CHOICE, ".field-error"), "已作废").await?;
    ensure!(says.contains("另建"), "what to do instead is not said: {says}");
    holds_its_answer(&phone).await?;
    phone.picture("look", "void-refused").await?;
    phone.reload().await?;
    phone.wait_text("[data-void]", REASON).await?;
    holds_its_answer(&phone).await?;
    story.say("an entry is refused in words, what is shown is what is stored, also after a reload");
    Ok(())
}

async fn holds_its_answer(phone: &Browser) -> Result<()> {
    let shown = phone.look().await?.values();
    ensure!(shown.contains(&(CHOICE.to_owned(), "inside".to_owned())), "the choices show {shown:?}");
    Ok(())
}
