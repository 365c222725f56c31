//! Takes in a file: checked first, shown in words, written only on confirmation, all or nothing.

use super::{one_of, verify};
use crate::browser::{clock, files, launch, route};
use crate::i18n::{lang, t, tf, tx, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::coming::Checked;
use crate::store::erase::{ErasedElsewhere, StaysErased};
use crate::widgets::bar::Bar;
use crate::widgets::choose::{ChooseFile, Refused};
use crate::widgets::icon::Icon;
use crate::widgets::progress::{Progress, Work};
use crate::widgets::ui::{Show, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::exchange::{Exported, Preview};
use sitebook_core::ledger::RecordKind;
use sitebook_core::text::Text;
use sitebook_core::verify::{Report, Verdict};
use std::sync::Arc;

/// Records that are listed.
const MOST: usize = 100;

/// What the page knows of the file that was chosen.
#[derive(Clone, Copy)]
struct Chosen {
    file: StoredValue<Option<files::File>, LocalStorage>,
    checked: RwSignal<Option<Arc<Checked>>>,
    trouble: RwSignal<Option<Text>>,
    work: Work,
}

impl Chosen {
    fn take(self, store: Store, file: files::File) {
        if !self.work.begin() {
            return;
        }
        self.trouble.set(None);
        self.checked.set(None);
        self.file.set_value(Some(file.clone()));
        spawn_local(async move {
            match store.check(&file, &|step| self.work.tell(step)).await {
                Ok(found) => drop(self.checked.try_set(Some(Arc::new(found)))),
                Err(error) => drop(self.trouble.try_set(Some(error.words()))),
            }
            self.work.end();
        });
    }

    fn confirm(self, store: Store) {
        let (Some(file), Some(checked)) = (self.file.get_value(), self.checked.get_untracked()) else { return };
        if !self.work.begin() {
            return;
        }
        self.trouble.set(None);
        spawn_local(async move {
            match store.take_in(&file, &checked, &|step| self.work.tell(step)).await {
                Ok(visit) => {
                    let _ = self.checked.try_set(None);
                    let shown = visit.map_or(Route::Today, |id| Route::Show(RecordKind::Visit, id));
                    route::set(&shown.href());
                }
                Err(error) => drop(self.trouble.try_set(Some(error.words()))),
            }
            self.work.end();
        });
    }
}

/// The page.
#[component]
pub fn Import() -> impl IntoView {
    let store = Store::here();
    let file = StoredValue::new_local(None);
    let (checked, trouble) = (RwSignal::new(None::<Arc<Checked>>), RwSignal::new(None::<Text>));
    let chosen = Chosen { file, checked, trouble, work: Work::new() };
    // Opened with the app, or shared to it.
    spawn_local(async move {
        let file = match launch::take_opened() {
            Some(file) => Some(file),
            None => launch::take_shared().await,
        };
        if let Some(file) = file {
            chosen.take(store, file);
        }
    });
    let can_import = move || checked.with(|found| found.as_ref().is_some_and(|found| is_welcome(found)));
    view! {
        <Bar title=Signal::derive(move || t(&words::files::IMPORT_TITLE)().to_owned()) back=Signal::derive(|| Route::More)/>
        <div class="page has-primary stack">
            <p class="hint">{t(&words::files::IMPORT_HINT)}</p>
            <ChooseFile id="import-file" icon="upload" take=move |file| chosen.take(store, file)/>
            <Progress work=chosen.work/>
            <Refused words=trouble/>
            {dynamic(move || checked.get().map(|found| report(store, &found)).into_any())}
            {dynamic(move || {
                let tried = checked.with(Option::is_some) || trouble.with(Option::is_some);
                tried.then(|| details(file)).into_any()
            })}
            <Show when=can_import>
                <div class="primary-bar">
                    <button
                        type="button"
                        class="primary"
                        data-act="import"
                        disabled=move || chosen.work.is_going()
                        on:click=move |_| chosen.confirm(store)
                    >
                        {t(&words::files::IMPORT_CONFIRM)}
                    </button>
                </div>
            </Show>
        </div>
    }
}

/// The way to the page that says more of the file.
fn details(file: StoredValue<Option<files::File>, LocalStorage>) -> AnyView {
    let pass_on = move |_| {
        if let Some(file) = file.get_value() {
            launch::pass_on(file);
        }
        route::set(&Route::Verify.href());
    };
    view! {
        <button type="button" class="quiet" data-act="verify" on:click=pass_on>
            <Icon name="file-text"/>
            {t(&words::files::IMPORT_VERIFY)}
        </button>
    }
    .into_any()
}

/// Whether it may be taken in, and there is something to take.
fn is_welcome(found: &Checked) -> bool {
    let altered = found.report.as_ref().is_some_and(|report| report.verdict == Verdict::Contradicted);
    !altered && !found.preview.is_idle()
}

/// What the seals and the signature say, in short.
fn proof(report: &Report) -> AnyView {
    let (icon, class, id) = verify::look(&report.verdict);
    let altered = report.verdict == Verdict::Contradicted;
    view! {
        <div class=format!("notice {class}") data-proof=id>
            <Icon name=icon/>
            <div>
                <p><strong>{tx(report.headline())}</strong></p>
                {altered.then(|| view! { <p data-file-error>{t(&words::files::IMPORT_ALTERED)}</p> })}
            </div>
        </div>
    }
    .into_any()
}

fn stays_erased(erased: StaysErased) -> AnyView {
    let StaysErased { entries, at, by } = erased;
    let (entries, at) = (entries.to_string(), at.date_time());
    view! {
        <div class="notice is-warn" data-stays-erased>
            <Icon name="ban"/>
            <p>{tf(move || words::erase::ERASED_STAYS.with(&[&entries, &at, &by]))}</p>
        </div>
    }
    .into_any()
}

/// A customer who was erased on another device: this file has nothing of them, or would bring them back.
fn erased_elsewhere(erased: &ErasedElsewhere, preview: &Preview) -> AnyView {
    let ErasedElsewhere { customer, at, by, back } = erased;
    let line = preview.records.iter().find(|line| line.id == customer.as_str());
    let name = line.map_or_else(|| Text::same("?"), |line| line.name.clone());
    let (by, at) = (Text::same(by), Text::same(&at.date_time()));
    let comes = *back > 0;
    let words = if comes { &words::erase::ERASED_BACK } else { &words::erase::ERASED_TOLD };
    view! {
        <div class="notice is-warn" data-erased-elsewhere=if comes { "back" } else { "told" }>
            <Icon name=if comes { "triangle-alert" } else { "info" }/>
            <p>{tx(words.with_texts(&[&by, &at, &name]))}</p>
        </div>
    }
    .into_any()
}

fn report(store: Store, found: &Checked) -> AnyView {
    let Checked { exported, report, preview, erased, elsewhere, .. } = found;
    let (exported, erased) = (exported.clone(), erased.clone());
    let elsewhere = elsewhere.iter().map(|erased| erased_elsewhere(erased, preview)).collect_view();
    let altered = report.as_ref().is_some_and(|report| report.verdict == Verdict::Contradicted);
    view! {
        {report.as_ref().map(proof)}
        {(!altered).then_some(elsewhere)}
        {(!altered).then(|| brings(store, preview, exported, erased, report.is_none()))}
    }
    .into_any()
}

/// What the import would bring.
fn brings(store: Store, preview: &Preview, exported: Exported, erased: Option<StaysErased>, alone: bool) -> AnyView {
    let from = tf(move || words::files::IMPORT_FROM.with(&[&exported.by, &exported.company, &exported.at.date_time()]));
    let (new, all) = (preview.new_records(), preview.records.len());
    let pictures = preview.new_pictures + preview.same_pictures;
    let numbers = [preview.new_ops, preview.same_ops, new, all - new, pictures].map(|number| number.to_string());
    let counts = tf(move || words::files::IMPORT_COUNTS.with(&numbers.each_ref().map(String::as_str)));
    let idle = preview.is_idle();
    let missing = preview.missing.len();
    let speech = lang();
    let now = clock::now();
    let lines = preview
        .records
        .iter()
        .take(MOST)
        .map(|line| {
            let name = line.name.clone();
            let number = line.number.clone();
            let kind = line.kind.map(|kind| view! { <span class="tag">{tx(one_of(store, kind))}</span> });
            view! {
                <li class="card">
                    <span class="card-main">
                        <strong>{move || name.get(speech.get()).to_owned()}</strong>
                        <span class="hint number">{number}</span>
                    </span>
                    {kind}
                </li>
            }
        })
        .collect_view();
    let more = preview.records.len().saturating_sub(MOST);
    let ahead = preview.newest.filter(|newest| newest.at > now.at + 60_000);
    view! {
        <div class="notice">
            <Icon name="info"/>
            <div>
                {alone.then(|| view! { <p>{t(&words::files::IMPORT_WHOLE)}</p> })}
                <p class="hint">{from}</p>
                <p class="hint" data-import-counts>{counts}</p>
                {(idle && erased.is_none()).then(|| view! { <p>{t(&words::files::IMPORT_NOTHING)}</p> })}
                {(missing > 0)
                    .then(|| view! { <p>{tf(move || words::files::IMPORT_MISSING.with(&[&missing.to_string()]))}</p> })}
                {ahead
                    .map(|newest| {
                        view! {
                            <p class="is-warn" data-ahead>
                                {tf(move || words::files::IMPORT_AHEAD.with(&[&newest.date_time()]))}
                            </p>
                        }
                    })}
            </div>
        </div>
        {erased.map(stays_erased)}
        <ul class="cards">{lines}</ul>
        {(more > 0).then(|| view! { <p class="hint">{tf(move || words::files::VERIFY_MORE.with(&[&more.to_string()]))}</p> })}
    }
    .into_any()
}
