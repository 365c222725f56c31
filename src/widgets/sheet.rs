//! A sheet that comes up from the bottom: a modal `<dialog>`, so focus, Escape and screen readers work by themselves.

use crate::i18n::{t, words};
use crate::widgets::icon::Icon;
use crate::widgets::ui::Show;
use leptos::html;
use leptos::prelude::*;

/// A modal sheet, shown while `open` is true. Closing it by Escape or by the button sets `open` to false.
#[component]
pub fn Sheet(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// Content, made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only when the dialog is not in the page (any more).
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let children = StoredValue::new(children);
    view! {
        <dialog class="sheet" node_ref=node on:close=move |_| open.set(false) aria-label=move || title.get()>
            <Show when=move || open.get()>
                <div class="sheet-head">
                    <h2>{move || title.get()}</h2>
                    <button type="button" class="quiet icon-only" aria-label=t(&words::CLOSE) on:click=move |_| open.set(false)>
                        <Icon name="x"/>
                    </button>
                </div>
                <div class="sheet-body">{children.with_value(|children| children())}</div>
            </Show>
        </dialog>
    }
}
