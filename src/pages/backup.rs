//! Part of *More*: everything on this device as one file, saved or sent; when that was last done.

use crate::browser::sink::{Choice, Sink};
use crate::browser::{files, folder};
use crate::i18n::{lang, t, tf, words};
use crate::store::copies::Copies;
use crate::store::transfer::Made;
use crate::store::{Store, StoreError};
use crate::widgets::icon::Icon;
use crate::widgets::progress::{Progress, Work};
use crate::widgets::send::hand_over;
use crate::widgets::ui::{Trouble, asked, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::text::Text;
use sitebook_core::time::Stamp;

/// What was made, in words: each its own line.
fn told(made: &Made) -> Vec<Text> {
    let (sent, size) = (&made.sent, files::size_words(made.size));
    let counts = [sent.records.to_string(), sent.pictures.to_string()];
    let mut lines = vec![words::files::BACKUP_DONE.with(&[&made.name, &counts[0], &counts[1], &size])];
    if sent.missing > 0 {
        lines.push(words::files::BACKUP_MISSING.with(&[&sent.missing.to_string()]));
    }
    if !sent.signed {
        lines.push(words::files::BACKUP_UNSIGNED.clone());
    }
    lines
}

/// The section.
#[component]
pub fn Backup() -> impl IntoView {
    let store = Store::here();
    let speech = lang();
    let work = Work::new();
    let lines = RwSignal::new(Vec::<Text>::new());
    let made = StoredValue::new_local(None::<Made>);
    let can_send = RwSignal::new(false);
    let begin = move |_| {
        if !work.begin() {
            return;
        }
        lines.set(Vec::new());
        can_send.set(false);
        spawn_local(async move {
            match back_up(store, work).await {
                Ok(Some(done)) => {
                    let _ = lines.try_set(told(&done));
                    let _ = can_send.try_set(done.file.is_some() && files::can_share());
                    let _ = made.try_set_value(Some(done));
                }
                Ok(None) => {}
                Err(words) => drop(lines.try_set(vec![words])),
            }
            work.end();
        });
    };
    let send = move |_| {
        let Some(made) = made.get_value() else { return };
        spawn_local(async move {
            if let Some(words) = hand_over(&made, true).await {
                let _ = lines.try_set(vec![words]);
            }
        });
    };
    view! {
        <section class="stack">
            <h2>{t(&words::BACKUP)}</h2>
            <Last/>
            <button type="button" class="primary" data-act="export-all" disabled=move || work.is_going() on:click=begin>
                <Icon name="download"/>
                {t(&words::MORE_EXPORT_ALL)}
            </button>
            <Progress work/>
            <div role="status" data-backup-told>
                {move || {
                    lines.get().into_iter().map(|line| view! { <p class="hint">{line.get(speech.get()).to_owned()}</p> }).collect_view()
                }}
            </div>
            {dynamic(move || {
                can_send
                    .get()
                    .then(|| {
                        view! {
                            <button type="button" class="quiet" data-act="send-backup" on:click=send>
                                <Icon name="share-2"/>
                                {t(&words::files::BACKUP_SHARE)}
                            </button>
                        }
                    })
                    .into_any()
            })}
            <p class="hint">{t(&words::MORE_EXPORT_HINT)}</p>
            {folder::is_available().then(|| view! { <IntoFolder/> })}
        </section>
    }
}

/// Makes it. `None` if the user does not want to say where.
async fn back_up(store: Store, work: Work) -> Result<Option<Made>, Text> {
    let name = Store::backup_name();
    let (sink, asked) = match Sink::choose(&name).await {
        Choice::Here(sink) => (sink, true),
        Choice::NotAsked => (Sink::large(&name).await, false),
        Choice::Cancelled => return Ok(None),
    };
    let on_disk = sink.is_on_disk();
    let before = store.entries().await.map_err(|error| error.words())?;
    let make = async |sink| store.export_all(&store.profile.now(), sink, &|step| work.tell(step)).await;
    let made = match make(sink).await {
        // The disk was fuller than the browser said: it may still find room in memory.
        Err(StoreError::File(_)) if on_disk && !asked => make(Sink::pieces(&name)).await,
        made => made,
    };
    let made = made.map_err(|error| error.words())?;
    if let Some(file) = &made.file {
        files::save_file(file).map_err(|error| error.words())?;
    }
    store.backed_up(before);
    Ok(Some(made))
}

/// When it was last done, and how much was entered since.
#[component]
fn Last() -> impl IntoView {
    let store = Store::here();
    let entries = asked(move || {
        store.changes().track();
        async move { store.entries().await.unwrap_or(0) }
    });
    let line = tf(move || {
        let (count, at) = store.profile.with(|settings| (settings.exported.unwrap_or(0), settings.exported_at));
        match at {
            Some(at) => {
                let at = Stamp { at, tz: crate::browser::clock::now().tz };
                let since = entries.get().unwrap_or(count).saturating_sub(count);
                let text = if since == 0 { &words::files::BACKUP_CURRENT } else { &words::files::BACKUP_LAST };
                text.with(&[&at.date_time(), &since.to_string()])
            }
            None => words::files::BACKUP_NEVER.clone(),
        }
    });
    view! { <p data-backup-last>{line}</p> }
}

/// Copies that make themselves, where the browser can write into a folder.
#[component]
fn IntoFolder() -> impl IntoView {
    let store = Store::here();
    let looked = RwSignal::new(0_u32);
    let trouble = RwSignal::new(None::<Text>);
    let state = move || {
        let _ = (looked.get(), store.copying.get());
        store.copies()
    };
    let look = move || {
        let _ = looked.try_update(|count| *count += 1);
    };
    let choose = move |_| {
        trouble.set(None);
        spawn_local(async move {
            let Some(folder) = folder::Folder::choose().await else { return };
            match store.copy_into(&folder).await {
                Ok(()) => store.copy(true).await,
                Err(error) => drop(trouble.try_set(Some(error.words()))),
            }
            look();
        });
    };
    let again = move |_| {
        spawn_local(async move {
            if store.allow_copies().await {
                store.copy(true).await;
            }
            look();
        });
    };
    let stop = move |_| {
        spawn_local(async move {
            if let Err(error) = store.stop_copies().await {
                let _ = trouble.try_set(Some(error.words()));
            }
            look();
        });
    };
    let button = move |act: &'static str,
                       text: &'static Text,
                       on: std::sync::Arc<dyn Fn(leptos::ev::MouseEvent) + Send + Sync>| {
        view! {
            <button type="button" class="quiet" data-act=act disabled=move || store.copying.get() on:click=move |event| on(event)>
                {t(text)}
            </button>
        }
    };
    view! {
        <h3>{t(&words::COPIES)}</h3>
        <div class="stack" data-copies role="status">
            {dynamic(move || match state() {
                None => view! {
                    <p class="hint">{t(&words::files::COPIES_HINT)}</p>
                    {button("copy-into", &words::files::COPIES_CHOOSE, std::sync::Arc::new(choose))}
                }
                .into_any(),
                Some(copies) => {
                    let working = store.copying.get();
                    let lapsed = copies.lapsed;
                    let failed = copies.trouble.clone();
                    let line = tf(move || copies_line(&copies, working));
                    view! {
                        <p>{line}</p>
                        {failed.map(|words| view! { <p class="notice is-warn">{crate::i18n::tx(words)}</p> })}
                        {lapsed.then(|| view! { <p class="notice is-warn">{t(&words::files::COPIES_LAPSED)}</p> })}
                        {if lapsed {
                            button("copy-allow", &words::files::COPIES_ALLOW, std::sync::Arc::new(again))
                        } else {
                            button("copy-now", &words::files::COPIES_NOW, std::sync::Arc::new(again))
                        }}
                        {button("copy-stop", &words::files::COPIES_STOP, std::sync::Arc::new(stop))}
                    }
                    .into_any()
                }
            })}
            <Trouble words=trouble/>
        </div>
    }
}

fn copies_line(copies: &Copies, working: bool) -> Text {
    let tz = crate::browser::clock::now().tz;
    match copies.at {
        _ if working => words::files::COPIES_WORKING.with(&[&copies.folder]),
        Some(at) => words::files::COPIES_LAST.with(&[&copies.folder, &Stamp { at, tz }.date_time()]),
        None => words::files::COPIES_NONE.with(&[&copies.folder]),
    }
}
