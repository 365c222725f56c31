//! Whether a customer's data may be erased: a deliberate deed, with a reason that does not repeat what is erased.

use super::Refusal;
use super::check::{MAX_NOTE, clean_text};

/// The reason as it is kept, if it is one and the customer's name was typed as it stands.
///
/// # Errors
/// A refusal in words; nothing is erased then.
pub fn check_erase(name: &str, typed: &str, reason: &str) -> Result<String, Refusal> {
    let plain = |text: &str| -> String { text.split_whitespace().collect::<Vec<_>>().join(" ") };
    if plain(typed) != plain(name) {
        return Err(Refusal::NameDiffers);
    }
    let reason = clean_text(reason, MAX_NOTE, true)?;
    if reason.chars().count() < 2 {
        return Err(Refusal::ReasonMissing);
    }
    let names = !name.trim().is_empty() && plain(&reason).to_lowercase().contains(&plain(name).to_lowercase());
    if names { Err(Refusal::ReasonNames) } else { Ok(reason) }
}
