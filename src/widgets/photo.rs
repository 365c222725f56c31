//! Photos of a step: taken or chosen, shrunk in the background, shown as thumbnails while they are being saved, opened
//! to be looked at, and taken back with undo.

use super::capture::Ctx;
use super::marks::marks_layer;
use super::photo_sheet::PhotoSheet;
use crate::browser::{files, picture};
use crate::i18n::words::pictures;
use crate::i18n::{t, tf, words};
use crate::store::Store;
use crate::store::pictures::PicturePlace;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::OpId;
use sitebook_core::marks::{Mark, from_text};
use sitebook_core::template::CaptureKind;
use sitebook_core::text::Text;

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
        // A picture that was only just taken may still be on its way to the disk; another tab may bring it there.
        for _ in 0..20 {
            let found = match store.outbox.picture(&sha256, small) {
                Some(bytes) => Ok(Some(bytes)),
                None => store.blob(&sha256, small).await,
            };
            if let Ok(Some(bytes)) = found {
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

/// A photo as a thumbnail or in the sheet knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shot {
    /// The op that attached it.
    pub op: OpId,
    /// Address of the bytes.
    pub sha256: String,
    /// Pixels across and down.
    pub size: (u32, u32),
    /// Words below it.
    pub caption: String,
    /// Marks on it.
    pub marks: Vec<Mark>,
    /// The name of the photo that shows what was before.
    pub after: Option<String>,
}

/// The photos of a capture, as they stand.
fn shots_of(ctx: &Ctx) -> Memo<Vec<Shot>> {
    let (session, key) = (ctx.session, ctx.key.clone());
    Memo::new(move |_| {
        session.with(|record| {
            let shots = record.photos(&key).map(|photo| Shot {
                op: photo.fact.touch.op.clone(),
                sha256: photo.attachment.sha256.clone(),
                size: (photo.attachment.width, photo.attachment.height),
                caption: photo.caption.unwrap_or_default().to_owned(),
                marks: photo.marks.and_then(from_text).unwrap_or_default(),
                after: photo.after.map(str::to_owned),
            });
            shots.collect::<Vec<_>>()
        })
    })
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
    let place = PicturePlace { record: session.record().record.id.clone(), field: ctx.key.clone() };
    let progress = store.pictures.progress();
    let refusal = RwSignal::new(None::<Text>);
    let shown = RwSignal::new(None::<OpId>);
    let open = RwSignal::new(false);
    let shots = shots_of(&ctx);
    let take = {
        let field = StoredValue::new(ctx.key.clone());
        move |event: leptos::ev::Event| {
            store.pictures.take(session, &field.get_value(), files::input_files(&event));
        }
    };
    let coming = {
        let place = place.clone();
        Memo::new(move |_| progress.with(|progress| progress.coming(&place)))
    };
    Effect::new(move |_| refusal.set(progress.with(|progress| progress.refused_at(&place))));
    let thumbs = move |shot: Shot| {
        let (op, sha) = (shot.op.clone(), StoredValue::new(shot.sha256.clone()));
        let now = {
            let op = op.clone();
            Memo::new(move |_| shots.with(|all| all.iter().find(|one| one.op == op).cloned()))
        };
        let number = {
            let op = op.clone();
            move || shots.with(|all| all.iter().position(|one| one.op == op)).map_or(0, |place| place + 1)
        };
        let alt = tf(move || {
            let number = words::PHOTO_OF.with(&[&number().to_string()]);
            match now.with(|shot| shot.as_ref().map(|shot| shot.caption.clone()).unwrap_or_default()) {
                caption if caption.is_empty() => number,
                caption => Text::of("{0}：{1}", "{0}: {1}").with_texts(&[&number, &Text::same(&caption)]),
            }
        });
        let saving = Memo::new(move |_| sha.with_value(|sha| store.outbox.is_saving(sha)));
        view! {
            <button
                type="button"
                class="photo"
                class:is-saving=move || saving.get()
                data-photo=shot.sha256.clone()
                on:click=move |_| {
                    shown.set(Some(op.clone()));
                    open.set(true);
                }
            >
                <StoredPicture sha256=shot.sha256.clone() small=true alt=alt/>
                {move || now.with(|shot| shot.as_ref().map(|shot| marks_layer(&shot.marks, shot.size)))}
                <Show when=move || saving.get()>
                    <span class="photo-state">{t(&pictures::SAVING)}</span>
                </Show>
            </button>
        }
    };
    let (camera, pick) = (format!("{}-camera", ctx.id), format!("{}-pick", ctx.id));
    let camera_words = move || {
        let first = shots.with(Vec::is_empty) && coming.get() == 0;
        t(if first { &words::PHOTO_TAKE } else { &pictures::MORE })()
    };
    let how_far = tf(move || {
        progress.with(|progress| {
            let now = (progress.done + 1).min(progress.all);
            pictures::PROGRESS.with(&[&now.to_string(), &progress.all.to_string()])
        })
    });
    view! {
        <div class="photos">
            <For each=move || shots.get() key=|shot| shot.op.clone() let:shot>{thumbs(shot)}</For>
            <For each=move || 0..coming.get() key=|place| *place let:_place>
                <span class="photo is-coming" role="img" aria-label=t(&pictures::COMING)></span>
            </For>
        </div>
        <div class="photo-actions">
            <label class="button" for=camera.clone()>
                <Icon name="camera"/>
                {camera_words}
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
        <Show when=move || { coming.get() > 0 }>
            <p class="hint" role="status" data-pictures>{how_far}</p>
        </Show>
        <Trouble words=refusal/>
        <PhotoSheet ctx=ctx.clone() shots shown open/>
    }
    .into_any()
}
