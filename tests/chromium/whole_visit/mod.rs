//! One visit from the first start to filing, without a network, with the browser killed in the middle.

mod after;
mod before;
mod exchange;
mod papers;
mod work;

use anyhow::Result;
use sitebook_journeys::browser::{Browser, Engine};
use sitebook_journeys::machine::{self, Scratch};
use sitebook_journeys::pictures;
use sitebook_journeys::run::Story;
use sitebook_journeys::site::Site;
use sitebook_journeys::start;
use sitebook_journeys::walk::{Plan, Say, Walk};
use std::path::PathBuf;

/// Who lets the engineer go on where the norm would not.
pub const APPROVER: &str = "陈志远";
/// Why.
pub const REASON: &str = "高速封路，电话占线";

/// The way to Today at the bottom.
pub const TODAY: &str = "nav.tabbar a.tab:first-child";

/// Everything that a part of the journey needs.
pub struct Trip<'a> {
    /// Where it is told.
    pub story: &'a Story,
    /// The engineer's phone.
    pub phone: &'a Browser,
    /// The way through the stages.
    pub walk: Walk<'a>,
}

pub async fn run(story: &Story) -> Result<()> {
    let mut site = Site::serve(&machine::dist()?)?;
    let files = Scratch::new("files")?;
    let lamps = pictures::jpeg(files.path(), "告警灯.jpg", 3)?;
    let screen = pictures::png(files.path(), "screen.png", 5)?;
    let tidy = pictures::jpeg(files.path(), "clean place.jpg", 8)?;
    let phone = story.open(Engine::Chromium, "phone").await?;
    let plan = plan(&[lamps, screen], &[tidy]);
    let trip = Trip { story, phone: &phone, walk: Walk { phone: &phone, story, plan } };

    start::first_load(story, &phone, &site).await?;
    start::go_offline(story, &phone, &mut site).await?;
    start::introduce(story, &phone).await?;
    phone.tap("[data-act=start-visit]").await?;

    before::customer_is_called(&trip).await?;
    before::nothing_is_operated_before_the_signature(&trip).await?;
    before::browser_is_killed_and_the_entry_is_there(&trip).await?;
    before::late_arrival_needs_an_approver(&trip).await?;
    work::application_is_signed(&trip).await?;
    work::both_heads_are_told(&trip).await?;
    work::equipment_is_operated(&trip).await?;
    work::browser_is_killed_again(&trip, &site).await?;
    after::objects_are_counted(&trip).await?;
    after::customer_signs(&trip).await?;
    papers::forms_are_printed(&trip).await?;
    after::engineer_leaves_and_today_asks_for_the_call(&trip).await?;
    let file = exchange::visit_is_exported(&trip).await?;
    exchange::empty_device_takes_it_in(&trip, &mut site, &file).await?;
    after::visit_is_filed(&trip).await?;
    let panics: Vec<_> = phone.console().await?.into_iter().filter(|line| line.contains("panicked")).collect();
    story.check(panics.is_empty(), || format!("the console tells of panics: {panics:#?}"));
    Ok(())
}

/// What this visit is about: boards and data are changed, a critical problem is found, training is given.
fn plan(state: &[PathBuf], clean: &[PathBuf]) -> Plan {
    Plan::new()
        .with("confirm.points.time", Say::Minutes(-30))
        .say("confirm.call.phone", "0000-5550118")
        .say("apply.need.service", "down")
        .say("apply.need.operate", "yes")
        .say("apply.need.data", "yes")
        .say("apply.need.hardware", "swap")
        .say("apply.critical.found", "yes")
        .say("apply.major.slot", "restore")
        .with("apply.ask.photo", Say::Photos(state.to_vec()))
        .with("apply.application.from", Say::Minutes(1))
        .with("apply.application.to", Say::Minutes(120))
        .rows(
            "operate.log.list",
            &[
                &[("action", "查看告警和日志：5 号槽 PON 板收光丢失"), ("result", "单板硬件故障")],
                &[("action", "更换 5 号槽 PON 板"), ("result", "42 户恢复")],
            ],
        )
        .say("operate.data.changed", "yes")
        .rows(
            "operate.data.list",
            &[&[("object", "5 号槽 PON 口 3 发光使能"), ("old", "关"), ("new", "开"), ("verified", "yes")]],
        )
        .say("operate.parts.replaced", "yes")
        .rows("operate.parts.list", &[&[("name", "PON 业务板 HC-GPFD"), ("old", "HCB0198812"), ("new", "HCB0731577")]])
        .say("operate.parts.stock", "1")
        .say("explain.training.given", "yes")
        .rows(
            "explain.training.attendees",
            &[&[("name", "王建国"), ("unit", "网络部"), ("score", "95")], &[("name", "周颖")]],
        )
        .with("clean.site.photo", Say::Photos(clean.to_vec()))
        .say("sign.opinion.text", "处理及时，讲得清楚。希望备件到得更快。")
}
