//! Says of a file whether it is whole, from whom, and what differs, and of a paper whether it says what the record says:
//! offline, on any phone, without taking anything in.

use super::one_of;
use crate::browser::{files, launch};
use crate::i18n::{t, tf, tx, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::coming::Verified;
use crate::widgets::bar::Bar;
use crate::widgets::choose::{ChooseFile, Refused};
use crate::widgets::icon::Icon;
use crate::widgets::paper_code::{AskForCode, Judged, PaperAnswer};
use crate::widgets::progress::{Progress, Work};
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::print::PaperCode;
use sitebook_core::text::Text;
use sitebook_core::verify::{Finding, RecordReport, Report, Sealing, Verdict};
use std::sync::Arc;

/// Most findings that are listed: nobody reads more.
const MOST: usize = 50;

/// The page.
#[component]
pub fn Verify(
    /// The code of a paper that was scanned.
    paper: Option<String>,
) -> impl IntoView {
    let store = Store::here();
    let work = Work::new();
    let trouble = RwSignal::new(None::<Text>);
    let found = RwSignal::new(None::<(String, Arc<Verified>)>);
    let typed = RwSignal::new(paper.unwrap_or_default());
    let judged = RwSignal::new(None::<Judged>);
    let judge = move |code: PaperCode| {
        spawn_local(async move {
            match store.judge_paper(&code).await {
                Ok(verdict) => drop(judged.try_set(Some((code, &words::PAPER_IN_HERE, verdict)))),
                Err(error) => drop(trouble.try_set(Some(error.words()))),
            }
        });
    };
    if let Some(code) = typed.with_untracked(|typed| PaperCode::parse(typed)) {
        judge(code);
    }
    let take = move |file: files::File| {
        if !work.begin() {
            return;
        }
        trouble.set(None);
        found.set(None);
        spawn_local(async move {
            let code = typed.with_untracked(|typed| PaperCode::parse(typed));
            match store.verify(&file, code.as_ref(), &|step| work.tell(step)).await {
                Ok(verified) => {
                    let _ = judged.try_set(code.map(|code| (code, &words::PAPER_IN_FILE, verified.paper)));
                    drop(found.try_set(Some((file.name(), Arc::new(verified)))));
                }
                Err(error) => drop(trouble.try_set(Some(error.words()))),
            }
            work.end();
        });
    };
    if let Some(file) = launch::take_opened() {
        take(file);
    }
    view! {
        <Bar title=Signal::derive(move || t(&words::files::VERIFY_TITLE)().to_owned()) back=Signal::derive(|| Route::More)/>
        <div class="page stack">
            <AskForCode typed take=judge/>
            <PaperAnswer judged=judged.into()/>
            <p class="hint">{t(&words::files::VERIFY_HINT)}</p>
            <ChooseFile id="verify-file" icon="file-text" take=take/>
            <Progress work/>
            <Refused words=trouble/>
            <div role="status" class="stack">
                {dynamic(move || found.get().map(|(name, verified)| answer(store, &name, &verified)).into_any())}
            </div>
        </div>
    }
}

/// How the verdict looks: icon, class, and the word that tests and style sheets know it by.
pub fn look(verdict: &Verdict) -> (&'static str, &'static str, &'static str) {
    match verdict {
        Verdict::Original(_) => ("circle-check", "is-good", "original"),
        Verdict::Unproven => ("triangle-alert", "is-warn", "unproven"),
        Verdict::Contradicted => ("octagon-x", "is-danger", "contradicted"),
        Verdict::Unreadable(_) => ("octagon-x", "is-danger", "unreadable"),
    }
}

fn answer(store: Store, name: &str, verified: &Verified) -> AnyView {
    let Verified { report, same, new, only_here, own, digest, paper: _ } = verified;
    let (icon, class, id) = look(&report.verdict);
    let text = match (*same, *new, *only_here) {
        (0, _, 0) => &words::files::VERIFY_NONE,
        (_, 0, 0) => &words::files::VERIFY_SAME,
        _ => &words::files::VERIFY_COUNTS,
    };
    let counts = [*same, *new, *only_here].map(|count| count.to_string());
    let digest = digest.clone();
    let known = !report.records.is_empty();
    let own = *own;
    view! {
        <section class=format!("verdict {class}") data-verdict=id>
            <Icon name=icon/>
            <div>
                <h2>{tx(report.headline())}</h2>
                <p>{tx(report.meaning())}</p>
                {report.source().map(|source| view! { <p class="hint">{tx(source)}</p> })}
                {own.then(|| view! { <p class="hint">{t(&words::files::VERIFY_OWN)}</p> })}
                <p class="hint number">{name.to_owned()}</p>
                {digest.map(|digest| view! { <p class="hint number">{tf(move || words::files::VERIFY_DIGEST.with(&[&digest]))}</p> })}
            </div>
        </section>
        {known
            .then(|| {
                view! {
                    <section class="stack">
                        <h2>{t(&words::files::VERIFY_HERE)}</h2>
                        <p data-verify-counts>
                            {tf(move || text.with(&counts.each_ref().map(String::as_str)))}
                        </p>
                    </section>
                }
            })}
        {findings(report)}
        {known.then(|| records(store, report))}
    }
    .into_any()
}

/// What speaks against it or should be known. Also for the page that takes files in.
pub fn findings(report: &Report) -> AnyView {
    if report.findings.is_empty() {
        return ().into_any();
    }
    let row = |finding: &Finding| {
        let (icon, class) = if finding.is_bad() { ("octagon-x", "is-danger") } else { ("info", "is-warn") };
        view! {
            <li class=format!("notice {class}") data-finding>
                <Icon name=icon/>
                <p>{tx(report.told(finding))}</p>
            </li>
        }
    };
    let more = report.findings.len().saturating_sub(MOST);
    let rows = report.findings.iter().take(MOST).map(row).collect_view();
    view! {
        <section class="stack">
            <h2>{t(&words::files::VERIFY_FINDINGS)}</h2>
            <ul class="cards">{rows}</ul>
            {(more > 0).then(|| view! { <p class="hint">{tf(move || words::files::VERIFY_MORE.with(&[&more.to_string()]))}</p> })}
        </section>
    }
    .into_any()
}

fn records(store: Store, report: &Report) -> AnyView {
    const AT_FIRST: usize = 100;
    let more = report.records.len().saturating_sub(AT_FIRST);
    let rows = report.records.iter().take(AT_FIRST).map(|one| record(store, one)).collect_view();
    view! {
        <section class="stack">
            <h2>{t(&words::files::VERIFY_RECORDS)}</h2>
            <ul class="cards">{rows}</ul>
            {(more > 0).then(|| view! { <p class="hint">{tf(move || words::files::VERIFY_MORE.with(&[&more.to_string()]))}</p> })}
        </section>
    }
    .into_any()
}

fn record(store: Store, record: &RecordReport) -> impl IntoView + use<> {
    let name = record.name.clone().or_else(|| record.number.clone()).unwrap_or_else(|| record.id.to_string());
    let number = record.name.as_ref().and(record.number.clone());
    let kind = record.kind.map(|kind| view! { <span class="tag">{tx(one_of(store, kind))}</span> });
    let devices = record
        .devices
        .iter()
        .map(|part| {
            let icon = match part.sealing {
                Sealing::Upto { .. } if part.after == 0 => "lock",
                Sealing::Broken => "octagon-x",
                _ => "lock-open",
            };
            view! {
                <span class="sealing" class:is-danger=part.sealing == Sealing::Broken>
                    <Icon name=icon/>
                    <span>
                        {tx(part.words())}
                        {part.gap_words().map(|words| view! { <span class="hint">{tx(words)}</span> })}
                    </span>
                </span>
            }
        })
        .collect_view();
    let changed = record
        .changed
        .iter()
        .map(|change| {
            view! {
                <span class="sealing is-warn">
                    <Icon name="triangle-alert"/>
                    <span>{tx(change.words())}</span>
                </span>
            }
        })
        .collect_view();
    view! {
        <li class="card" data-verified=record.id.to_string()>
            <span class="card-main">
                <strong>{name}</strong>
                <span class="hint number">{number}</span>
                {devices}
                {changed}
            </span>
            {kind}
        </li>
    }
}
