//! Where two people entered different values without knowing of each other: both, and a button to keep one.

use crate::i18n::{lang, t, tf, tx, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::session::Session;
use crate::widgets::icon::Icon;
use crate::widgets::step::reveal_later;
use crate::widgets::ui::{Trouble, asked, dynamic};
use leptos::prelude::*;
use sitebook_core::ids::OpId;
use sitebook_core::text::Text;
use sitebook_core::work::{Claim, Command, Conflict, Words, conflicts};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Keeps a value; the trouble is set when it is refused.
pub type Keep = Arc<dyn Fn(Command, RwSignal<Option<Text>>) + Send + Sync>;

/// The conflicts of an open visit.
pub fn of_visit(session: Session) -> Vec<Conflict> {
    if session.with(|record| record.conflicts() == 0) {
        return Vec::new();
    }
    session.ask(|scope| conflicts(scope.visit, &Words::Visit(scope))).unwrap_or_default()
}

/// The conflicts of one capture: its own, those of its items or of its cells.
pub fn conflicts_below(session: Session, key: String) -> AnyView {
    let items = format!("{key}.");
    let found = Memo::new(move |_| {
        let all = of_visit(session).into_iter();
        all.filter(|conflict| conflict.key == key || conflict.key.starts_with(&items)).collect::<Vec<_>>()
    });
    let keep: Keep = Arc::new(move |command, trouble| {
        trouble.set(session.send(command).err().map(|refused| refused.words()));
    });
    dynamic(move || cards(found.get(), session.store(), keep.clone()))
}

/// A card for each conflict.
pub fn cards(found: Vec<Conflict>, store: Store, keep: Keep) -> AnyView {
    let one = |conflict| card(conflict, store, keep.clone());
    found.into_iter().map(one).collect_view().into_any()
}

fn card(conflict: Conflict, store: Store, keep: Keep) -> AnyView {
    let ops: Vec<OpId> = conflict.values.iter().map(|claim| claim.touch.op.clone()).collect();
    let devices = asked(move || {
        let ops = ops.clone();
        async move { store.devices_of(&ops).await.unwrap_or_default() }
    });
    let trouble = RwSignal::new(None::<Text>);
    let label = conflict.label.clone();
    let claims = conflict.values.iter().enumerate();
    let claims = claims.map(|(at, one)| claim(one, at == 0, conflict.keep(&one.value), devices, keep.clone(), trouble));
    view! {
        <div class="notice is-warn conflict" role="group" data-conflict=conflict.key.clone()>
            <Icon name="triangle-alert"/>
            <div class="stack">
                <p><strong>{tf(move || words::history::CONFLICT_OF.with_texts(&[&label]))}</strong></p>
                <p class="hint">{t(&words::history::CONFLICT_HINT)}</p>
                <ul class="claims">{claims.collect_view()}</ul>
                <Trouble words=trouble/>
            </div>
        </div>
    }
    .into_any()
}

fn claim(
    one: &Claim,
    shown: bool,
    command: Command,
    devices: ReadSignal<Option<BTreeMap<OpId, String>>>,
    keep: Keep,
    trouble: RwSignal<Option<Text>>,
) -> AnyView {
    let (op, who) = (one.touch.op.clone(), one.touch.actor.clone());
    let when = one.touch.stamp().date_time();
    let device = move || devices.with(|known| known.as_ref().and_then(|known| known.get(&op).cloned()));
    let tag = shown.then(|| view! { <span class="tag">{t(&words::history::CONFLICT_SHOWN)}</span> });
    view! {
        <li>
            <span class="card-main">
                <strong>{tx(one.words.clone())}</strong>
                <span class="hint">{who} " · " <time>{when}</time> " · " {device} " " {tag}</span>
            </span>
            <button type="button" data-act="keep" on:click=move |_| keep(command.clone(), trouble)>
                {t(&words::history::CONFLICT_KEEP)}
            </button>
        </li>
    }
    .into_any()
}

/// At the head of a visit: how many conflicts there are, and the way to each.
pub fn visit_notice(session: Session) -> AnyView {
    let found = Memo::new(move |_| of_visit(session));
    let id = session.record().record.id.clone();
    let speech = lang();
    dynamic(move || {
        let list = found.get();
        if list.is_empty() {
            return ().into_any();
        }
        let count = list.len().to_string();
        let links = list.into_iter().filter_map(|conflict| {
            let step = conflict.step()?;
            let stage = step.split('.').next().unwrap_or("").to_owned();
            let href = Route::Stage(id.clone(), stage).href();
            let label = conflict.label;
            Some(view! {
                <li>
                    <a class="link" href=href on:click=move |_| reveal_later(&step)>
                        {move || label.get(speech.get()).to_owned()}
                    </a>
                </li>
            })
        });
        view! {
            <div class="notice is-warn" role="status" data-conflicts>
                <Icon name="triangle-alert"/>
                <div>
                    <p>{tf(move || words::history::CONFLICT_COUNT.with(&[&count]))}</p>
                    <ul class="conflict-links">{links.collect_view()}</ul>
                </div>
            </div>
        }
        .into_any()
    })
}

/// The mark of a record in a list.
pub fn mark(count: usize) -> Option<AnyView> {
    (count > 0).then(|| {
        view! {
            <span class="tag is-warn" data-torn>
                {tf(move || words::history::CONFLICT_COUNT.with(&[&count.to_string()]))}
            </span>
        }
        .into_any()
    })
}
