//! The code in the corner of a paper, as a QR code: how it is written is the matter of the core.

use crate::browser::route;
use fast_qr::{ECL, QRBuilder};
use leptos::prelude::*;
use sitebook_core::print::PaperCode;
use std::fmt::Write as _;

/// What the QR code says: the code, behind the app's own address where that is one that others may reach.
fn words_of(code: &PaperCode) -> String {
    match route::public_address() {
        Some(address) => format!("{address}#/verify/{code}"),
        None => code.to_string(),
    }
}

/// The QR code. Empty if the words were too many for one, which the core's limits do not let happen.
pub fn qr(code: &PaperCode) -> AnyView {
    drawn(words_of(code), "page-seal")
}

/// Words as a QR code; empty if they are too many for one.
pub fn drawn(words: String, class: &'static str) -> AnyView {
    let Ok(qr) = QRBuilder::new(words).ecl(ECL::M).build() else { return ().into_any() };
    let mut path = String::new();
    for y in 0..qr.size {
        let mut x = 0;
        while x < qr.size {
            let run = (x..qr.size).take_while(|x| qr[y][*x].value()).count();
            if run > 0 {
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    let view_box = format!("0 0 {0} {0}", qr.size);
    view! {
        <svg class=class viewBox=view_box shape-rendering="crispEdges" aria-hidden="true">
            <path d=path/>
        </svg>
    }
    .into_any()
}
