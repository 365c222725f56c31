//! A book with a visit under way, made once by hand and copied for every run that needs a fresh one.

use crate::browser::{Browser, Engine};
use crate::deployment::copy;
use crate::machine::{self, Scratch};
use crate::run::Story;
use crate::site::Site;
use crate::start;
use crate::walk::{Plan, Say, Walk};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A profile to copy.
pub struct Book {
    profile: Scratch,
    /// The address of the visit in it.
    pub visit: String,
}

/// Introduces an engineer and works through the first stages up to the signed application.
pub async fn prepare(story: &Story, site: &Site) -> Result<Book> {
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    let plan = Plan::new().with("apply.application.to", Say::Minutes(120));
    let walk = Walk { phone: &phone, story, plan };
    for stage in ["confirm", "prepare", "apply"] {
        walk.stage(stage).await?;
    }
    phone.wait_saved().await?;
    let visit: String = phone.ask("return location.href", Vec::new()).await?;
    let profile = taken_from(&phone).await?;
    story.close(phone).await;
    story.say("a visit is under way, the application is signed; this book is copied from now on");
    Ok(Book { profile, visit })
}

async fn taken_from(phone: &Browser) -> Result<Scratch> {
    phone.leave().await;
    let profile = Scratch::new("book")?;
    copy(phone.profile(), profile.path()).context("the profile cannot be copied")?;
    Ok(profile)
}

impl Book {
    /// The same visit in another state of the profile.
    pub async fn renewed(&self, phone: &Browser) -> Result<Book> {
        Ok(Book { profile: taken_from(phone).await?, visit: self.visit.clone() })
    }

    /// Opens a copy of it.
    pub async fn open(&self, story: &Story) -> Result<Rc<Browser>> {
        let profile = Scratch::new("profile")?;
        copy(self.profile.path(), profile.path())?;
        story.open_on(Engine::Chromium, "phone", profile).await
    }
}

/// Keeps a profile in which something is wrong, for people to look at.
pub fn keep(profile: &Path, name: &str) -> Result<PathBuf> {
    let folder = machine::results("faults")?.join(name);
    let _ = fs::remove_dir_all(&folder);
    copy(profile, &folder)?;
    Ok(folder)
}
