//! Random bytes for ids.

use super::reach;
use js_sys::Math;

/// `N` random bytes, at most 65,536, from the system's generator.
///
/// Where a browser has none they come from `Math.random`: good enough to keep ids apart, no secret.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = reach::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        bytes.fill_with(|| (Math::random() * 256.0) as u8);
    }
    bytes
}
