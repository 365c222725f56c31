//! A signature: the signer sees what is signed, signs with a finger, and stands there with name, role and time.

use super::capture::Ctx;
use super::photo::StoredPicture;
use crate::browser::ink::{Ink, Strokes};
use crate::i18n::{lang, t, tf, tx, words};
use crate::store::commit::NewBlob;
use crate::store::local;
use crate::store::session::Session;
use crate::widgets::icon::Icon;
use crate::widgets::sheet::Sheet;
use crate::widgets::ui::{Show, Trouble};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ledger::{Attachment, Fact, FactKind, hex, sha256};
use sitebook_core::template::{CaptureKind, Side};
use sitebook_core::text::{Lang, Text};
use sitebook_core::work::{Command, changed_since, label_of};

/// How the page shows a form as it would print now, found in context. Without one, no form is offered.
#[derive(Clone, Copy)]
pub struct ShowForm(pub fn(Session, String) -> AnyView);

/// The signature of one capture.
#[component]
pub fn SignInput(
    /// The capture.
    ctx: Ctx,
) -> impl IntoView {
    let session = ctx.session;
    let key = StoredValue::new(ctx.key.clone());
    let open = RwSignal::new(false);
    let signed = Memo::new(move |_| session.with(|record| record.signature(&key.get_value()).cloned()));
    let changed = Memo::new(move |_| {
        let labels = session.ask(|scope| {
            let fact = scope.visit.signature(&key.get_value())?.clone();
            Some(changed_since(&fact, scope).iter().map(|key| label_of(key, scope)).collect::<Vec<_>>())
        });
        labels.flatten().unwrap_or_default()
    });
    let ctx = StoredValue::new(ctx);
    view! {
        <Show
            when=move || signed.get().is_some()
            fallback=move || {
                view! {
                    <button type="button" class="sign-tap" data-act="sign" on:click=move |_| open.set(true)>
                        <Icon name="pen-line"/>
                        {t(&words::SIGN_TAP)}
                    </button>
                }
            }
        >
            {move || signed.get().map(signature_card)}
            <Show when=move || { changed.with(|changed| !changed.is_empty()) }>
                <div class="notice is-warn" role="alert">
                    <Icon name="triangle-alert"/>
                    <p>
                        {t(&words::SIGN_STALE)} " "
                        {tf(move || words::SIGN_CHANGED.with_texts(&[&changed.with(|all| joined(all))]))}
                    </p>
                </div>
            </Show>
            <button type="button" class="quiet" data-act="sign-again" on:click=move |_| open.set(true)>
                {t(&words::SIGN_AGAIN)}
            </button>
        </Show>
        <Sheet open title=Signal::derive(move || t(&words::SIGN_TITLE)().to_owned())>
            <SignPad ctx=ctx.get_value() open/>
        </Sheet>
    }
}

fn joined(labels: &[Text]) -> Text {
    let part = |lang: Lang, between: &str| labels.iter().map(|label| label.get(lang)).collect::<Vec<_>>().join(between);
    Text::owned(part(Lang::Zh, "、"), part(Lang::En, ", "))
}

fn signature_card(fact: Fact) -> AnyView {
    let at = fact.touch.stamp().date_time();
    let FactKind::Signature { name, role, image, .. } = fact.kind else { return ().into_any() };
    let alt = name.clone();
    view! {
        <figure class="signature">
            <StoredPicture sha256=image.sha256 alt=Signal::derive(move || alt.clone())/>
            <figcaption>
                <strong>{name}</strong>
                " "
                <span>{role}</span>
                " "
                <time>{at}</time>
            </figcaption>
        </figure>
    }
    .into_any()
}

#[component]
fn SignPad(
    /// The capture.
    ctx: Ctx,
    /// Set to false when signed.
    open: RwSignal<bool>,
) -> impl IntoView {
    let CaptureKind::Signature { side, role, covers, .. } = ctx.capture.kind.clone() else { return ().into_any() };
    let session = ctx.session;
    let speech = lang();
    let offered = move || match side {
        Side::Company => Some(session.store().profile.now().name),
        Side::Customer => {
            let key = ctx.capture.suggest.clone().unwrap_or_else(|| "contact.name".to_owned());
            session.ask(|scope| scope.value(&key).and_then(|value| value.as_text().map(str::to_owned)))?
        }
    };
    let name = RwSignal::new(untrack(offered).unwrap_or_default());
    let role = RwSignal::new(role.get(speech.now()).to_owned());
    let refusal = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let empty = RwSignal::new(true);
    let ink = StoredValue::new_local(None::<Ink>);
    let place = StoredValue::new(format!("sitebook.ink.{}.{}", session.record().record.id, ctx.key));
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            let pad = Ink::attach(canvas, move || {
                let drawn = ink.try_with_value(|ink| ink.as_ref().map(|ink| (ink.is_empty(), ink.strokes().to_text())));
                if let Some((nothing, text)) = drawn.flatten() {
                    empty.set(nothing);
                    place.with_value(|place| local::set(place, &text));
                }
            });
            // A signature that was begun before the page was closed.
            let kept = place.with_value(|place| local::get::<String>(place)).and_then(|text| Strokes::from_text(&text));
            if let Some(strokes) = kept {
                empty.set(strokes.is_empty());
                pad.restore(strokes);
            }
            ink.set_value(Some(pad));
        }
    });
    on_cleanup(move || {
        ink.try_update_value(Option::take);
    });
    let paper_open = RwSignal::new(false);
    let shows = use_context::<ShowForm>();
    let paper_shown = RwSignal::new(None::<(String, Text)>);
    let paper_title = Signal::derive(move || {
        paper_shown
            .with(|shown| shown.as_ref().map(|(_, title)| title.get(speech.get()).to_owned()).unwrap_or_default())
    });
    let forms: Vec<_> = {
        let listed = session.ask(|scope| {
            let form = |id: &String| scope.form(id).map(|form| (form.id.clone(), form.title.clone()));
            covers.iter().filter(|_| shows.is_some()).filter_map(form).collect::<Vec<_>>()
        });
        listed
            .unwrap_or_default()
            .into_iter()
            .map(|(form, title)| {
                let chosen = (form.clone(), title.clone());
                let show = move |_| {
                    paper_shown.set(Some(chosen.clone()));
                    paper_open.set(true);
                };
                view! {
                    <li>
                        <button type="button" class="chip" data-act="show-form" on:click=show>
                            <Icon name="file-text"/>
                            {form} " " {tx(title)}
                        </button>
                    </li>
                }
            })
            .collect()
    };
    let key = ctx.key.clone();
    let confirm = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (field, name, role) = (key.clone(), name.get_untracked(), role.get_untracked());
        spawn_local(async move {
            let strokes = ink.with_value(|ink| ink.as_ref().filter(|ink| !ink.is_empty()).map(Ink::strokes));
            let drawn = match strokes {
                Some(strokes) => match crate::browser::ink::to_png(&strokes).await {
                    Ok(drawn) => Some(drawn),
                    Err(error) => {
                        let _ = refusal.try_set(Some(error.words()));
                        let _ = busy.try_set(false);
                        return;
                    }
                },
                None => None,
            };
            let (image, blobs) = match drawn {
                Some(drawn) => {
                    let attachment = Attachment {
                        sha256: hex(&sha256(&drawn.bytes)),
                        mime: "image/png".to_owned(),
                        size: drawn.bytes.len() as u64,
                        width: drawn.width,
                        height: drawn.height,
                    };
                    let blob =
                        NewBlob { attachment: attachment.clone(), thumb: drawn.bytes.clone(), bytes: drawn.bytes };
                    (Some(attachment), vec![blob])
                }
                None => (None, Vec::new()),
            };
            match session.send_with(Command::Sign { field, name, role, image }, blobs) {
                Ok(()) => {
                    place.with_value(|place| local::forget(place));
                    open.set(false);
                }
                Err(refused) => {
                    let _ = refusal.try_set(Some(refused.words()));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    let with_ink = move |act: fn(&Ink)| {
        ink.with_value(|ink| {
            if let Some(ink) = ink {
                act(ink);
            }
        });
    };
    let typed = move |_| {
        let name = name.get_untracked();
        ink.with_value(|ink| {
            if let Some(ink) = ink {
                ink.type_name(&name);
            }
        });
    };
    view! {
        <div class="stack sign-pad">
            <Show when={
                let any = !forms.is_empty();
                move || any
            }>
                <p class="hint">{t(&words::SIGN_SHOWS)}</p>
            </Show>
            <ul class="sign-forms">{forms}</ul>
            <Sheet open=paper_open title=paper_title>
                {move || paper_shown.get().filter(|_| paper_open.get()).zip(shows).map(|((form, _), shows)| (shows.0)(session, form))}
            </Sheet>
            <div class="pair">
                <label>
                    <span>{t(&words::SIGN_NAME)}</span>
                    <input
                        type="text"
                        name="signer"
                        autocomplete="off"
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                </label>
                <label>
                    <span>{t(&words::SIGN_ROLE)}</span>
                    <input
                        type="text"
                        name="role"
                        autocomplete="off"
                        prop:value=move || role.get()
                        on:input=move |event| role.set(event_target_value(&event))
                    />
                </label>
            </div>
            <div class="pad">
                <canvas node_ref=canvas aria-label=t(&words::SIGN_PAD)></canvas>
                <Show when=move || empty.get()>
                    <span class="pad-hint">{t(&words::SIGN_PAD)}</span>
                </Show>
            </div>
            <div class="pad-tools">
                <button type="button" class="quiet" on:click=move |_| with_ink(Ink::undo)>{t(&words::SIGN_UNDO)}</button>
                <button type="button" class="quiet" on:click=move |_| with_ink(Ink::clear)>{t(&words::SIGN_CLEAR)}</button>
                <button type="button" class="quiet" on:click=typed>{t(&words::SIGN_WITH_KEYBOARD)}</button>
            </div>
            <Trouble words=refusal/>
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| open.set(false)>{t(&words::CANCEL)}</button>
                <button type="button" class="primary" data-act="sign-confirm" disabled=move || busy.get() on:click=confirm>
                    {t(&words::SIGN_CONFIRM)}
                </button>
            </div>
        </div>
    }
    .into_any()
}
