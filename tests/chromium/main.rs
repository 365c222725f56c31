//! Chromium: the whole visit offline, bad input, updates, deployment, two tabs.

mod bad_files;
mod bad_input;
mod by_hand;
mod deployment;
mod gallery;
mod tabs;
mod update;
mod whole_visit;

use sitebook_journeys::browser::Engine::Chromium;
use sitebook_journeys::faults;
use sitebook_journeys::run::journey;

#[test]
fn a_whole_visit_runs_offline_from_first_start_to_filing() {
    journey(Chromium, "a_whole_visit_runs_offline_from_first_start_to_filing", whole_visit::run);
}

#[test]
fn customer_and_work_order_are_entered_by_hand_and_a_draft_survives() {
    journey(Chromium, "customer_and_work_order_are_entered_by_hand_and_a_draft_survives", by_hand::run);
}

#[test]
fn bad_input_is_refused_in_words_and_changes_nothing() {
    journey(Chromium, "bad_input_is_refused_in_words_and_changes_nothing", bad_input::run);
}

#[test]
fn bad_files_are_refused_in_words_and_change_nothing() {
    journey(Chromium, "bad_files_are_refused_in_words_and_change_nothing", bad_files::run);
}

#[test]
fn update_is_offered_and_loses_nothing() {
    journey(Chromium, "update_is_offered_and_loses_nothing", update::run);
}

/// The short form of `cargo xtask faults`; its seed is printed, so that a loss can be looked for again.
#[test]
fn ten_kills_lose_nothing_that_was_called_saved() {
    journey(Chromium, "ten_kills_lose_nothing_that_was_called_saved", async |story| {
        let options = faults::Options { kills: 10, special: 2, seed: 20_261_121 };
        faults::run(story, options).await.map(drop)
    });
}

#[test]
fn works_from_a_sub_path_with_a_strict_policy_and_asks_no_other_origin() {
    journey(Chromium, "works_from_a_sub_path_with_a_strict_policy_and_asks_no_other_origin", deployment::run);
}

#[test]
fn an_entry_in_one_tab_shows_in_the_other() {
    journey(Chromium, "an_entry_in_one_tab_shows_in_the_other", tabs::run);
}

/// Pictures of every screen into `test-results/gallery`, for people:
/// `cargo test --package sitebook-journeys --test chromium -- --ignored gallery`.
#[test]
#[ignore = "makes pictures for people, checks nothing"]
fn gallery() {
    journey(Chromium, "gallery", gallery::run);
}
