//! What can be done with a whole visit: print, export, send, look back, void.

use crate::i18n::{t, words};
use crate::route::Route;
use crate::store::agenda::Of;
use crate::store::session::Session;
use crate::widgets::calendar::CalendarItems;
use crate::widgets::icon::Icon;
use crate::widgets::send::SendItems;
use crate::widgets::sheet::Sheet;
use crate::widgets::ui::{Show, Told};
use crate::widgets::void::{VoidSheet, VoidWith};
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::text::Text;
use sitebook_core::work::Command;
use std::sync::Arc;

/// Forms, export, history, the work order.
#[component]
pub fn VisitMenu(
    /// The open visit.
    session: Session,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The visit.
    id: RecordId,
) -> impl IntoView {
    let told = RwSignal::new(None::<Text>);
    let this = StoredValue::new(id);
    let voiding = RwSignal::new(false);
    let void: VoidWith = Arc::new(move |reason, trouble, open| match session.send(Command::Void { reason }) {
        Ok(()) => open.set(false),
        Err(refused) => trouble.set(Some(refused.words())),
    });
    let is_void = move || session.with(sitebook_core::ledger::Record::is_void);
    let order = move || session.with(|record| record.text("visit.order").and_then(RecordId::parse));
    view! {
        <VoidSheet open=voiding act=void/>
        <Sheet open title=Signal::derive(move || t(&words::KIND_VISIT)().to_owned())>
            <ul class="menu">
                <li>
                    <a href=Route::Forms(this.get_value()).href() data-act="forms">
                        <Icon name="printer"/>
                        {t(&words::VISIT_FORMS)}
                    </a>
                </li>
                <SendItems store=session.store() id=this.get_value() told/>
                <CalendarItems of=Of::Record(this.get_value()) told/>
                <li>
                    <a href=Route::History(this.get_value()).href()>
                        <Icon name="history"/>
                        {t(&words::VISIT_HISTORY)}
                    </a>
                </li>
                {move || {
                    order()
                        .map(|order| {
                            view! {
                                <li>
                                    <a href=Route::Show(RecordKind::Order, order).href()>
                                        <Icon name="clipboard-list"/>
                                        {t(&words::WORK_TITLE)}
                                    </a>
                                </li>
                            }
                        })
                }}
                <Show when=move || !is_void()>
                    <li>
                        <button
                            type="button"
                            data-act="void"
                            on:click=move |_| {
                                open.set(false);
                                voiding.set(true);
                            }
                        >
                            <Icon name="ban"/>
                            {t(&words::VOID)}
                        </button>
                    </li>
                </Show>
            </ul>
            <Told words=told/>
        </Sheet>
    }
}
