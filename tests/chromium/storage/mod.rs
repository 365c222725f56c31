//! The storage below does not behave: full, gone, forbidden, held by another page.

pub mod full;
pub mod held;
pub mod kept;
pub mod lost;
pub mod refused;
pub mod updated;

use anyhow::Result;
use serde_json::json;
use sitebook_journeys::browser::Browser;
use sitebook_journeys::run::{Story, until};
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use std::time::Duration;

/// Loads the app, introduces the user and opens the sample's visit; answers its address.
async fn begin(story: &Story, phone: &Browser, site: &Site) -> Result<String> {
    start::first_load(story, phone, site).await?;
    start::introduce(story, phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    phone.ask("return location.href", Vec::new()).await
}

/// Takes all room away. Chromium believes for half a minute what it measured last.
async fn fill(phone: &Browser, site: &Site) -> Result<()> {
    quota(phone, site, Some(1)).await?;
    tokio::time::sleep(Duration::from_secs(32)).await;
    Ok(())
}

/// Sets how many bytes the browser gives the app; `None` as it would by itself.
async fn quota(phone: &Browser, site: &Site, bytes: Option<u64>) -> Result<()> {
    let origin = site.address().trim_end_matches('/');
    let mut wanted = json!({ "origin": origin });
    if let Some(bytes) = bytes {
        wanted["quotaSize"] = json!(bytes);
    }
    phone.devtools("Storage.overrideQuotaForOrigin", wanted).await.map(drop)
}

/// Waits until the badge of a visit says that something is not saved.
async fn wait_failed(phone: &Browser) -> Result<()> {
    until("the badge says not saved", Duration::from_secs(15), async || {
        Ok(phone.shows(".save-badge.is-failed").await?.then_some(()))
    })
    .await
}

/// Pictures of the screen in both languages, for people; nothing on it may be wider than the screen. The language is
/// set where the app keeps it, since these screens stand before any choice.
async fn look(story: &Story, phone: &Browser, name: &str) -> Result<()> {
    phone.settle().await?;
    phone.picture("look", name).await?;
    let wide = phone.too_wide().await?;
    story.check(wide.is_empty(), || format!("{name}: too wide: {wide:?}"));
    Ok(())
}

/// Sets the language in the app's settings, for the next load of the page.
async fn speak(phone: &Browser, language: &str) -> Result<()> {
    let script = "const s = JSON.parse(localStorage['sitebook.settings'] || '{}'); s.lang = arguments[0]; \
                  localStorage['sitebook.settings'] = JSON.stringify(s); return true";
    phone.ask::<bool>(script, vec![language.into()]).await.map(drop)
}
