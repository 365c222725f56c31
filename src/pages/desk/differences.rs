//! What differs between two versions, in words and in colour.

use crate::i18n::{Text, t, tx, words::editor};
use leptos::prelude::*;
use sitebook_core::template::diff::{Difference, How};

fn look(how: How) -> (&'static str, &'static Text, &'static str) {
    match how {
        How::Added => ("tag is-good", &editor::HOW_ADDED, "added"),
        How::Removed => ("tag is-danger", &editor::HOW_REMOVED, "removed"),
        How::Moved => ("tag is-strong", &editor::HOW_MOVED, "moved"),
        How::Changed => ("tag is-warn", &editor::HOW_CHANGED, "changed"),
    }
}

/// The list of differences; says so when there are none.
pub fn differences(all: Vec<Difference>) -> AnyView {
    if all.is_empty() {
        return view! { <p class="hint" data-differences="0">{t(&editor::SAME)}</p> }.into_any();
    }
    let count = all.len().to_string();
    let row = |one: Difference| {
        let (class, word, how) = look(one.how);
        let words = one.words.map(|(before, after)| {
            view! {
                <span class="diff-before"><span class="unseen">{t(&editor::BEFORE)}</span><del>{tx(before)}</del></span>
                <span class="diff-after"><span class="unseen">{t(&editor::AFTER)}</span><ins>{tx(after)}</ins></span>
            }
        });
        view! {
            <li class="diff" data-how=how>
                <span class=class>{t(word)}</span>
                <span class="diff-main">
                    <strong>{tx(one.place)}</strong>
                    <span>{tx(one.what)}</span>
                    {words}
                </span>
            </li>
        }
    };
    view! { <ul class="diffs" data-differences=count>{all.into_iter().map(row).collect_view()}</ul> }.into_any()
}
