//! What a tap feels like in a gloved hand, where the device can tremble: short when it was taken, longer when it was
//! refused. Typing does not tremble.

use crate::browser::page;
use leptos::prelude::*;
use sitebook_core::text::Text;

const TAKEN: u32 = 12;
const REFUSED: u32 = 80;
const NOT_SAVED: u32 = 250;

/// Lets the hand feel whether a tap was taken, and hands the answer on.
pub fn tap<E>(answer: Result<(), E>) -> Result<(), E> {
    page::vibrate(if answer.is_ok() { TAKEN } else { REFUSED });
    answer
}

/// The same for a tap whose refusal is told at its place. Gives whether it was taken.
pub fn told(answer: Result<(), Text>, refusal: RwSignal<Option<Text>>) -> bool {
    let refused = tap(answer).err();
    let taken = refused.is_none();
    refusal.set(refused);
    taken
}

/// Something that was taken could not be saved.
pub fn not_saved() {
    page::vibrate(NOT_SAVED);
}
