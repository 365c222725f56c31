//! Reminding while the app is alive: what is near now, the badge, and a notification for each reminder, once.
//!
//! When the app is closed nothing here runs; the phone's own calendar then rings, for what was put into it
//! ([`super::agenda`]).

use super::upcoming::Upcoming;
use super::{Store, local};
use crate::browser::{clock, notify, page, timers};
use crate::i18n::{preferred, words};
use crate::route::Route;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ledger::RecordKind;
use sitebook_core::text::Text;
use sitebook_core::time::{Stamp, span_words};
use sitebook_core::work::reminder;
use std::cell::Cell;
use std::collections::BTreeSet;

/// What was told already, until it is over.
const TOLD: &str = "sitebook.rung";
/// How often it is looked.
const TICK: u32 = 30_000;
/// What could not be read or told is tried again after so many milliseconds, then at the next look. A browser on a busy
/// machine was seen to show nothing at first, for no reason that could be found.
const AGAIN_AFTER: [u32; 3] = [2_000, 4_000, 8_000];
/// Changes come in bursts while somebody fills in a step; they are looked at when they rest, not in the way of a tap.
const REST: u32 = 1_500;
/// No reminder comes earlier than this before something.
const HORIZON: i64 = 15 * 24 * 3_600_000;
/// What is late for longer was known long ago: the badge counts it, nothing rings.
const STALE: i64 = 24 * 3_600_000;
/// More at once become one notification.
const AT_ONCE: usize = 3;

thread_local! {
    static ASKED: Cell<bool> = const { Cell::new(false) };
    /// One look at a time: two would tell the same twice.
    static LOOKING: Cell<bool> = const { Cell::new(false) };
    static ONCE_MORE: Cell<bool> = const { Cell::new(false) };
    static FAILED: Cell<usize> = const { Cell::new(0) };
}

/// Looks soon, after changes, when the page comes back into sight, and now and then.
pub fn start(store: Store) {
    let look = move || spawn_local(look_once(store));
    timers::every(TICK, look).keep();
    page::on_visibility_shown(look).keep();
    Effect::new(move |_| {
        store.changes().track();
        if !ASKED.replace(true) {
            spawn_local(async move {
                rest(store).await;
                ASKED.set(false);
                look_once(store).await;
            });
        }
    });
}

/// Comes back when nothing has changed for a while.
async fn rest(store: Store) {
    loop {
        let before = store.changes().get_untracked();
        timers::sleep(REST).await;
        if store.changes().get_untracked() == before {
            return;
        }
    }
}

/// Looks now, or once more when the look that is under way has ended.
pub async fn look_once(store: Store) {
    if LOOKING.replace(true) {
        ONCE_MORE.set(true);
        return;
    }
    let mut whole = look(store).await;
    while ONCE_MORE.replace(false) {
        whole = look(store).await;
    }
    LOOKING.set(false);
    let failed = if whole { 0 } else { FAILED.get() + 1 };
    FAILED.set(failed);
    if let Some(delay) = failed.checked_sub(1).and_then(|index| AGAIN_AFTER.get(index)) {
        timers::later(*delay, move || spawn_local(look_once(store)));
    }
}

/// Reads what is ahead, shows what is near, tells what was not told. `false` when something could not be read or told.
async fn look(store: Store) -> bool {
    let now = clock::now();
    // Lists tell of trouble with reading.
    let Ok(ahead) = store.upcoming(now.at.saturating_add(HORIZON), now.at).await else { return false };
    let late = ahead.iter().filter(|one| one.at < now.at).count();
    page::set_badge(u32::try_from(late).unwrap_or(u32::MAX));
    let near: Vec<Upcoming> = ahead
        .iter()
        .filter(|one| matches!(one.route, Route::Show(RecordKind::Order, _)))
        .filter(|one| reminder(one.at, now.at, &one.leads).is_some())
        .cloned()
        .collect();
    if store.near.with_untracked(|known| *known != near) {
        let _ = store.near.try_set(near);
    }
    if notify::permission() == notify::Permission::Granted && store.profile.now().rings {
        return ring(store, &ahead, now).await;
    }
    true
}

/// The reminders that hold now, each with a key of its own.
fn holding(ahead: &[Upcoming], now: i64) -> Vec<(String, &Upcoming)> {
    ahead.iter().filter_map(|one| Some((key_of(one, now)?, one))).collect()
}

fn key_of(one: &Upcoming, now: i64) -> Option<String> {
    let Upcoming { key, at, leads, due, .. } = one;
    let lead = match reminder(*at, now, leads) {
        Some(lead) => lead,
        None if due.is_some() && (0..STALE).contains(&(now - at)) => 0,
        None => return None,
    };
    // An appointment that is moved is told anew.
    Some(format!("{key}/{at}/{lead}"))
}

/// Tells what was not told yet, and notes what was shown. What is over is forgotten, so that the note stays short.
/// `false` when something could not be shown.
async fn ring(store: Store, ahead: &[Upcoming], now: Stamp) -> bool {
    let told: BTreeSet<String> = local::get(TOLD).unwrap_or_default();
    let (known, fresh): (Vec<_>, Vec<_>) = holding(ahead, now.at).into_iter().partition(|(key, _)| told.contains(key));
    if fresh.is_empty() {
        return true;
    }
    let mut told: BTreeSet<String> = known.into_iter().map(|(key, _)| key).collect();
    let (before, due) = (told.len(), fresh.len());
    let lang = store.profile.now().lang.unwrap_or_else(preferred);
    if fresh.len() > AT_ONCE {
        let title = words::ring::MANY.with(&[&fresh.len().to_string()]);
        let names: Vec<String> = fresh.iter().map(|(_, one)| words_of(one, now).0.get(lang).to_owned()).collect();
        if notify::show("many", title.get(lang), &names.join("\n"), "#/").await {
            told.extend(fresh.into_iter().map(|(key, _)| key));
        }
    } else {
        for (key, one) in fresh {
            let (title, body) = words_of(one, now);
            if notify::show(&one.key, title.get(lang), body.get(lang), &one.route.href()).await {
                told.insert(key);
            }
        }
    }
    local::set(TOLD, &told);
    told.len() == before + due
}

/// Title and body of a notification.
fn words_of(one: &Upcoming, now: Stamp) -> (Text, Text) {
    let at = Stamp { at: one.at, ..now };
    let span = span_words((one.at - now.at).abs());
    let title = match &one.due {
        None => words::ring::AGREED_AT.with_texts(&[&at.spoken(now)]),
        Some(title) => title.clone(),
    };
    let left = match one.at > now.at {
        true => words::TODAY_LEFT.with_texts(&[&span]),
        false => words::TODAY_OVERDUE.with_texts(&[&span]),
    };
    let body = if one.customer.is_empty() {
        left
    } else {
        Text::owned(format!("{} · {}", one.customer, left.zh), format!("{} · {}", one.customer, left.en))
    };
    (title, body)
}
