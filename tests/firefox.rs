//! Firefox: the short journey.

use sitebook_journeys::browser::Engine::Firefox;
use sitebook_journeys::run::journey;
use sitebook_journeys::smoke;

#[test]
fn the_first_half_of_a_visit_runs_in_firefox() {
    journey(Firefox, "the_first_half_of_a_visit_runs_in_firefox", async |story| smoke::run(story, Firefox).await);
}
