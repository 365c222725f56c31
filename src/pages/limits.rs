//! Rules and limits: every number that the norms leave open, with its source, its default and what holds here.

use crate::i18n::{lang, t, tf, tx, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::commit::{Job, commit};
use crate::widgets::bar::Bar;
use crate::widgets::inputs::{SendValue, ValueInput};
use crate::widgets::ui::{Show, Trouble, asked};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::calendar::{Days, Freeze, Weekly};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind};
use sitebook_core::template::{Limit, LimitKind, Operand};
use sitebook_core::text::{Lang, Text};
use sitebook_core::value::{Value, number_words};
use sitebook_core::work::{Command, clock_window};
use std::sync::Arc;

const GROUPS: [(&str, &Text); 7] = [
    ("visit", &words::GROUP_VISIT),
    ("window", &words::GROUP_WINDOW),
    ("engineering", &words::GROUP_ENGINEERING),
    ("support", &words::GROUP_SUPPORT),
    ("reports", &words::GROUP_REPORTS),
    ("conduct", &words::GROUP_CONDUCT),
    ("numbering", &words::GROUP_NUMBERING),
];

/// The page.
#[component]
pub fn Limits() -> impl IntoView {
    let store = Store::here();
    let content = store.content();
    let profile = asked(move || {
        store.changes().track();
        async move { store.view(&RecordId::profile()).await.ok().flatten().map(|view| view.record) }
    });
    // Rows are drawn once; what they hold follows the record.
    let record = Memo::new(move |_| profile.get().flatten());
    let known = |group: &str| GROUPS.iter().any(|(id, _)| *id == group);
    let mut groups: Vec<(&'static Text, Vec<Limit>)> = GROUPS
        .iter()
        .map(|(id, title)| {
            (*title, content.library.limits.values().filter(|limit| limit.group == *id).cloned().collect())
        })
        .collect();
    let rest = content.library.limits.values().filter(|limit| !known(&limit.group)).cloned().collect();
    groups.push((&words::GROUP_OTHER, rest));
    let sections = groups
        .into_iter()
        .filter(|(_, limits)| !limits.is_empty())
        .map(|(title, limits)| {
            let rows = limits.into_iter().map(|limit| row(store, limit, record)).collect_view();
            view! {
                <section class="stack">
                    <h2>{t(title)}</h2>
                    {rows}
                </section>
            }
        })
        .collect_view();
    let years = (2020..2100).filter(|year| content.library.days.known(*year)).map(|year| year.to_string());
    let years = years.collect::<Vec<_>>().join(", ");
    view! {
        <Bar title=Signal::derive(move || t(&words::LIMITS_TITLE)().to_owned()) back=Signal::derive(|| Route::More)/>
        <div class="page">
            <p class="hint">{t(&words::LIMITS_HINT)}</p>
            {sections}
            <p class="hint">{tf(move || words::LIMITS_HOLIDAYS.with(&[&years]))}</p>
        </div>
    }
}

/// What is wrong with a value of this kind, in words.
fn fault(kind: &LimitKind, value: &Value) -> Option<Text> {
    let text = value.as_text()?;
    match kind {
        LimitKind::ClockWindow if clock_window(text).is_none() => {
            Some(Text::of("时段请写成 00:00-06:00 的样子。", "Write a window like 00:00-06:00."))
        }
        LimitKind::WeeklyHours => Weekly::parse(text).err().map(|error| error.words()),
        LimitKind::Freeze => Freeze::parse(text).err()?.first().map(|error| error.words()),
        _ => None,
    }
}

fn row(store: Store, limit: Limit, record: Memo<Option<Record>>) -> AnyView {
    let field = limit.field_id();
    let id = format!("in-{field}");
    let capture = limit.field();
    let value = {
        let field = field.clone();
        Memo::new(move |_| {
            record.with(|record| record.as_ref()?.value(&field).filter(|value| !value.is_empty()).cloned())
        })
    };
    let trouble = RwSignal::new(None::<Text>);
    let kind = limit.kind.clone();
    let holidays = limit.id == "holidays";
    let send: SendValue = Arc::new(move |value| {
        let wrong = match (holidays, value.as_text()) {
            (true, Some(text)) => Days::parse(text).err().and_then(|errors| errors.first().map(|error| error.words())),
            _ => fault(&kind, &value),
        };
        if let Some(words) = wrong {
            return Err(words);
        }
        let exists = record.with_untracked(Option::is_some);
        let values = [(field.clone(), value)].into_iter().collect();
        let command = match exists {
            true => Command::Edit { values },
            false => Command::Create { kind: RecordKind::Profile, number: None, template: None, values },
        };
        let job = Job::new(RecordId::profile(), command, &store.profile.now().name);
        spawn_local(async move {
            let words = commit(store, job).await.err().map(|error| error.words());
            let _ = trouble.try_set(words);
        });
        Ok(())
    });
    let speech = lang();
    let default = limit.default.clone();
    let blank = limit.blank.clone().filter(|_| default.is_none());
    let unset = default.is_none() && blank.is_none();
    let is_default = move || value.get().is_none();
    let kind = limit.kind.clone();
    let default_words = Signal::derive(move || default.as_ref().map(|default| in_words(&kind, default, speech.get())));
    let (title, hint, source, per_customer) = (limit.title, limit.hint, limit.source, limit.customer);
    view! {
        <div class="capture limit" data-limit=limit.id>
            <label for=id.clone()>{tx(title.clone())}</label>
            <ValueInput id kind=capture.kind value send name=tx(title)/>
            <p class="hint">
                {hint.map(|hint| view! { {tx(hint)} " " })}
                {move || default_words.get().map(|words| format!("{} · ", words::LIMITS_DEFAULT.with(&[&words]).get(speech.get())))}
                {tf(move || words::LIMITS_SOURCE.with(&[&source]))}
                {per_customer.then(|| view! { " · " {t(&words::LIMITS_CUSTOMER)} })}
                {blank.map(|blank| view! { " · " {tx(blank)} })}
            </p>
            <Show when=move || unset && is_default()>
                <p class="field-error" data-unset>{t(&words::LIMITS_UNSET)}</p>
            </Show>
            <Trouble words=trouble/>
        </div>
    }
    .into_any()
}

fn in_words(kind: &LimitKind, default: &Operand, lang: Lang) -> String {
    match (kind, default) {
        (LimitKind::Number { unit, .. }, Operand::Number(number)) => {
            let unit = unit.as_ref().map_or("", |unit| unit.get(lang));
            format!("{} {unit}", number_words(*number)).trim().to_owned()
        }
        (LimitKind::Choice { options }, Operand::Field(id)) => {
            let option = options.iter().find(|option| option.id == *id);
            option.map_or_else(|| id.clone(), |option| option.text.get(lang).to_owned())
        }
        (_, Operand::Field(words)) => words.clone(),
        (_, Operand::Number(number)) => number_words(*number),
    }
}
