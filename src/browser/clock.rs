//! The clocks: what time it is, here, and how long something took.

use super::reach;
use js_sys::Date;
use sitebook_core::time::Stamp;

/// This moment and the local offset in force.
pub fn now() -> Stamp {
    let date = Date::new_0();
    // JavaScript counts minutes west of UTC.
    Stamp { at: date.get_time() as i64, tz: -(date.get_timezone_offset() as i16) }
}

/// Milliseconds since 1970-01-01T00:00:00Z.
pub fn now_ms() -> i64 {
    Date::now() as i64
}

/// Milliseconds since the page was opened; never runs backwards. Falls back to the wall clock.
pub fn monotonic() -> f64 {
    reach::window().and_then(|window| window.performance()).map_or_else(Date::now, |clock| clock.now())
}
