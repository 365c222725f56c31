//! One photo, large: its caption, marks drawn on it, its pair of before and after, and taking it back.

use super::capture::Ctx;
use super::inputs::{SendValue, ValueInput};
use super::marks::marks_layer;
use super::photo::{Shot, StoredPicture};
use crate::browser::pointer;
use crate::i18n::words::pictures;
use crate::i18n::{Text, t, tf, words};
use crate::widgets::icon::Icon;
use crate::widgets::sheet::Sheet;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use sitebook_core::ids::OpId;
use sitebook_core::ledger::{PhotoPart, photo_name};
use sitebook_core::marks::{LONGEST_WORDS, MOST_MARKS, Mark, Spot, clean_words, to_text};
use sitebook_core::template::CaptureKind;
use sitebook_core::value::Value;
use sitebook_core::work::Command;
use std::sync::Arc;

/// What a finger draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tool {
    Arrow,
    Circle,
    Words,
}

/// The sheet of one photo of a capture.
#[component]
pub fn PhotoSheet(
    /// The capture.
    ctx: Ctx,
    /// Its photos.
    shots: Memo<Vec<Shot>>,
    /// The one that is shown.
    shown: RwSignal<Option<OpId>>,
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let ctx = StoredValue::new(ctx);
    let now = Memo::new(move |_| {
        let op = shown.get()?;
        shots.with(|all| all.iter().find(|shot| shot.op == op).cloned())
    });
    // Anything but the picture itself may change while it is looked at.
    let which = Memo::new(move |_| now.with(|shot| shot.as_ref().map(|shot| shot.op.clone())));
    let body = move || which.get().and_then(|_| now.get_untracked()).map(|shot| opened(ctx, shot, now, shots, open));
    view! {
        <Sheet open title=Signal::derive(move || t(&pictures::TITLE)().to_owned())>{body}</Sheet>
    }
}

/// Takes a part of what is said of a photo to the record.
fn send(ctx: StoredValue<Ctx>, part: PhotoPart, sha256: String) -> SendValue {
    Arc::new(move |value| {
        let (session, field) = ctx.with_value(|ctx| (ctx.session, part.key(&ctx.key, &sha256)));
        session.send(Command::Set { field, value }).map_err(|refused| refused.words())
    })
}

fn opened(
    ctx: StoredValue<Ctx>,
    shot: Shot,
    now: Memo<Option<Shot>>,
    shots: Memo<Vec<Shot>>,
    open: RwSignal<bool>,
) -> AnyView {
    let refusal = RwSignal::new(None::<Text>);
    let (sha, kept) = (shot.sha256.clone(), shot.clone());
    let remove = move |_| {
        let session = ctx.with_value(|ctx| ctx.session);
        match session.send(Command::Withdraw { fact: shot.op.clone() }) {
            Ok(()) => open.set(false),
            Err(refused) => refusal.set(Some(refused.words())),
        }
    };
    let caption = Signal::derive(move || {
        let words = now.with(|shot| shot.as_ref().map(|shot| shot.caption.clone()))?;
        (!words.is_empty()).then(|| Value::text(&words))
    });
    let id = format!("{}-caption", ctx.with_value(|ctx| ctx.id.clone()));
    let kind = CaptureKind::Text { max: 500, long: true, phrases: Vec::new(), for_customer: false };
    view! {
        <Marking ctx shot=kept now refusal/>
        <div class="capture">
            <label for=id.clone()>{t(&pictures::CAPTION)}</label>
            <ValueInput id kind value=caption send=send(ctx, PhotoPart::Caption, sha.clone()) name=Signal::derive(String::new)/>
        </div>
        {pair(ctx, &sha, now, shots, refusal)}
        <Trouble words=refusal/>
        <div class="actions">
            <button type="button" class="quiet" data-act="remove-photo" on:click=remove>
                <Icon name="trash-2"/>
                {t(&words::REMOVE)}
            </button>
            <button type="button" on:click=move |_| open.set(false)>{t(&words::CLOSE)}</button>
        </div>
    }
    .into_any()
}

/// The picture with its marks, and the tools to draw more.
#[component]
fn Marking(
    /// The capture.
    ctx: StoredValue<Ctx>,
    /// The photo as it was opened.
    shot: Shot,
    /// The photo as it stands.
    now: Memo<Option<Shot>>,
    /// What could not be kept.
    refusal: RwSignal<Option<Text>>,
) -> impl IntoView {
    let (sha, size) = (shot.sha256.clone(), shot.size);
    let tool = RwSignal::new(None::<Tool>);
    let typed = RwSignal::new(String::new());
    // The mark that is being drawn.
    let drawn = RwSignal::new(None::<(Spot, Spot)>);
    let marks = move || now.with(|shot| shot.as_ref().map(|shot| shot.marks.clone()).unwrap_or_default());
    let keep = StoredValue::new(send(ctx, PhotoPart::Marks, sha.clone()));
    let set = move |marks: &[Mark]| {
        let value = if marks.is_empty() { Value::EMPTY } else { Value::text(&to_text(marks)) };
        refusal.set(keep.with_value(|keep| keep(value)).err());
    };
    let add = move |mark: Mark| {
        let mut all = untrack(marks);
        if all.len() >= MOST_MARKS {
            refusal.set(Some(pictures::MARK_FULL.with(&[&MOST_MARKS.to_string()])));
            return;
        }
        all.push(mark);
        set(&all);
    };
    let undo = move |_| {
        let mut all = untrack(marks);
        if all.pop().is_some() {
            set(&all);
        }
    };
    let spot = |event: &leptos::ev::PointerEvent| pointer::place(event).map(|(x, y)| Spot::at(x, y));
    let down = move |event: leptos::ev::PointerEvent| {
        let (Some(tool), Some(at)) = (tool.get_untracked(), spot(&event)) else { return };
        pointer::hold(&event);
        match (tool, clean_words(&typed.get_untracked())) {
            (Tool::Words, Some(words)) => {
                add(Mark::Text { at, words });
                typed.set(String::new());
            }
            (Tool::Words, None) => refusal.set(Some(pictures::MARK_WORDS.clone())),
            _ => drawn.set(Some((at, at))),
        }
    };
    let follow = move |event: leptos::ev::PointerEvent| {
        if let (Some((from, _)), Some(to)) = (drawn.get_untracked(), spot(&event)) {
            drawn.set(Some((from, to)));
        }
    };
    let drawing = move || {
        let (from, to) = drawn.get()?;
        match tool.get()? {
            Tool::Arrow => Some(Mark::Arrow { from, to }),
            Tool::Circle => Some(Mark::Circle { from, to }),
            Tool::Words => None,
        }
    };
    let up = move |_| {
        // A tap without a drag draws nothing.
        let far =
            drawn.get_untracked().is_some_and(|(from, to)| from.x.abs_diff(to.x).max(from.y.abs_diff(to.y)) >= 150);
        let mark = untrack(drawing).filter(|_| far);
        drawn.set(None);
        if let Some(mark) = mark {
            add(mark);
        }
    };
    let layer = move || {
        let mut all = marks();
        all.extend(drawing());
        marks_layer(&all, size)
    };
    let alt = Signal::derive(move || {
        now.with(|shot| shot.as_ref().map(|shot| shot.caption.clone()).filter(|words| !words.is_empty()))
            .unwrap_or_else(|| t(&pictures::TITLE)().to_owned())
    });
    let choose = move |this: Tool, icon: &'static str, label: &'static Text, act: &'static str| {
        let pressed = move || (tool.get() == Some(this)).to_string();
        let tap = move |_| tool.update(|tool| *tool = if *tool == Some(this) { None } else { Some(this) });
        view! {
            <button type="button" class="quiet" data-act=act aria-pressed=pressed on:click=tap>
                <Icon name=icon/>
                {t(label)}
            </button>
        }
    };
    let advice = move || match tool.get() {
        Some(Tool::Arrow) => t(&pictures::MARK_ARROW)(),
        Some(Tool::Circle) => t(&pictures::MARK_CIRCLE)(),
        Some(Tool::Words) => t(&pictures::MARK_WORDS)(),
        None => t(&pictures::ORIGINAL_STAYS)(),
    };
    view! {
        <div
            class="photo-stage"
            class:is-drawing=move || tool.get().is_some()
            data-photo-stage
            on:pointerdown=down
            on:pointermove=follow
            on:pointerup=up
            on:pointercancel=move |_| drawn.set(None)
        >
            <StoredPicture sha256=sha.clone() alt=alt/>
            {layer}
        </div>
        <div class="mark-tools" role="group" aria-label=t(&pictures::TOOLS)>
            {choose(Tool::Arrow, "arrow-up-right", &pictures::ARROW, "mark-arrow")}
            {choose(Tool::Circle, "circle", &pictures::CIRCLE, "mark-circle")}
            {choose(Tool::Words, "type", &pictures::WORDS, "mark-words")}
            <button type="button" class="quiet" data-act="mark-undo" disabled=move || marks().is_empty() on:click=undo>
                <Icon name="undo-2"/>
                {t(&pictures::UNDO)}
            </button>
        </div>
        <Show when=move || tool.get() == Some(Tool::Words)>
            <label>
                <span>{t(&pictures::MARK_ASK)}</span>
                <input
                    type="text"
                    name="mark-words"
                    autocomplete="off"
                    maxlength=LONGEST_WORDS.to_string()
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </label>
        </Show>
        <p class="hint" role="status">{advice}</p>
    }
}

/// The other photos of the capture, to choose the one that shows what was before. Nothing while there is only one.
fn pair(
    ctx: StoredValue<Ctx>,
    sha: &str,
    now: Memo<Option<Shot>>,
    shots: Memo<Vec<Shot>>,
    refusal: RwSignal<Option<Text>>,
) -> AnyView {
    let keep = StoredValue::new(send(ctx, PhotoPart::After, sha.to_owned()));
    let own = StoredValue::new(sha.to_owned());
    let others = Memo::new(move |_| {
        shots.with(|all| {
            let others = all.iter().enumerate().filter(|(_, shot)| own.with_value(|own| *own != shot.sha256));
            others.map(|(place, shot)| (place + 1, shot.sha256.clone())).collect::<Vec<_>>()
        })
    });
    let before = Memo::new(move |_| now.with(|shot| shot.as_ref().and_then(|shot| shot.after.clone())));
    let choose = move |name: Option<String>| {
        let value = name.map_or(Value::EMPTY, |name| Value::text(&name));
        refusal.set(keep.with_value(|keep| keep(value)).err());
    };
    let one = move |(number, sha): (usize, String)| {
        let name = StoredValue::new(photo_name(&sha).to_owned());
        let is_before = move || name.with_value(|name| before.with(|before| before.as_ref() == Some(name)));
        let tap = move |_| choose((!untrack(is_before)).then(|| name.get_value()));
        let alt = tf(move || words::PHOTO_OF.with(&[&number.to_string()]));
        view! {
            <button type="button" class="photo" data-pair=number aria-pressed=move || is_before().to_string() on:click=tap>
                <StoredPicture sha256=sha small=true alt/>
            </button>
        }
    };
    let side_by_side = move || {
        let name = before.get()?;
        let found = shots.with(|all| all.iter().find(|shot| photo_name(&shot.sha256) == name).cloned())?;
        let after = now.get()?;
        let half = |shot: Shot, words: &'static Text| {
            view! {
                <figure>
                    <div class="photo-stage">
                        <StoredPicture sha256=shot.sha256.clone() small=true alt=Signal::derive(String::new)/>
                        {marks_layer(&shot.marks, shot.size)}
                    </div>
                    <figcaption>{t(words)}</figcaption>
                </figure>
            }
        };
        Some(
            view! { <div class="photo-pair" data-photo-pair>{half(found, &pictures::BEFORE)} {half(after, &pictures::AFTER)}</div> },
        )
    };
    view! {
        <Show when=move || { others.with(|others| !others.is_empty()) }>
            <details class="pairing" open=move || before.with_untracked(Option::is_some)>
                <summary>{t(&pictures::PAIR)}</summary>
                <p class="hint">{t(&pictures::PAIR_ASK)}</p>
                <div class="photos">
                    <For each=move || others.get() key=|other| other.clone() let:other>{one(other)}</For>
                </div>
                {side_by_side}
                <Show when=move || { before.with(Option::is_some) }>
                    <button type="button" class="quiet" data-act="no-pair" on:click=move |_| choose(None)>
                        {t(&pictures::PAIR_NONE)}
                    </button>
                </Show>
            </details>
        </Show>
    }
    .into_any()
}
