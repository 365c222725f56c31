//! The handbook: search, guidance by moment and by place, phrases to use and to avoid.

use crate::browser::files;
use crate::i18n::{lang, named, t, tx, words};
use crate::route::{Route, Shelf};
use crate::store::handbook::Guide;
use crate::store::local;
use crate::store::settings::Profile;
use crate::widgets::bar::Bar;
use crate::widgets::find::FindField;
use crate::widgets::guidance::{entry, moment_words, place_words, with_guide};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::handbook::{Entry, Handbook, Hit, Moment, Phrase, Place, Say, search};
use sitebook_core::text::{Lang, Text};

/// Where the dress profile chosen for reading is kept.
const DRESS: &str = "sitebook.dress";

/// The page.
#[component]
pub fn HandbookPage(
    /// Which part of it.
    shelf: Shelf,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let dress = RwSignal::new(local::get::<String>(DRESS));
    let title = match shelf {
        Shelf::Home => &words::NAV_HANDBOOK,
        Shelf::Moment(moment) => moment_words(moment),
        Shelf::Place(place) => place_words(place),
        Shelf::Use => &words::handbook::USE,
        Shelf::Avoid => &words::handbook::AVOID,
    };
    let title = Signal::derive(move || t(title)().to_owned());
    let bar = if shelf == Shelf::Home {
        view! { <Bar title/> }.into_any()
    } else {
        view! { <Bar title back=Signal::derive(|| Route::Handbook(Shelf::Home))/> }.into_any()
    };
    let speech = lang();
    view! {
        {bar}
        <div class="page">
            <FindField label=&words::handbook::FIND name="handbook" id="find-in-handbook" typed typing=move |words| typed.set(words)/>
            {with_guide(move |guide| {
                let words = typed.get();
                if !words.trim().is_empty() {
                    return hits(&guide.book, &search(&guide.book, &words, speech.get()));
                }
                match shelf {
                    Shelf::Home => home(guide, dress),
                    Shelf::Moment(moment) => entries(&guide.book, dress, move |one| one.moments.contains(&moment)),
                    Shelf::Place(place) => entries(&guide.book, dress, move |one| one.places.contains(&place)),
                    Shelf::Use => phrases(&guide.book, Say::Use),
                    Shelf::Avoid => phrases(&guide.book, Say::Avoid),
                }
            })}
        </div>
    }
}

fn hits(book: &Handbook, hits: &[Hit<'_>]) -> AnyView {
    if hits.is_empty() {
        return view! { <p class="empty" role="status" data-none>{t(&words::FIND_NONE)}</p> }.into_any();
    }
    let rows = hits.iter().map(|hit| match hit {
        Hit::Entry(found) => entry(found),
        Hit::Phrase(found) => phrase(found, book.category(&found.category).map(|category| &category.title)),
    });
    view! { <ul class="guides" data-hits>{rows.collect_view()}</ul> }.into_any()
}

fn home(guide: &Guide, dress: RwSignal<Option<String>>) -> AnyView {
    let book = &guide.book;
    let count = |fits: &dyn Fn(&Entry) -> bool| book.entries().filter(|entry| fits(entry)).count();
    let moments = Moment::ALL.into_iter().map(|moment| {
        let count = count(&|entry| entry.moments.contains(&moment));
        shelf_card(Shelf::Moment(moment), moment_words(moment), count)
    });
    let places = Place::ALL.into_iter().map(|place| {
        let count = count(&|entry| entry.places.contains(&place));
        shelf_card(Shelf::Place(place), place_words(place), count)
    });
    let said = |say: Say| {
        let is_it = |phrase: &&Phrase| book.category(&phrase.category).is_some_and(|category| category.say == say);
        book.phrases().filter(is_it).count()
    };
    view! {
        <section>
            <h2>{t(&words::handbook::PHRASES)}</h2>
            <ul class="cards shelves">
                {shelf_card(Shelf::Use, &words::handbook::USE, said(Say::Use))}
                {shelf_card(Shelf::Avoid, &words::handbook::AVOID, said(Say::Avoid))}
            </ul>
        </section>
        <section>
            <h2>{t(&words::handbook::MOMENTS)}</h2>
            <ul class="cards shelves">{moments.collect_view()}</ul>
        </section>
        <section>
            <h2>{t(&words::handbook::PLACES)}</h2>
            <ul class="cards shelves">{places.collect_view()}</ul>
        </section>
        <section>
            <h2>{t(&words::handbook::DRESS)}</h2>
            {dresses(book, dress)}
        </section>
    }
    .into_any()
}

fn shelf_card(shelf: Shelf, words: &'static Text, count: usize) -> AnyView {
    view! {
        <li>
            <a class="card" href=Route::Handbook(shelf).href()>
                <strong class="card-main">{t(words)}</strong>
                <span class="card-end">{count}</span>
            </a>
        </li>
    }
    .into_any()
}

/// Which dress profile guidance is shown for.
fn dresses(book: &Handbook, chosen: RwSignal<Option<String>>) -> AnyView {
    let default = book.dress(None).map(|dress| dress.id.clone());
    let now = Memo::new(move |_| chosen.get().or_else(|| default.clone()));
    let buttons = book.dresses().cloned().map(|dress| {
        let (id, this) = (dress.id.clone(), dress.id.clone());
        let is_on = move || now.with(|now| now.as_deref() == Some(this.as_str()));
        let choose = move |_| {
            local::set(DRESS, &id);
            chosen.set(Some(id.clone()));
        };
        view! {
            <button type="button" class="chip is-choice" data-dress=dress.id aria-pressed=move || is_on().to_string() on:click=choose>
                {tx(dress.title)}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    let all: Vec<_> = book.dresses().map(|dress| (dress.id.clone(), dress.text.clone())).collect();
    let speech = lang();
    let about = move || {
        let now = now.get();
        let found = all.iter().find(|(id, _)| Some(id) == now.as_ref());
        found.map(|(_, text)| text.get(speech.get()).to_owned())
    };
    view! {
        <div class="chips" role="group" aria-label=t(&words::handbook::DRESS)>{buttons}</div>
        <p class="hint">{about}</p>
    }
    .into_any()
}

fn entries(
    book: &Handbook,
    dress: RwSignal<Option<String>>,
    fits: impl Fn(&Entry) -> bool + Send + Sync + 'static,
) -> AnyView {
    let all: Vec<Entry> = book.entries().filter(|entry| fits(entry)).cloned().collect();
    let default = book.dress(None).map(|dress| dress.id.clone());
    let hides = all.iter().any(|entry| !entry.profiles.is_empty());
    let list = dynamic(move || {
        let dress = dress.get().or_else(|| default.clone()).unwrap_or_default();
        let shown = all.iter().filter(|one| one.profiles.is_empty() || one.profiles.contains(&dress));
        view! { <ul class="guides">{shown.map(entry).collect_view()}</ul> }.into_any()
    });
    let choice = hides.then(|| dresses(book, dress));
    view! {
        {choice}
        {list}
    }
    .into_any()
}

fn phrases(book: &Handbook, say: Say) -> AnyView {
    let groups = book.categories().filter(|category| category.say == say).map(|category| {
        let rows = book.phrases().filter(|one| one.category == category.id).map(|one| phrase(one, None));
        view! {
            <section role="group" aria-label=tx(category.title.clone())>
                <h2>{tx(category.title.clone())}</h2>
                <p class="hint">{tx(category.text.clone())}</p>
                <ul class="guides">{rows.collect_view()}</ul>
            </section>
        }
    });
    view! { {groups.collect_view()} }.into_any()
}

/// The words with company and name of the profile in their places.
fn filled(words: &str, profile: Profile) -> String {
    let settings = profile.now();
    words.replace("{company}", &settings.company).replace("{name}", &settings.name)
}

/// A phrase; its category is told where others stand beside it.
fn phrase(phrase: &Phrase, category: Option<&Text>) -> AnyView {
    let profile = Profile::here();
    let said = filled(&phrase.words, profile);
    let meaning = filled(&phrase.meaning, profile);
    let category = category.cloned();
    let speech = lang();
    let better = phrase.instead.clone();
    let is_bad = better.is_some();
    let better_line = better.clone().map(|better| {
        view! {
            <p class="phrase-better">
                <Icon name="check"/>
                <span>
                    <span class="unseen">{t(&words::handbook::INSTEAD)} " "</span>
                    <span lang="zh-CN">{better.zh.to_string()}</span>
                    {move || (speech.get() == Lang::En).then(|| format!(" · {}", better.en))}
                </span>
            </p>
        }
    });
    let copied = better.map_or_else(|| said.clone(), |better| better.zh.to_string());
    view! {
        <li class=if is_bad { "guide phrase is-must-not" } else { "guide phrase" } data-phrase=phrase.id.clone()>
            <div class="phrase-main">
                <p class="guide-head">
                    <strong lang="zh-CN">{said}</strong>
                    {category.map(|category| view! { <span class="tag">{tx(category)}</span> })}
                </p>
                <Show when=move || speech.get() == Lang::En>
                    <p>{meaning.clone()}</p>
                </Show>
                {better_line}
                <p class="hint">{phrase.clause.clone()}</p>
            </div>
            <Copy text=copied/>
        </li>
    }
    .into_any()
}

/// Puts a phrase on the clipboard, and says so on the button.
#[component]
fn Copy(
    /// The phrase.
    text: String,
) -> impl IntoView {
    let done = RwSignal::new(None::<bool>);
    let phrase = Signal::stored(text.clone());
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let copied = files::copy(&text).await;
            let _ = done.try_set(Some(copied));
        });
    };
    let word = move || match done.get() {
        None => &words::handbook::COPY,
        Some(true) => &words::handbook::COPIED,
        Some(false) => &words::handbook::NOT_COPIED,
    };
    let icon = Signal::derive(move || if done.get() == Some(true) { "check" } else { "copy" });
    view! {
        <button type="button" class="quiet icon-only" data-act="copy-phrase" aria-label=named(word, phrase) title=move || t(word())() on:click=copy>
            <Icon name=icon/>
        </button>
    }
}
