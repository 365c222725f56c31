//! Chromium: the whole visit offline, bad input, updates, deployment, two tabs.

mod access;
mod bad_files;
mod bad_input;
mod by_hand;
mod deployment;
mod fixture;
mod gallery;
mod handbook;
mod handed;
mod heard;
mod keyboard;
mod ledger;
mod lists;
mod own_procedure;
mod papers;
mod pictures_and_codes;
mod proof;
mod reminders;
mod rules_in_steps;
mod screens;
mod storage;
mod tabs;
mod update;
mod voided;
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
fn a_void_visit_says_why_and_offers_nothing_that_it_refuses() {
    journey(Chromium, "a_void_visit_says_why_and_offers_nothing_that_it_refuses", voided::run);
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
fn photos_are_marked_and_a_code_leads_to_the_history_of_a_piece() {
    journey(Chromium, "photos_are_marked_and_a_code_leads_to_the_history_of_a_piece", pictures_and_codes::run);
}

#[test]
fn a_work_order_is_shared_to_a_colleague() {
    journey(Chromium, "a_work_order_is_shared_to_a_colleague", handed::run);
}

#[test]
fn an_entry_in_one_tab_shows_in_the_other() {
    journey(Chromium, "an_entry_in_one_tab_shows_in_the_other", tabs::run);
}

#[test]
fn a_conflict_is_settled_a_value_put_back_and_a_customer_erased() {
    journey(Chromium, "a_conflict_is_settled_a_value_put_back_and_a_customer_erased", ledger::run);
}

#[test]
fn records_are_filtered_kept_and_exported_and_the_calendar_rings() {
    journey(Chromium, "records_are_filtered_kept_and_exported_and_the_calendar_rings", lists::run);
}

#[test]
fn the_handbook_is_there_offline_and_a_report_is_offered_better_words() {
    journey(Chromium, "the_handbook_is_there_offline_and_a_report_is_offered_better_words", handbook::run);
}

#[test]
fn what_the_settings_say_reaches_the_steps() {
    journey(Chromium, "what_the_settings_say_reaches_the_steps", rules_in_steps::run);
}

#[test]
fn a_handbook_of_another_build_is_not_believed() {
    journey(Chromium, "a_handbook_of_another_build_is_not_believed", handbook::another_build);
}

#[test]
fn a_backup_is_verified_elsewhere_and_brings_everything_back() {
    journey(Chromium, "a_backup_is_verified_elsewhere_and_brings_everything_back", proof::run);
}

/// Also `cargo xtask papers`; with `--bless` it keeps the papers instead of comparing them.
#[test]
fn every_form_prints_as_it_is_kept() {
    journey(Chromium, "every_form_prints_as_it_is_kept", papers::run);
}

#[test]
fn databases_of_released_versions_open_whole() {
    journey(Chromium, "databases_of_released_versions_open_whole", fixture::opens_whole);
}

#[test]
fn files_of_released_versions_are_taken_in_whole() {
    journey(Chromium, "files_of_released_versions_are_taken_in_whole", fixture::files_open_whole);
}

/// Keeps the database of the build under test as a fixture: see `tests/fixtures/README.md`.
#[test]
#[ignore = "writes into the repository, once a release"]
fn keep_a_fixture() {
    journey(Chromium, "keep_a_fixture", fixture::keep);
}

#[test]
fn a_full_device_loses_nothing_and_says_what_to_do() {
    journey(Chromium, "a_full_device_loses_nothing_and_says_what_to_do", storage::full::run);
}

#[test]
fn the_browser_is_asked_to_keep_the_records_when_there_is_something_to_lose() {
    journey(Chromium, "the_browser_is_asked_to_keep_the_records_when_there_is_something_to_lose", storage::kept::run);
}

#[test]
fn a_lost_database_is_never_shown_as_an_empty_book() {
    journey(Chromium, "a_lost_database_is_never_shown_as_an_empty_book", storage::lost::run);
}

#[test]
fn a_browser_that_keeps_nothing_is_told_about() {
    journey(Chromium, "a_browser_that_keeps_nothing_is_told_about", storage::refused::run);
}

#[test]
fn an_update_in_another_tab_waits_for_what_is_unsaved() {
    journey(Chromium, "an_update_in_another_tab_waits_for_what_is_unsaved", storage::held::run);
}

#[test]
fn an_app_updated_in_another_tab_keeps_what_is_unsaved_here() {
    journey(Chromium, "an_app_updated_in_another_tab_keeps_what_is_unsaved_here", storage::updated::run);
}

#[test]
fn every_screen_is_clean_for_axe_and_fits_with_large_text() {
    journey(Chromium, "every_screen_is_clean_for_axe_and_fits_with_large_text", access::run);
}

#[test]
fn a_visit_is_worked_by_keyboard_alone() {
    journey(Chromium, "a_visit_is_worked_by_keyboard_alone", keyboard::run);
}

/// Pictures of every screen into `test-results/gallery`, for people: `cargo xtask screens`.
#[test]
#[ignore = "makes pictures for people, checks little"]
fn gallery() {
    journey(Chromium, "gallery", gallery::run);
}

#[test]
fn a_team_changes_a_procedure_and_what_runs_keeps_its_version() {
    journey(Chromium, "a_team_changes_a_procedure_and_what_runs_keeps_its_version", own_procedure::run);
}

#[test]
fn appointments_ring_once_and_the_app_is_offered_for_installing() {
    journey(Chromium, "appointments_ring_once_and_the_app_is_offered_for_installing", reminders::run);
}
