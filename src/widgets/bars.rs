//! A bar chart as inline SVG, with its numbers as a table below it.
//!
//! The picture is for the eye: screen readers get the table. Parts of a bar differ in shade and in pattern, so that a
//! black-and-white print tells them apart.

use crate::i18n::{t, tx, words};
use leptos::prelude::*;
use sitebook_core::text::Text;

/// One bar: what it is, and its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What is counted.
    pub label: Text,
    /// A number for each part.
    pub parts: Vec<usize>,
}

/// Height of a bar with its label, in units of the picture.
const STEP: usize = 44;
const WIDTH: usize = 320;
/// Room at the right for the number.
const ROOM: usize = 44;

/// The chart. Without bars that count anything it says so.
pub fn bars(name: &'static Text, parts: &[&'static Text], all: Vec<Bar>) -> AnyView {
    let most = all.iter().map(|bar| bar.parts.iter().sum::<usize>()).max().unwrap_or(0);
    if most == 0 {
        return view! { <p class="hint">{t(&words::charts::NONE)}</p> }.into_any();
    }
    let legend = (parts.len() > 1).then(|| {
        let keys = parts.iter().enumerate().map(|(place, text)| {
            view! { <span class="chart-key"><i class=format!("chart-part is-{place}")></i>{t(text)}</span> }
        });
        view! { <p class="chart-keys" aria-hidden="true">{keys.collect_view()}</p> }
    });
    let picture = all.iter().enumerate().map(|(row, bar)| one(row * STEP, bar, most)).collect_view();
    let box_ = format!("0 0 {WIDTH} {}", all.len() * STEP);
    let heads = parts.iter().map(|text| view! { <th scope="col">{t(text)}</th> }).collect_view();
    let rows = all
        .iter()
        .map(|bar| {
            let cells = bar.parts.iter().map(|number| view! { <td>{number.to_string()}</td> }).collect_view();
            view! { <tr><th scope="row">{tx(bar.label.clone())}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        {legend}
        <svg class="chart" viewBox=box_ aria-hidden="true" focusable="false">{picture}</svg>
        <details class="fold" aria-label=t(name)>
            <summary>{t(&words::charts::TABLE)}</summary>
            <table class="chart-table">
                <caption class="unseen">{t(name)}</caption>
                <thead><tr><th scope="col">{t(&words::charts::WHAT)}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}

fn one(top: usize, bar: &Bar, most: usize) -> AnyView {
    let long = |number: usize| number * (WIDTH - ROOM) / most.max(1);
    let mut from = 0;
    let mut pieces = Vec::new();
    for (place, number) in bar.parts.iter().enumerate() {
        let wide = if *number > 0 { long(*number).max(2) } else { 0 };
        if wide > 0 {
            pieces.push(view! {
                <rect class=format!("chart-part is-{place}") x=from.to_string() y=(top + 20).to_string() width=wide.to_string() height="16"></rect>
            });
        }
        from += wide;
    }
    let total: usize = bar.parts.iter().sum();
    view! {
        <text class="chart-label" x="0" y=(top + 14).to_string()>{tx(bar.label.clone())}</text>
        {pieces}
        <text class="chart-number" x=(from + 6).to_string() y=(top + 33).to_string()>{total.to_string()}</text>
    }
    .into_any()
}
