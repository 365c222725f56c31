//! WebKit: the short journey. Its sessions are private, so nothing can be killed and opened again; it cannot print.

use sitebook_journeys::browser::Engine::WebKit;
use sitebook_journeys::run::journey;
use sitebook_journeys::smoke;

#[test]
fn the_first_half_of_a_visit_runs_in_webkit() {
    journey(WebKit, "the_first_half_of_a_visit_runs_in_webkit", async |story| smoke::run(story, WebKit).await);
}
