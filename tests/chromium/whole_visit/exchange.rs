//! Out to a file, in on an empty device, and out again: the same.

use super::Trip;
use anyhow::{Result, ensure};
use sitebook_journeys::browser::Engine;
use sitebook_journeys::bundle::Bundle;
use sitebook_journeys::machine::Scratch;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use std::fs;

pub async fn visit_is_exported(trip: &Trip<'_>) -> Result<Vec<u8>> {
    let (name, bytes) = trip.phone.export().await?;
    ensure!(name.starts_with("SV-") && name.ends_with(".json"), "the file is called {name}");
    let bundle = Bundle::read(&bytes)?;
    let (ops, attachments) = (bundle.ops()?, bundle.attachments()?);
    if let Err(error) = bundle.fits_the_published_schema() {
        trip.story.blame(format!("{error:#}"));
    }
    let visit = bundle.visit()?;
    ensure!(visit["fields"]["explain.cause.cause"].is_string(), "the readable record has no cause");
    ensure!(!visit["overrides"].as_array().is_none_or(Vec::is_empty), "the override is not in the file");
    // Three photos, and the signatures of application, training, engineer and customer.
    ensure!(attachments.len() >= 7, "only {} attachments", attachments.len());
    trip.story.say(&format!("{name}: {} ops, {} attachments, {} KB", ops.len(), attachments.len(), bytes.len() / 1000));
    Ok(bytes)
}

pub async fn empty_device_takes_it_in(trip: &Trip<'_>, site: &mut Site, file: &[u8]) -> Result<()> {
    let first = Bundle::read(file)?;
    let folder = Scratch::new("handover")?;
    let path = folder.path().join("visit.json");
    fs::write(&path, file)?;
    site.on()?;
    let story = trip.story;
    let office = story.open(Engine::Chromium, "office").await?;
    start::first_load(story, &office, site).await?;
    start::go_offline(story, &office, site).await?;
    start::introduce_colleague(&office).await?;
    office.go("#/more").await?;
    office.tap("[data-act=import-page]").await?;
    office.choose_files("#import-file", &[&path]).await?;
    let counts = office.wait_text("[data-import-counts]", "新操作").await?;
    office.picture("look", "import").await?;
    let (ops, attachments) = (first.ops()?, first.attachments()?);
    for words in [format!("{} 条新操作", ops.len()), format!("{} 个附件", attachments.len())] {
        ensure!(counts.contains(&words), "the preview says “{counts}”, not “{words}”");
    }
    story.say(&format!("the empty device previews: {counts}"));
    office.tap("[data-act=import]").await?;
    office.wait("[data-act=menu]").await?;
    let stage = office.look().await?;
    story.say(&format!("the visit opens there, at “{}”", stage.title));
    office.open_stage("apply").await?;
    office.unfold("apply.ask").await?;
    office.wait_photos("apply.ask.photo", 2).await?;
    office.picture("look", "imported").await?;

    let (_, again) = office.export().await?;
    let again = Bundle::read(&again)?;
    ensure!(again.ops()? == ops, "the ops are not the same: {} and {}", again.ops()?.len(), ops.len());
    ensure!(again.attachments()? == attachments, "the attachments are not the same");
    story.say("exported again from there: the same ops, hashes and attachments");
    Ok(())
}
