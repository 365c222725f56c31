//! What the records say in figures: the coming week, deadlines, kinds of work, time on site. Printable.

use super::order_choice;
use crate::browser::{clock, page};
use crate::i18n::{lang, t, tf, tx, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::figures::Ahead;
use crate::store::going::Step;
use crate::widgets::bar::Bar;
use crate::widgets::bars::{self, bars};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{asked, dynamic};
use leptos::prelude::*;
use sitebook_core::ledger::RecordKind;
use sitebook_core::text::Text;
use sitebook_core::time::{Stamp, span_words, weekday};
use sitebook_core::work::{Figures, load};
use std::collections::BTreeMap;

/// Periods to choose from, in days; zero is everything.
const PERIODS: [u32; 4] = [30, 90, 365, 0];
/// Days ahead, today among them.
const AHEAD: usize = 7;
const DAY: i64 = 86_400_000;

/// The page.
#[component]
pub fn Charts() -> impl IntoView {
    let store = Store::here();
    let period = RwSignal::new(PERIODS[0]);
    let progress = RwSignal::new((0_usize, 0_usize));
    let figures = asked(move || {
        store.changes().track();
        let days = period.get();
        async move {
            let now = clock::now();
            let tell = |step| match step {
                Step::Records(done, of) => progress.try_set((done, of)).is_none(),
                _ => true,
            };
            let since = if days == 0 { i64::MIN } else { now.at - i64::from(days) * DAY };
            let counted = store.figures(since, now.at, &tell).await.map_err(|error| error.words());
            (days, counted)
        }
    });
    let ahead = asked(move || {
        store.changes().track();
        async move { store.ahead().await.map_err(|error| error.words()) }
    });
    let title = Signal::derive(move || t(&words::charts::TITLE)().to_owned());
    let print = move |_| {
        page::print_as(&title.get_untracked());
    };
    view! {
        <Bar title back=Signal::derive(|| Route::Records(RecordKind::Visit))>
            <button type="button" class="quiet icon-only" data-act="print-charts" aria-label=t(&words::charts::PRINT) on:click=print>
                <Icon name="printer"/>
            </button>
        </Bar>
        <div class="page charts">
            <section>
                <h2>{t(&words::charts::LOAD)}</h2>
                <p class="hint">{t(&words::charts::LOAD_HINT)}</p>
                {dynamic(move || match ahead.get() {
                    None => ().into_any(),
                    Some(Err(words)) => view! { <p class="notice" role="alert">{tx(words)}</p> }.into_any(),
                    Some(Ok(ahead)) => load_chart(&ahead),
                })}
            </section>
            {periods(period)}
            {dynamic(move || match figures.get() {
                Some((days, Ok(figures))) if days == period.get() => counted(store, days, &figures),
                Some((_, Err(words))) => view! { <p class="notice" role="alert">{tx(words)}</p> }.into_any(),
                _ => {
                    let line = tf(move || {
                        let (done, of) = progress.get();
                        words::charts::READING.with(&[&done.to_string(), &of.to_string()])
                    });
                    view! { <p class="hint">{line}</p> }.into_any()
                }
            })}
        </div>
    }
}

/// The periods to choose from.
fn periods(period: RwSignal<u32>) -> AnyView {
    let name = |days: u32| match days {
        0 => words::charts::ALL.clone(),
        days => words::charts::DAYS.with(&[&days.to_string()]),
    };
    let buttons = PERIODS
        .into_iter()
        .map(|days| {
            view! {
                <button
                    type="button"
                    class="segment"
                    data-period=days.to_string()
                    aria-pressed=move || (period.get() == days).to_string()
                    on:click=move |_| period.set(days)
                >
                    {tx(name(days))}
                </button>
            }
        })
        .collect_view();
    view! { <div class="segments" role="group" aria-label=t(&words::charts::PERIOD)>{buttons}</div> }.into_any()
}

/// Visits and due dates of the coming days.
fn load_chart(ahead: &Ahead) -> AnyView {
    let now = clock::now();
    let (late_visits, visits) = load(ahead.visits.iter().copied(), now, AHEAD);
    let dues = ahead.dues.iter().copied();
    // What is due earlier today is overdue, not today's.
    let overdue = ahead.dues.iter().filter(|at| **at < now.at).count();
    let (_, dues) = load(dues.filter(|at| *at >= now.at), now, AHEAD);
    let mut all = vec![bars::Bar { label: words::charts::BEFORE.clone(), parts: vec![late_visits, overdue] }];
    for (place, ((day, visits), (_, dues))) in visits.into_iter().zip(dues).enumerate() {
        let label = if place == 0 { words::charts::TODAY.clone() } else { day_words(day) };
        all.push(bars::Bar { label, parts: vec![visits, dues] });
    }
    bars(&words::charts::LOAD, &[&words::charts::VISITS, &words::charts::DUES], all)
}

fn day_words(day: Stamp) -> Text {
    let date = day.date();
    let short = date.get(5..).unwrap_or_default();
    let named = |lang| format!("{} {short}", weekday(day, lang));
    Text::owned(named(crate::i18n::Lang::Zh), named(crate::i18n::Lang::En))
}

/// The charts of what was counted.
fn counted(store: Store, days: u32, figures: &Figures) -> AnyView {
    let visits = figures.visits.to_string();
    let since = Stamp { at: clock::now().at - i64::from(days) * DAY, tz: clock::now().tz }.date();
    let told = tf(move || match days {
        0 => words::charts::COUNTED_ALL.with(&[&visits]),
        _ => words::charts::COUNTED.with(&[&since, &visits]),
    });
    let total = figures.total();
    let ended = total.kept + total.missed;
    let share = (ended > 0).then(|| {
        let numbers = [total.kept, ended, total.kept * 100 / ended].map(|number| number.to_string());
        view! { <p class="hint">{tf(move || words::charts::KEPT_SHARE.with(&numbers.each_ref().map(String::as_str)))}</p> }
    });
    let deadlines = figures
        .deadlines
        .values()
        .map(|(title, kept)| bars::Bar { label: title.clone(), parts: vec![kept.kept, kept.missed, kept.running] });
    let parts = [&words::charts::KEPT, &words::charts::MISSED, &words::charts::RUNNING];
    let median = figures.median_on_site().map(|minutes| {
        let span = span_words(minutes * 60_000);
        let speech = lang();
        view! { <p class="hint">{tf(move || words::charts::ON_SITE_HINT.with(&[span.get(speech.get())]))}</p> }
    });
    view! {
        <p role="status" data-counted=figures.visits.to_string()>{told}</p>
        <section>
            <h2>{t(&words::charts::DEADLINES)}</h2>
            {share}
            {bars(&words::charts::DEADLINES, &parts, deadlines.collect())}
        </section>
        <section>
            <h2>{t(&words::charts::WORKS)}</h2>
            {bars(&words::charts::WORKS, &[&words::charts::NUMBER], choices(store, "kind", &figures.works))}
        </section>
        <section>
            <h2>{t(&words::charts::SEVERITIES)}</h2>
            {bars(&words::charts::SEVERITIES, &[&words::charts::NUMBER], choices(store, "severity", &figures.severities))}
        </section>
        <section>
            <h2>{t(&words::charts::ON_SITE)}</h2>
            {median}
            {bars(&words::charts::ON_SITE, &[&words::charts::NUMBER], spans(figures))}
        </section>
    }
    .into_any()
}

fn choices(store: Store, field: &str, counts: &BTreeMap<String, usize>) -> Vec<bars::Bar> {
    let bar = |(id, count): (&String, &usize)| bars::Bar { label: order_choice(store, field, id), parts: vec![*count] };
    counts.iter().map(bar).collect()
}

fn spans(figures: &Figures) -> Vec<bars::Bar> {
    let words = |minutes: i64| span_words(minutes * 60_000);
    let label = |from: i64, to: Option<i64>| match (from, to) {
        (0, Some(to)) => words::charts::UNDER.with_texts(&[&words(to)]),
        (from, Some(to)) => words::charts::BETWEEN.with_texts(&[&words(from), &words(to)]),
        (from, None) => words::charts::OVER.with_texts(&[&words(from)]),
    };
    let spans = figures.spans().into_iter();
    spans.map(|span| bars::Bar { label: label(span.from, span.to), parts: vec![span.count] }).collect()
}
