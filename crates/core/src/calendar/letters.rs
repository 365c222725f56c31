//! What a Chinese keyboard types, as the letters that the calendar's parsers know.

/// The plain letter: half width, small, one kind of dash, comma and semicolon. One letter stays one letter, so places
/// in the text stay, too.
pub(super) fn plain(letter: char) -> char {
    let half = match letter {
        // The full-width forms stand in the order of ASCII.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter),
        '\u{3000}' | '\u{A0}' => ' ',
        '、' => ',',
        '。' | '\n' | '\r' => ';',
        '×' => 'x',
        '∶' => ':',
        other => other,
    };
    match half {
        '~' | '〜' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '至' | '到' => '-',
        other => other.to_ascii_lowercase(),
    }
}
