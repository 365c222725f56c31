//! Scanning a code: live with the camera, from a photo, or typed. Whoever asks gets the text; what it means is theirs.

use crate::browser::barcode::{self, Detector};
use crate::browser::camera::{Camera, CameraError};
use crate::browser::{files, page, timers};
use crate::i18n::words::equipment;
use crate::i18n::{Text, t};
use crate::reader;
use crate::widgets::icon::Icon;
use crate::widgets::sheet::Sheet;
use crate::widgets::ui::{Show, Trouble};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Takes the text of a code.
pub type TakeCode = Arc<dyn Fn(String) + Send + Sync>;

/// The button, and the sheet in which is scanned.
#[component]
pub fn ScanButton(
    /// What the button says.
    #[prop(into)]
    label: Signal<String>,
    /// Takes the code. The scanner closes by itself.
    take: TakeCode,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let take = StoredValue::new(take);
    let done: TakeCode = Arc::new(move |code| {
        open.set(false);
        take.with_value(|take| take(code));
    });
    let done = StoredValue::new(done);
    view! {
        <button type="button" class="quiet" data-act="scan" on:click=move |_| open.set(true)>
            <Icon name="scan-line"/>
            {move || label.get()}
        </button>
        <Sheet open title=Signal::derive(move || t(&equipment::SCAN_TITLE)().to_owned())>
            <Scanner take=done.get_value()/>
        </Sheet>
    }
}

/// How the live picture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Live {
    Opening,
    /// With a torch or without.
    Running(bool),
    Failed(CameraError),
}

#[component]
fn Scanner(
    /// Takes the code.
    take: TakeCode,
) -> impl IntoView {
    let video = NodeRef::<html::Video>::new();
    let live = RwSignal::new(Live::Opening);
    let only_qr = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let camera = StoredValue::new_local(None::<std::rc::Rc<Camera>>);
    let open = StoredValue::new(true);
    let take = StoredValue::new(take);
    let found = move |code: String| {
        // The first code closes the sheet; later ones of the same moment are not taken.
        if open.try_get_value() == Some(true) {
            open.set_value(false);
            page::vibrate(60);
            take.with_value(|take| take(code));
        }
    };
    on_cleanup(move || {
        open.try_set_value(false);
        camera.try_update_value(Option::take);
    });
    Effect::new(move |_| {
        let Some(video) = video.get() else { return };
        spawn_local(async move {
            let detector = Detector::find().await;
            let _ = only_qr.try_set(detector.is_none());
            match Camera::open(&video).await {
                Ok(opened) if open.try_get_value() == Some(true) => {
                    let opened = std::rc::Rc::new(opened);
                    live.set(Live::Running(opened.has_torch()));
                    camera.set_value(Some(opened.clone()));
                    if let Some(code) = watch(&opened, detector, open, trouble).await {
                        found(code);
                    }
                }
                // Closed in the meantime: dropping it turns it off.
                Ok(_) => {}
                Err(error) => drop(live.try_set(Live::Failed(error))),
            }
        });
    });
    let from_file = move |event: leptos::ev::Event| {
        let Some(file) = files::input_files(&event).into_iter().next() else { return };
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let outcome = read_file(&file).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(code) => found(code),
                Err(words) => drop(trouble.try_set(Some(words))),
            }
        });
    };
    let enter = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // The scanner may stand inside the form of a record, which is not to be saved by this.
        event.stop_propagation();
        let code = typed.with_untracked(|typed| typed.trim().to_owned());
        if code.is_empty() {
            trouble.set(Some(equipment::SCAN_EMPTY.clone()));
        } else {
            found(code);
        }
    };
    let lit = RwSignal::new(false);
    let torch = move |_| {
        lit.update(|lit| *lit = !*lit);
        camera.with_value(|camera| {
            if let Some(camera) = camera {
                camera.light(lit.get_untracked());
            }
        });
    };
    let says = move || match live.get() {
        Live::Opening => t(&equipment::SCAN_OPENING)(),
        Live::Running(_) if only_qr.get() => t(&equipment::SCAN_AIM_QR)(),
        Live::Running(_) => t(&equipment::SCAN_AIM)(),
        Live::Failed(CameraError::Forbidden) => t(&equipment::SCAN_FORBIDDEN)(),
        Live::Failed(CameraError::Absent) => t(&equipment::SCAN_NO_CAMERA)(),
    };
    view! {
        <div class="scanner stack" data-scanner>
            <div class="scan-view" class:is-off=move || matches!(live.get(), Live::Failed(_))>
                <video node_ref=video autoplay playsinline muted aria-hidden="true"></video>
            </div>
            <p class="hint" role="status">{says}</p>
            <div class="photo-actions">
                <Show when=move || live.get() == Live::Running(true)>
                    <button type="button" class="quiet" data-act="torch" aria-pressed=move || lit.get().to_string() on:click=torch>
                        <Icon name="flashlight"/>
                        {t(&equipment::SCAN_TORCH)}
                    </button>
                </Show>
                <label class="button quiet" for="scan-file">
                    <Icon name="image"/>
                    {t(&equipment::SCAN_PICTURE)}
                </label>
                <input class="unseen" id="scan-file" type="file" accept="image/*" on:change=from_file/>
            </div>
            <Show when=move || busy.get()>
                <p class="hint" role="status">{t(&equipment::SCAN_READING)}</p>
            </Show>
            <Trouble words=trouble/>
            <form class="scan-type" on:submit=enter>
                <label>
                    <span>{t(&equipment::SCAN_TYPE)}</span>
                    <input
                        type="text"
                        name="code"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </label>
                <button type="submit" data-act="use-code">{t(&equipment::SCAN_USE)}</button>
            </form>
        </div>
    }
}

/// Looks at the live picture several times a second until a code is seen or the scanner is closed.
async fn watch(
    camera: &Camera,
    detector: Option<Detector>,
    open: StoredValue<bool>,
    trouble: RwSignal<Option<Text>>,
) -> Option<String> {
    const OFTEN: u32 = 150;
    while open.try_get_value() == Some(true) {
        let code = match &detector {
            Some(own) => own.read(camera).await,
            None => match barcode::look(camera) {
                Some(grey) => match reader::read(grey).await {
                    Ok(code) => code,
                    Err(_) => {
                        let _ = trouble.try_set(Some(equipment::SCAN_NO_READER.clone()));
                        return None;
                    }
                },
                None => None,
            },
        };
        if code.is_some() {
            return code;
        }
        timers::sleep(OFTEN).await;
    }
    None
}

/// What a code in a photo says, or why there is none.
async fn read_file(file: &files::File) -> Result<String, Text> {
    if let Some(detector) = Detector::find().await
        && let Some(code) = detector.read_file(file).await
    {
        return Ok(code);
    }
    let grey = barcode::look_at(file).await.ok_or_else(|| equipment::SCAN_NOTHING.clone())?;
    match reader::read(grey).await {
        Ok(Some(code)) => Ok(code),
        Ok(None) => Err(equipment::SCAN_NOTHING.clone()),
        Err(_) => Err(equipment::SCAN_NO_READER.clone()),
    }
}
