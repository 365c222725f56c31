//! Databases and files of released versions: kept once a release, and opened by every later build.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use sitebook_journeys::browser::Engine;
use sitebook_journeys::bundle::Bundle;
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::walk::{Plan, Say, Walk};
use sitebook_journeys::{db, pictures, start};
use std::{collections::BTreeSet, fs};

/// The versions of which a database is kept.
const KEPT: [u32; 2] = [1, 2];
/// The versions of which a file is kept.
const FILES: [u32; 1] = [2];

/// Makes a sample visit with a photo and a signature, and keeps its database and the file exported from it.
pub async fn keep(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    let files = Scratch::new("files")?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    start::first_load(story, &phone, &site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;
    phone.look().await?;
    let photo = pictures::small_jpeg(files.path(), "a.jpg", 2)?;
    let plan = Plan::new()
        .say("apply.need.service", "partial")
        .say("apply.need.hardware", "swap")
        .with("apply.ask.photo", Say::Photos(vec![photo]))
        .with("apply.application.to", Say::Minutes(120));
    let walk = Walk { phone: &phone, story, plan };
    for stage in ["confirm", "prepare", "depart", "arrive", "enter", "apply"] {
        walk.stage(stage).await?;
    }
    phone.wait_saved().await?;
    let (_, bundle) = phone.export().await?;
    let dump = phone.dump_db().await?;
    let version = dump["version"].as_u64().context("no version")?;
    let path = db::fixture(u32::try_from(version)?);
    fs::create_dir_all(path.parent().context("no folder")?)?;
    fs::write(&path, serde_json::to_string(&dump)? + "\n")?;
    let beside = path.with_file_name(format!("{version}.bundle.json"));
    fs::write(&beside, &bundle)?;
    story.say(&format!("{} and {} are kept", path.display(), beside.display()));
    Ok(())
}

/// Each kept database opens with all that was in it, and takes a further entry.
pub async fn opens_whole(story: &Story) -> Result<()> {
    for version in KEPT {
        opens(story, version).await?;
    }
    Ok(())
}

/// Each kept file is taken in on an empty device, whole, and its visit goes on.
pub async fn files_open_whole(story: &Story) -> Result<()> {
    let site = Site::serve(&machine::dist()?)?;
    for version in FILES {
        file_opens(story, &site, version).await?;
    }
    Ok(())
}

async fn file_opens(story: &Story, site: &Site, version: u32) -> Result<()> {
    let path = db::fixture(version).with_file_name(format!("{version}.bundle.json"));
    let old = Bundle::read(&fs::read(&path)?)?;
    old.fits_the_published_schema()?;
    let phone = story.open(Engine::Chromium, &format!("office-{version}")).await?;
    start::first_load(story, &phone, site).await?;
    start::introduce_colleague(&phone).await?;
    phone.go("#/more").await?;
    phone.tap("[data-act=import-page]").await?;
    phone.wait("label[for=import-file]").await?;
    phone.choose_files("#import-file", &[&path]).await?;
    let counts = phone.wait_text("[data-import-counts]", "新操作").await?;
    ensure!(counts.contains(&format!("{} 条新操作", old.ops()?.len())), "the preview says “{counts}”");
    phone.wait("[data-proof=original]").await?;
    phone.tap("[data-act=import]").await?;
    phone.look().await?;
    phone.open_stage("apply").await?;
    phone.unfold("apply.ask").await?;
    phone.wait_photos("apply.ask.photo", 1).await?;
    phone.open_stage("confirm").await?;
    phone.unfold("confirm.call").await?;
    phone.answer("confirm.call.phone", "0000-5550118").await?;
    phone.wait_saved().await?;
    let (_, bytes) = phone.export().await?;
    let new = Bundle::read(&bytes)?;
    let (before, after) = (old.ops()?, new.ops()?);
    ensure!(before.iter().all(|(id, hash)| after.get(id) == Some(hash)), "an entry of the file is lost or changed");
    ensure!(after.len() == before.len() + 1, "{} entries of {} and one", after.len(), before.len());
    ensure!(old.attachments()?.keys().eq(new.attachments()?.keys()), "the pictures are not the same");
    story.say(&format!("a file of version {version} is taken in whole ({counts}), and its visit goes on"));
    Ok(())
}

async fn opens(story: &Story, version: u32) -> Result<()> {
    let old = db::read_fixture(version)?;
    let site = Site::serve(&machine::dist()?)?;
    let phone = story.open(Engine::Chromium, &format!("phone-{version}")).await?;
    phone.goto(&format!("{}version.json", site.address())).await?;
    phone.build_db(&old, false).await?;
    phone.goto(site.address()).await?;
    phone.wait("nav.tabbar").await?;
    let visit = the_visit(&old)?;
    story.say(&format!("a database of version {version} opens, and the user is known"));
    phone.go(&format!("#/visit/{visit}/at/apply")).await?;
    phone.look().await?;
    phone.unfold("apply.ask").await?;
    phone.wait_photos("apply.ask.photo", 1).await?;
    phone.go(&format!("#/visit/{visit}/at/confirm")).await?;
    phone.look().await?;
    phone.unfold("confirm.call").await?;
    phone.answer("confirm.call.phone", "0000-5550118").await?;
    phone.wait_saved().await?;
    let (_, bytes) = phone.export().await?;
    let bundle = Bundle::read(&bytes)?;
    let before = rows(&old, "ops");
    let after: BTreeSet<String> = bundle.ops()?.into_keys().collect();
    ensure!(after.len() > 10 && after.iter().filter(|id| !before.contains(*id)).count() == 1, "not one entry more");
    ensure!(bundle.attachments()?.len() >= 2, "photo or signature are missing");
    story.say("photo and values are there, a further entry is made, the chain verifies");

    phone.go("#/more").await?;
    phone.tap("[data-act=rebuild]").await?;
    let told = phone.wait_text("[data-told]", "已核对").await?;
    ensure!(told.contains("0 条与操作日志不一致"), "the rebuild says {told}");
    let new = phone.dump_db().await?;
    for table in ["ops", "records", "lines", "dues", "blobs", "templates"] {
        let (before, after) = (rows(&old, table), rows(&new, table));
        // Deadlines that are over go; everything else stays.
        ensure!(table == "dues" || before.is_subset(&after), "{table} has lost rows");
    }
    story.say(&format!("version {} holds every row of version {version}; {told}", new["version"]));
    Ok(())
}

fn the_visit(dump: &Value) -> Result<String> {
    let stores = dump["stores"].as_array().context("no stores")?;
    let lines = stores.iter().find(|store| store["name"] == "lines").context("no lines")?;
    let line = lines["rows"].as_array().context("no rows")?.iter().find(|row| row["value"]["kind"] == "visit");
    Ok(line.context("no visit")?["key"].as_str().context("no key")?.to_owned())
}

/// The keys of a store's rows.
fn rows(dump: &Value, store: &str) -> BTreeSet<String> {
    let stores = dump["stores"].as_array().into_iter().flatten();
    let rows = stores.filter(|found| found["name"] == store).flat_map(|found| found["rows"].as_array()).flatten();
    rows.filter_map(|row| row["key"].as_str()).map(str::to_owned).collect()
}
