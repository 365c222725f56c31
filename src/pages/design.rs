//! The design system as it lives: every token and every widget with its states, drawn by the app's own style sheet and
//! components. Only in development builds (`cargo xtask run --dev`), at `#/design`; its words are for developers.

use crate::browser::{clock, page};
use crate::i18n::{Lang, Speech, lang};
use crate::route::Route;
use crate::store::settings::{Profile, Theme};
use crate::widgets::bar::Bar;
use crate::widgets::icon::Icon;
use crate::widgets::sheet::Sheet;
use leptos::prelude::*;

/// Colours, by what they are for, each with what stands on it.
const COLOURS: [(&str, &str, &str); 12] = [
    ("--ground", "--ink", "the page"),
    ("--surface", "--ink", "cards, bars, sheets"),
    ("--surface-2", "--ink", "what is inside a card"),
    ("--brand", "--on-brand", "the primary action, what is chosen"),
    ("--brand-soft", "--brand-strong", "tags"),
    ("--good-soft", "--good", "done, in order"),
    ("--warn-soft", "--warn", "locked, missing, soon due"),
    ("--danger-soft", "--danger", "late, forbidden, not saved"),
    ("--surface", "--ink-2", "hints and clauses"),
    ("--surface", "--line-strong", "borders of inputs"),
    ("--surface", "--accent", "stars"),
    ("--surface", "--focus", "where the keyboard is"),
];
const TYPE: [(&str, &str); 5] = [
    ("--text-1", "hints, clauses, times"),
    ("--text-2", "labels, buttons, tags"),
    ("--text-3", "text and titles of steps"),
    ("--text-4", "titles of pages and stages"),
    ("--text-5", "the name of the app"),
];
const SPACE: [&str; 6] = ["--s-1", "--s-2", "--s-3", "--s-4", "--s-5", "--s-6"];
const ICONS: [&str; 24] = [
    "calendar-check",
    "clipboard-list",
    "folder-open",
    "book-open",
    "settings",
    "circle",
    "circle-dot",
    "circle-check",
    "lock",
    "ban",
    "triangle-alert",
    "timer",
    "camera",
    "mic",
    "pen-line",
    "undo-2",
    "printer",
    "download",
    "upload",
    "share-2",
    "history",
    "search",
    "list-checks",
    "trash-2",
];
/// A text with both scripts, digits and punctuation as they come.
const MIXED: &str =
    "客户“云岭市通信分公司”的 OLT-02 于 2026-11-26 14:30 恢复业务（PON 口 0/5/3），observed for 30 min。";

/// The page.
#[component]
pub fn Design() -> impl IntoView {
    view! {
        <Bar title=Signal::derive(|| "Design system".to_owned()) back=Signal::derive(|| Route::More)/>
        <div class="page stack">
            <Looks/>
            <Tokens/>
            <Actions/>
            <Fields/>
            <States/>
            <Over/>
        </div>
    }
}

#[component]
fn Looks() -> impl IntoView {
    let (profile, speech): (Profile, Speech) = (Profile::here(), lang());
    let theme = |theme: Theme| view! { <button type="button" class="chip" on:click=move |_| profile.update(|s| s.theme = theme)>{theme.id()}</button> };
    let tongue = |to: Lang| view! { <button type="button" class="chip" on:click=move |_| profile.update(|s| s.lang = Some(to))>{to.tag()}</button> };
    view! {
        <section>
            <h2>"Looks"</h2>
            <div class="chips">
                {[Theme::Auto, Theme::Light, Theme::Dark, Theme::Sun].map(theme).collect_view()}
                {[Lang::Zh, Lang::En].map(tongue).collect_view()}
            </div>
            <p class="hint">{move || format!("{}, {}", profile.with(|s| s.theme.id()), speech.get().tag())}</p>
        </section>
    }
}

#[component]
fn Tokens() -> impl IntoView {
    let colours = COLOURS.map(|(ground, ink, what)| {
        view! {
            <li class="row-card" style:background=format!("var({ground})") style:color=format!("var({ink})")>
                <strong>{ink} " on " {ground}</strong>
                <span>{what} " " {MIXED}</span>
            </li>
        }
    });
    let sizes = TYPE.map(|(size, what)| {
        view! { <p style:font-size=format!("var({size})")>{size} ": " {what} " " {MIXED}</p> }
    });
    let spaces = SPACE.map(|space| {
        view! {
            <div class="pad-tools">
                <span class="number">{space}</span>
                <span style:background="var(--brand)" style:block-size="1rem" style:inline-size=format!("var({space})")></span>
            </div>
        }
    });
    view! {
        <section><h2>"Colour"</h2><ul class="rows">{colours.collect_view()}</ul></section>
        <section><h2>"Type"</h2>{sizes.collect_view()}</section>
        <section><h2>"Space"</h2>{spaces.collect_view()}</section>
        <section><h2>"Icons"</h2><div class="chips">{ICONS.map(|name| view! { <span class="chip"><Icon name/>{name}</span> }).collect_view()}</div></section>
    }
}

#[component]
fn Actions() -> impl IntoView {
    view! {
        <section>
            <h2>"Actions"</h2>
            <p class="hint">"One primary action a screen, at the bottom in reach of the thumb. At least 48 px. Undo instead of asking."</p>
            <button type="button" class="primary">"primary 下一步"<Icon name="chevron-right"/></button>
            <button type="button">"plain 修改"</button>
            <button type="button" class="quiet"><Icon name="plus"/>"quiet 再加一行"</button>
            <button type="button" class="warn">"warn 例外处理"</button>
            <button type="button" class="danger">"danger 清除客户资料"</button>
            <button type="button" disabled=true>"disabled"</button>
            <button type="button" class="link">"link 无法完成此步…"</button>
            <div class="segments" role="group" aria-label="segments">
                <button type="button" class="segment" aria-pressed="true">"chosen"</button>
                <button type="button" class="segment" aria-pressed="false">"other"</button>
            </div>
            <a class="card" href=Route::Today.href()>
                <Icon name="server"/>
                <span class="card-main"><strong>"card"</strong><span class="card-about">{MIXED}</span><span class="hint">"hint"</span></span>
                <Icon name="chevron-right"/>
            </a>
        </section>
    }
}

#[component]
fn Fields() -> impl IntoView {
    view! {
        <section>
            <h2>"Fields"</h2>
            <label><span>"text"</span><input type="text" placeholder="placeholder"/></label>
            <label><span>"invalid"</span><input type="text" aria-invalid="true" value="12:61"/></label>
            <p class="field-error">"时间不对：分钟只到 59。"</p>
            <label><span>"long"</span><textarea rows="2">{MIXED}</textarea></label>
            <label class="check-row"><input type="checkbox" checked=true/><span>"check"</span></label>
            <div class="choices" role="radiogroup" aria-label="choices">
                <label class="choice"><input type="radio" name="d" checked=true/><span>"chosen"</span></label>
                <label class="choice"><input type="radio" name="d"/><span>"other"</span></label>
            </div>
        </section>
    }
}

#[component]
fn States() -> impl IntoView {
    let step = |class: &'static str, icon: &'static str, title: &'static str| {
        view! {
            <section class=class>
                <h3 class="step-head">
                    <button type="button" class="step-toggle"><Icon name=icon/><span class="step-title">{title}</span><Icon name="chevron-down"/></button>
                </h3>
            </section>
        }
    };
    view! {
        <section>
            <h2>"States"</h2>
            <div class="steps">
                {step("step is-open", "circle", "open")}
                {step("step is-done", "circle-check", "done")}
                {step("step is-locked", "lock", "locked")}
                {step("step is-left-out", "triangle-alert", "left out with approval")}
                {step("step is-open is-should", "circle", "should")}
                {step("step is-open is-must-not", "ban", "must not")}
            </div>
            <p class="notice"><Icon name="info"/><span>"notice"</span></p>
            <p class="notice is-good"><Icon name="circle-check"/><span>"notice is-good"</span></p>
            <p class="notice is-warn"><Icon name="triangle-alert"/><span>"notice is-warn"</span></p>
            <p class="notice is-danger"><Icon name="octagon-x"/><span>"notice is-danger"</span></p>
            <p><span class="tag">"tag"</span>" "<span class="tag is-strong">"is-strong"</span>" "<span class="tag is-good">"is-good"</span>" "<span class="tag is-warn">"is-warn"</span></p>
            <progress max="10" value="4"></progress>
            <p class="empty"><Icon name="folder-open"/>"empty: say what will be here, and how to begin"</p>
        </section>
    }
}

#[component]
fn Over() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <section>
            <h2>"Over the page"</h2>
            <button type="button" on:click=move |_| open.set(true)>"sheet"</button>
            <button type="button" on:click=move |_| page::vibrate(20)>"haptics"</button>
            <p class="hint number">{clock::now().date_time()}</p>
            <Sheet open title=Signal::derive(|| "Sheet".to_owned())><p>{MIXED}</p></Sheet>
        </section>
    }
}
