//! Photos on paper: with their words and marks, pairs of before and after side by side.

use super::view::{Pair, PhotoView};
use crate::ledger::{Photo, photo_name};
use crate::marks;
use crate::text::{Lang, Text};

/// The photos in their order; one that shows what became of another comes right after it.
pub(super) fn photo_views<'a>(photos: impl Iterator<Item = Photo<'a>>, lang: Lang) -> Vec<PhotoView> {
    let photos: Vec<Photo<'_>> = photos.collect();
    let named = |name: &str| photos.iter().position(|other| photo_name(&other.attachment.sha256) == name);
    // A photo is half of one pair at most: the first that claims it has it.
    let mut partner = vec![None; photos.len()];
    for (after, photo) in photos.iter().enumerate() {
        let Some(before) = photo.after.and_then(named).filter(|before| *before != after) else { continue };
        let free = |place: usize| partner.get(place).is_some_and(Option::is_none);
        if free(before) && free(after) {
            set(&mut partner, before, (Pair::Before, after));
            set(&mut partner, after, (Pair::After, before));
        }
    }
    let mut views = Vec::new();
    for (place, photo) in photos.iter().enumerate() {
        match partner.get(place).copied().flatten() {
            None => views.push(photo_view(photo, None, lang)),
            Some((Pair::Before, after)) => {
                views.push(photo_view(photo, Some(Pair::Before), lang));
                views.extend(photos.get(after).map(|after| photo_view(after, Some(Pair::After), lang)));
            }
            Some((Pair::After, _)) => {}
        }
    }
    views
}

fn set<T>(list: &mut [Option<T>], place: usize, value: T) {
    if let Some(slot) = list.get_mut(place) {
        *slot = Some(value);
    }
}

fn photo_view(photo: &Photo<'_>, pair: Option<Pair>, lang: Lang) -> PhotoView {
    let own = photo.caption.unwrap_or_default();
    let caption = match pair {
        None => own.to_owned(),
        Some(pair) => {
            let words = match pair {
                Pair::Before => Text::of("处理前", "Before"),
                Pair::After => Text::of("处理后", "After"),
            };
            let between = match (own.is_empty(), lang) {
                (true, _) => "",
                (false, Lang::Zh) => "：",
                (false, Lang::En) => ": ",
            };
            format!("{}{between}{own}", words.get(lang))
        }
    };
    PhotoView {
        sha256: photo.attachment.sha256.clone(),
        caption,
        at: photo.fact.touch.stamp().date_time(),
        size: (photo.attachment.width, photo.attachment.height),
        marks: photo.marks.and_then(marks::from_text).unwrap_or_default(),
        pair,
    }
}

/// The photos in rows of two. A pair fills a row of its own.
pub fn photo_rows(photos: &[PhotoView]) -> Vec<Vec<PhotoView>> {
    let mut rows: Vec<Vec<PhotoView>> = Vec::new();
    for photo in photos {
        let joins = photo.pair != Some(Pair::Before)
            && rows.last().is_some_and(|row| {
                let open = row.len() == 1;
                open && (photo.pair == Some(Pair::After)) == row.iter().any(|one| one.pair == Some(Pair::Before))
            });
        match rows.last_mut().filter(|_| joins) {
            Some(row) => row.push(photo.clone()),
            None => rows.push(vec![photo.clone()]),
        }
    }
    rows
}
