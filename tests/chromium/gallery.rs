//! Pictures of every screen, in both languages, light, dark and for sunlight, on a phone and on a desk:
//! `cargo xtask screens`.

use crate::screens::{Book, Screen};
use anyhow::Result;
use sitebook_journeys::browser::PHONE;
use sitebook_journeys::run::Story;

const LOOKS: [(&str, &str); 5] = [("zh", "light"), ("en", "light"), ("zh", "dark"), ("en", "dark"), ("zh", "sun")];
/// A small desk.
const DESK: (u32, u32) = (1280, 800);

pub async fn run(story: &Story) -> Result<()> {
    let book = Book::make(story).await?;
    let phone = &book.phone;
    for (language, theme) in LOOKS {
        book.wear(language, theme).await?;
        for (index, screen) in book.screens().iter().enumerate() {
            picture(story, &book, screen, &format!("{language}-{theme}-{index:02}-{}", screen.name)).await?;
        }
        phone.resize(PHONE.0, PHONE.1).await?;
        if let Some(stage) = book.screens().iter().find(|screen| screen.is_stage) {
            book.show(stage).await?;
            phone.open_menu().await?;
            phone.picture("gallery", &format!("{language}-{theme}-99-menu")).await?;
            phone.tap("dialog[open] .sheet-head button").await?;
        }
        story.say(&format!("{language}, {theme}: {} screens", book.screens().len()));
    }
    for (language, theme) in [("zh", "light"), ("en", "dark")] {
        book.wear(language, theme).await?;
        phone.resize(DESK.0, DESK.1).await?;
        for screen in book.screens() {
            book.show(screen).await?;
            phone.picture("gallery", &format!("desk-{language}-{theme}-{}", screen.name)).await?;
        }
        phone.resize(PHONE.0, PHONE.1).await?;
    }
    Ok(())
}

/// A whole screen in one tall picture, every step of a stage unfolded.
async fn picture(story: &Story, book: &Book, screen: &Screen, name: &str) -> Result<()> {
    let phone = &book.phone;
    phone.resize(PHONE.0, PHONE.1).await?;
    book.show(screen).await?;
    if screen.is_stage {
        book.unfold().await?;
    }
    let height: u32 = phone.ask("return document.documentElement.scrollHeight", Vec::new()).await?;
    phone.resize(PHONE.0, height.clamp(PHONE.1, 6_000)).await?;
    phone.settle().await?;
    let wide = phone.too_wide().await?;
    story.check(wide.is_empty(), || format!("{name} scrolls sideways: {wide:?}"));
    phone.picture("gallery", name).await?;
    Ok(())
}
