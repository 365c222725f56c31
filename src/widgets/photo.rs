//! Photos of a step: taken or chosen, shrunk in the background, shown as thumbnails, taken back with undo.

use super::capture::Ctx;
use crate::browser::{files, picture};
use crate::i18n::{t, tf, words};
use crate::store::Store;
use crate::store::commit::NewBlob;
use crate::widgets::icon::Icon;
use crate::widgets::sheet::Sheet;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::OpId;
use sitebook_core::ledger::{Attachment, FactKind, hex, sha256};
use sitebook_core::template::CaptureKind;
use sitebook_core::text::Text;
use sitebook_core::work::Command;

/// A stored picture, loaded when it is shown.
#[component]
pub fn StoredPicture(
    /// Address of the bytes.
    #[prop(into)]
    sha256: String,
    /// The small one.
    #[prop(optional)]
    small: bool,
    /// Words for those who do not see it.
    #[prop(into)]
    alt: Signal<String>,
) -> impl IntoView {
    let url = RwSignal::new_local(None::<picture::ObjectUrl>);
    let store = Store::here();
    let gone = StoredValue::new(false);
    on_cleanup(move || gone.set_value(true));
    spawn_local(async move {
        // A picture that was only just taken may still be on its way to the disk.
        for _ in 0..20 {
            if let Ok(Some(bytes)) = store.blob(&sha256, small).await {
                if gone.try_get_value() == Some(false) {
                    url.set(picture::object_url(&bytes, "image/*"));
                }
                return;
            }
            crate::browser::timers::sleep(100).await;
            if gone.try_get_value() != Some(false) {
                return;
            }
        }
    });
    view! {
        <img
            class="picture"
            alt=move || alt.get()
            src=move || url.with(|url| url.as_ref().map(|url| url.as_str().to_owned()))
        />
    }
}

/// The photos of one capture.
#[component]
pub fn PhotoInput(
    /// The capture.
    ctx: Ctx,
) -> impl IntoView {
    let CaptureKind::Photo { min, .. } = ctx.capture.kind else { return ().into_any() };
    let session = ctx.session;
    let store = session.store();
    let key = StoredValue::new(ctx.key.clone());
    let busy = RwSignal::new(0_usize);
    let refusal = RwSignal::new(None::<Text>);
    let shown = RwSignal::new(None::<(OpId, String)>);
    let open = RwSignal::new(false);
    let photos = Memo::new(move |_| {
        session.with(|record| {
            let key = key.get_value();
            record
                .facts(&key)
                .filter_map(|fact| match &fact.kind {
                    FactKind::Photo { attachment, .. } => Some((fact.touch.op.clone(), attachment.sha256.clone())),
                    _ => None,
                })
                .collect::<Vec<_>>()
        })
    });
    let take = move |event: leptos::ev::Event| {
        let chosen = files::input_files(&event);
        busy.update(|count| *count += chosen.len());
        refusal.set(None);
        spawn_local(async move {
            for file in chosen {
                let result = picture::shrink(&file).await;
                busy.update(|count| *count = count.saturating_sub(1));
                let picture = match result {
                    Ok(picture) => picture,
                    Err(error) => {
                        refusal.set(Some(error.words()));
                        continue;
                    }
                };
                let attachment = Attachment {
                    sha256: hex(&sha256(&picture.bytes)),
                    mime: picture.mime.clone(),
                    size: picture.bytes.len() as u64,
                    width: picture.width,
                    height: picture.height,
                };
                let command = Command::Attach { field: key.get_value(), attachment: attachment.clone(), caption: None };
                let blob = NewBlob { attachment, bytes: picture.bytes, thumb: picture.thumb };
                if let Err(refused) = session.send_with(command, vec![blob]) {
                    refusal.set(Some(refused.words()));
                }
            }
        });
    };
    let remove = move |_| {
        if let Some((fact, _)) = shown.get_untracked() {
            refusal.set(session.send(Command::Withdraw { fact }).err().map(|refused| refused.words()));
        }
        open.set(false);
    };
    let (camera, pick) = (format!("{}-camera", ctx.id), format!("{}-pick", ctx.id));
    view! {
        <div class="photos">
            <For each=move || photos.get() key=|(op, _)| op.clone() let:photo>
                {
                    let (op, sha) = photo;
                    let alt = tf(move || {
                        let place = photos.with(|all| all.iter().position(|(other, _)| *other == op));
                        words::PHOTO_OF.with(&[&place.map_or(0, |place| place + 1).to_string()])
                    });
                    let (chosen, address) = (photo_of(&photos, &sha), sha.clone());
                    view! {
                        <button
                            type="button"
                            class="photo"
                            on:click=move |_| {
                                shown.set(chosen.clone());
                                open.set(true);
                            }
                        >
                            <StoredPicture sha256=address small=true alt=alt/>
                        </button>
                    }
                }
            </For>
        </div>
        <div class="photo-actions">
            <label class="button" for=camera.clone()>
                <Icon name="camera"/>
                {t(&words::PHOTO_TAKE)}
            </label>
            <input class="unseen" id=camera type="file" accept="image/*" capture="environment" on:change=take/>
            <label class="button quiet" for=pick.clone()>
                <Icon name="image"/>
                {t(&words::PHOTO_PICK)}
            </label>
            <input class="unseen" id=pick type="file" accept="image/*" multiple on:change=take/>
            <Show when=move || { min > 1 }>
                <span class="hint">{tf(move || words::PHOTO_NEEDS.with(&[&min.to_string()]))}</span>
            </Show>
        </div>
        <Show when=move || store.room.get().is_some_and(|room| room.takes_no_photo())>
            <p class="notice is-warn" role="alert" data-no-room>{t(&words::ROOM_NO_PHOTO)}</p>
        </Show>
        <Show when=move || { busy.get() > 0 }>
            <p class="hint" role="status">{t(&words::PHOTO_BUSY)}</p>
        </Show>
        <Trouble words=refusal/>
        <Sheet open title=tf(|| words::PHOTO_OF.with(&[""]))>
            {move || {
                shown
                    .get()
                    .map(|(_, sha)| view! { <StoredPicture sha256=sha alt=Signal::derive(String::new)/> })
            }}
            <div class="actions">
                <button type="button" class="quiet" on:click=remove>
                    <Icon name="trash-2"/>
                    {t(&words::REMOVE)}
                </button>
                <button type="button" on:click=move |_| open.set(false)>{t(&words::CLOSE)}</button>
            </div>
        </Sheet>
    }
    .into_any()
}

fn photo_of(photos: &Memo<Vec<(OpId, String)>>, sha: &str) -> Option<(OpId, String)> {
    photos.with_untracked(|all| all.iter().find(|(_, other)| other == sha).cloned())
}
