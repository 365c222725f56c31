//! What happened to a record, in words: who, when, what.

use crate::i18n::{lang, t, words};
use crate::route::Route;
use crate::store::session::Session;
use crate::widgets::bar::Bar;
use crate::widgets::ui::asked;
use leptos::prelude::*;
use sitebook_core::ledger::Sealed;
use sitebook_core::text::Lang;
use sitebook_core::time::Stamp;
use sitebook_core::work::change_words;

/// The page.
#[component]
pub fn History(
    /// The open visit.
    session: Session,
) -> impl IntoView {
    let id = session.record().record.id.clone();
    let back = Route::Show(sitebook_core::ledger::RecordKind::Visit, id.clone());
    let store = session.store();
    let ops = asked(move || {
        let id = id.clone();
        store.changes().track();
        async move {
            let mut ops = store.ops(id.as_str()).await.unwrap_or_default();
            ops.sort_by(|a, b| (b.op.hlc, &b.op.id).cmp(&(a.op.hlc, &a.op.id)));
            ops
        }
    });
    let speech = lang();
    let rows = move || {
        let lang = speech.get();
        ops.get().map(|ops| ops.iter().map(|sealed| row(session, sealed, lang)).collect_view())
    };
    view! {
        <Bar title=Signal::derive(move || t(&words::HISTORY_TITLE)().to_owned()) back=Signal::derive(move || back.clone())/>
        <div class="page">
            <ol class="history">{rows}</ol>
        </div>
    }
}

fn row(session: Session, sealed: &Sealed, lang: Lang) -> impl IntoView + use<> {
    let op = &sealed.op;
    let at = Stamp { at: i64::try_from(op.hlc.wall).unwrap_or(0), tz: op.tz };
    let what = session.ask(|scope| change_words(&op.change, scope)).map(|words| words.get(lang).to_owned());
    view! {
        <li>
            <time>{at.date_time()}</time>
            <span class="history-what">{what}</span>
            <span class="hint">{op.actor.clone()} " · " {op.device.tag()}</span>
        </li>
    }
}
