//! Screens: one file each. A page reads through the store, shows with widgets and sends commands; it decides nothing.

pub mod abreast;
pub mod asset;
pub mod backup;
pub mod blank;
pub mod board;
pub mod briefing;
pub mod calendar;
pub mod catalogue;
pub mod charts;
#[cfg(debug_assertions)]
pub mod design;
pub mod desk;
pub mod edit;
pub mod erase;
pub mod find_by_code;
pub mod forms;
pub mod handbook;
pub mod history;
pub mod import;
pub mod labels;
pub mod letterhead;
pub mod limits;
pub mod more;
pub mod order;
pub mod records;
pub mod ringing;
pub mod space;
pub mod start;
pub mod today;
pub mod verify;
pub mod visit;
pub mod welcome;
pub mod work;

use crate::i18n::words;
use crate::store::Store;
use sitebook_core::ledger::RecordKind;
use sitebook_core::template::CaptureKind;
use sitebook_core::text::Text;

/// What one record of a kind is called.
pub fn one_of(store: Store, kind: RecordKind) -> Text {
    let content = store.content();
    if kind == RecordKind::Template {
        return words::editor::ONE.clone();
    }
    content.record(kind).map_or_else(|| words::VISIT.clone(), |template| template.title.clone())
}

/// What a choice of work orders is called: a kind of work, a severity.
pub fn order_choice(store: Store, field: &str, id: &str) -> Text {
    let content = store.content();
    let field = content.record(RecordKind::Order).and_then(|template| template.field(field));
    let option = field.and_then(|field| match &field.kind {
        CaptureKind::Choice { options } => options.iter().find(|option| option.id == id),
        _ => None,
    });
    option.map_or_else(|| Text::same(id), |option| option.text.clone())
}

/// What the records of a kind are called.
pub fn kind_words(kind: RecordKind) -> &'static Text {
    match kind {
        RecordKind::Customer => &words::KIND_CUSTOMER,
        RecordKind::Site => &words::KIND_SITE,
        RecordKind::Contact => &words::KIND_CONTACT,
        RecordKind::Asset => &words::KIND_ASSET,
        RecordKind::Order => &words::KIND_ORDER,
        RecordKind::Visit => &words::KIND_VISIT,
        RecordKind::Profile => &words::LIMITS_TITLE,
        RecordKind::Template => &words::editor::KIND,
    }
}
