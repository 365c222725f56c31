//! Absurd input on the screens: a message at the place, what was entered still there, nothing written.

use anyhow::{Result, ensure};
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::bundle::Bundle;
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::pictures;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use sitebook_journeys::visit::key;

/// Emoji with joiners, Han beyond the basic plane, a combining mark.
const RARE: &str = "𠮷野 𬌗 👩🏽‍🔧 é";

pub async fn run(story: &Story) -> Result<()> {
    let mut site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::go_offline(story, &phone, &mut site).await?;
    names_at_the_welcome(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    phone.stamp("confirm.call.at").await?;
    phone.wait_saved().await?;
    let before = exported(&phone).await?;
    texts(story, &phone).await?;
    numbers(story, &phone).await?;
    times(story, &phone).await?;
    photos(story, &phone).await?;
    let after = exported(&phone).await?;
    ensure!(
        before.ops()? == after.ops()?,
        "refused entries have left {} ops",
        after.ops()?.len() - before.ops()?.len()
    );
    story.say(&format!("after all that the export has the same {} ops as before", after.ops()?.len()));
    rare_characters_are_kept(story, &phone).await
}

async fn exported(phone: &Browser) -> Result<Bundle> {
    let (_, bytes) = phone.export().await?;
    Bundle::read(&bytes)
}

async fn names_at_the_welcome(story: &Story, phone: &Browser) -> Result<()> {
    let alert = ".welcome .field-error";
    phone.tap("[data-act=start-sample]").await?;
    phone.wait_text(alert, "姓名").await?;
    phone.type_in("input[name=name]", &"长".repeat(10_000)).await?;
    phone.tap("[data-act=start-sample]").await?;
    let says = phone.wait_text(alert, "10000").await?;
    phone.picture("look", "long-name").await?;
    story.say(&format!("a name of 10,000 characters: {says}"));
    phone.type_in("input[name=name]", RARE).await?;
    phone.type_in("input[name=company]", start::COMPANY).await?;
    phone.tap("[data-act=start-sample]").await?;
    phone.wait("[data-act=start-visit]").await
}

/// Enters something that is refused: the words stand at the place, the entry stays, the badge is not alarmed.
async fn refused(phone: &Browser, capture: &str, entry: &str, words: &str) -> Result<String> {
    phone.answer(capture, entry).await?;
    let says = phone.wait_text(&key(capture, ".field-error"), words).await?;
    let kept: String = phone
        .ask("return document.querySelector(arguments[0]).value", vec![key(capture, ":is(input, textarea)").into()])
        .await?;
    ensure!(kept == entry, "the entry did not stay on the screen: {} characters", kept.chars().count());
    phone.wait_saved().await?;
    Ok(says)
}

async fn texts(story: &Story, phone: &Browser) -> Result<()> {
    let long = "啊".repeat(10_000);
    let says = refused(phone, "confirm.call.person", &long, "10000").await?;
    story.say(&format!("a person of 10,000 characters: {says}"));
    phone.picture("look", "long-person").await?;
    let wide = phone.too_wide().await?;
    story.check(wide.is_empty(), || format!("a long entry makes the page scroll sideways: {wide:?}"));
    refused(phone, "confirm.call.phone", "打他手机", "电话号码").await?;
    let says = refused(phone, "confirm.points.work", &"word ".repeat(2_000), "最多").await?;
    story.say(&format!("a text of 10,000 characters: {says}"));
    phone.reload().await?;
    phone.look().await?;
    for name in ["confirm.call.person", "confirm.call.phone", "confirm.points.work"] {
        let value: String = phone
            .ask("return document.querySelector(arguments[0]).value", vec![key(name, ":is(input, textarea)").into()])
            .await?;
        ensure!(value.is_empty(), "{name} was half written: {} characters", value.chars().count());
    }
    story.say("nothing of it was written");
    Ok(())
}

async fn numbers(story: &Story, phone: &Browser) -> Result<()> {
    phone.open_stage("verify").await?;
    phone.unfold("verify.observe").await?;
    for (entry, words) in [("-1", "0"), ("99999", "4320"), ("1e400", "数字"), ("三十", "数字"), ("0.12345", "整数")]
    {
        let says = refused(phone, "verify.observe.minutes", entry, words).await?;
        story.say(&format!("{entry} minutes: {says}"));
    }
    phone.answer("verify.observe.minutes", "").await?;
    phone.wait_saved().await
}

async fn times(story: &Story, phone: &Browser) -> Result<()> {
    phone.open_stage("sign").await?;
    // The stage is locked before the work is explained; the door of the machine room is not the place either.
    phone.open_stage("enter").await?;
    phone.stamp_by_hand("enter.consent.at", 60).await?;
    let says = phone.wait_text(&key("enter.consent.at", ".field-error"), "还没有到").await?;
    story.say(&format!("a stamp in the future: {says}"));
    let script = "const e = document.querySelector(arguments[0]); e.value = '0012-01-01T00:00'; \
                  e.dispatchEvent(new Event('change', { bubbles: true }))";
    phone.run(script, vec![key("enter.consent.at", "input[type=datetime-local]").into()]).await?;
    let says = phone.wait_text(&key("enter.consent.at", ".field-error"), "2000").await?;
    story.say(&format!("a stamp in the year 12: {says}"));
    Ok(())
}

async fn photos(story: &Story, phone: &Browser) -> Result<()> {
    let files = Scratch::new("files")?;
    let place = "apply.ask.photo";
    phone.open_stage("apply").await?;
    phone.unfold("apply.ask").await?;
    let broken = pictures::broken(files.path(), "broken.jpg")?;
    let huge = pictures::huge(files.path(), "huge.jpg", 100 * 1024 * 1024)?;
    let words = files.path().join("words.png");
    std::fs::write(&words, "this is no picture")?;
    let drawing = files.path().join("drawing.svg");
    std::fs::write(&drawing, "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")?;
    let empty = pictures::huge(files.path(), "empty.png", 0)?;
    for (file, says) in
        [(&broken, "没有加入"), (&huge, "MB"), (&words, "没有加入"), (&drawing, "SVG"), (&empty, "没有加入")]
    {
        phone.photo(place, &[file]).await?;
        let told = phone.wait_text(&key(place, ".field-error"), says).await?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        story.say(&format!("{name}: {told}"));
        ensure!(!phone.shows(&key(place, ".photo")).await?, "{name} was taken as a photo");
    }
    phone.picture("look", "bad-photo").await?;
    Ok(())
}

async fn rare_characters_are_kept(story: &Story, phone: &Browser) -> Result<()> {
    phone.open_stage("confirm").await?;
    phone.unfold("confirm.call").await?;
    phone.answer("confirm.call.person", RARE).await?;
    phone.wait_saved().await?;
    phone.reload().await?;
    phone.look().await?;
    phone.unfold("confirm.call").await?;
    let kept = phone.wait_value("confirm.call.person").await?;
    ensure!(kept == RARE, "{RARE:?} became {kept:?}");
    let bundle = exported(phone).await?;
    ensure!(bundle.visit()?["fields"]["confirm.call.person"] == RARE, "the export has it otherwise");
    let actor = bundle.visit()?["created"].to_string();
    ensure!(actor.contains(RARE), "the engineer's name became {actor}");
    story.say(&format!("{RARE} is kept as it is, after a reload and in the export"));
    Ok(())
}
