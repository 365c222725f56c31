//! Chromium: the whole visit offline, bad input, updates, deployment, two tabs.

mod start;
mod whole_visit;

use sitebook_journeys::browser::Engine;
use sitebook_journeys::run::journey;

#[test]
fn a_whole_visit_runs_offline_from_first_start_to_filing() {
    journey(Engine::Chromium, "a_whole_visit_runs_offline_from_first_start_to_filing", whole_visit::run);
}
