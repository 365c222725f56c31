//! The content as it is shipped, for the tests of the desk.

use sitebook_content::load;
use sitebook_core::template::check::check;
use sitebook_core::template::{CatalogueLine, Library, Procedure};
use sitebook_core::text::Lang;
use std::path::Path;
use std::sync::LazyLock;

static SHIPPED: LazyLock<(Library, Vec<Procedure>)> = LazyLock::new(|| {
    let content = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")).expect("the content");
    let mut library = Library::default();
    for record in content.records {
        library.records.insert(record.id.clone(), record);
    }
    library.set_limits(content.limits);
    let lines = content.procedures.iter().map(CatalogueLine::of);
    library.catalogue = lines.map(|line| (line.id.clone(), line)).collect();
    (library, content.procedures)
});

/// The library.
pub fn library() -> &'static Library {
    &SHIPPED.0
}

/// The procedures.
pub fn shipped() -> &'static [Procedure] {
    &SHIPPED.1
}

/// What the checker has against a procedure.
pub fn words(procedure: &Procedure) -> Vec<String> {
    check(procedure, library()).iter().map(|problem| problem.what.get(Lang::En).to_owned()).collect()
}

/// Every place of a step.
pub fn places(procedure: &Procedure) -> Vec<(usize, usize)> {
    let stages = procedure.stages.iter().enumerate();
    stages.flat_map(|(stage, one)| (0..one.steps.len()).map(move |step| (stage, step))).collect()
}
