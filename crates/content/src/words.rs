//! Rules for single words and texts: ids, row numbers, clock times, the two languages.
//!
//! It must not know where in a file a word stands.

use sitebook_core::calendar::Day;
use sitebook_core::time::parse_clock;

/// A rule that a single word follows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pattern {
    /// What such a word is called: "an id".
    pub(crate) called: &'static str,
    /// How it looks, for people.
    pub(crate) looks: &'static str,
    /// Whether a word follows the rule.
    pub(crate) fits: fn(&str) -> bool,
}

/// Any words, but not none.
pub(crate) const ANY: Pattern = Pattern {
    called: "words",
    looks: "it must not be empty or begin or end with a space",
    fits: |word| !word.is_empty() && word.trim() == word,
};

/// `[a-z][a-z0-9-]*`
pub(crate) const ID: Pattern = Pattern {
    called: "an id",
    looks: "an id is made of a-z, 0-9 and '-' and begins with a letter",
    fits: |word| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    },
};

/// `stage`, `stage.step`, `stage.step.capture` or `namespace.field`.
pub(crate) const KEY: Pattern = Pattern {
    called: "a field key",
    looks: "a field key is made of ids with dots between them: 'stage.step.capture' or 'customer.name'",
    fits: |word| word.split('.').all(|part| (ID.fits)(part)),
};

/// A form of the inventory, `F-33`, or a variant of one, `F-24-install`.
pub(crate) const FORM_ID: Pattern = Pattern {
    called: "a form id",
    looks: "a form id is 'F-' and its number in the inventory, at least two digits, and for a variant '-' and an id: \
            'F-33', 'F-24-install'",
    fits: |word| {
        let number = word.strip_prefix("F-").unwrap_or_default();
        match number.split_once('-') {
            Some((number, variant)) => numbered(number, "", 2) && (ID.fits)(variant),
            None => numbered(number, "", 2),
        }
    },
};

/// A rule of the inventory: `R-050`.
pub(crate) const RULE: Pattern = Pattern {
    called: "a rule",
    looks: "a rule is 'R-' and three digits, as in the inventory: 'R-050'",
    fits: |word| numbered(word, "R-", 3) && word.len() == 5,
};

/// Any row of the inventory: `S06`, `TR02`, `F-14`, `R-008`, `SYS-03`.
pub(crate) const ROW: Pattern = Pattern {
    called: "a row of the inventory",
    looks: "a row is capital letters, perhaps '-', and at least two digits: 'S06', 'R-008'",
    fits: |word| {
        let number = word.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
        let letters = word.len() - number.len();
        (1..=3).contains(&letters) && numbered(number.strip_prefix('-').unwrap_or(number), "", 2)
    },
};

/// A row of part E of the inventory: `E.1-1`, `E.10-M3-2`.
pub(crate) const BOOK_ROW: Pattern = Pattern {
    called: "a row of part E",
    looks: "it is 'E.', the section, '-' and the row: 'E.1-1', in E.10 with the moment: 'E.10-M3-2'",
    fits: |word| {
        let Some((section, row)) = word.strip_prefix("E.").and_then(|rest| rest.split_once('-')) else { return false };
        let row = match row.strip_prefix('M') {
            Some(moment) => {
                moment.split_once('-').filter(|(moment, _)| numbered(moment, "", 1)).map_or("", |(_, row)| row)
            }
            None => row,
        };
        numbered(section, "", 1) && numbered(row, "", 1)
    },
};

/// English words alone.
pub(crate) const ENGLISH: Pattern = Pattern {
    called: "English words",
    looks: "it must not be empty, begin or end with a space, or have Chinese characters",
    fits: |word| english(word).is_none(),
};

/// `HH:MM`
pub(crate) const CLOCK: Pattern = Pattern {
    called: "a time of day",
    looks: "a time of day is written HH:MM, from 00:00 to 23:59",
    fits: |word| parse_clock(word).is_some(),
};

/// `YYYY-MM-DD`
pub(crate) const DATE: Pattern = Pattern {
    called: "a date",
    looks: "a date is written YYYY-MM-DD in quotes and lies between 2000 and 2099",
    fits: |word| Day::parse(word).is_some(),
};

fn numbered(word: &str, prefix: &str, digits: usize) -> bool {
    word.strip_prefix(prefix)
        .is_some_and(|number| number.len() >= digits && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What is wrong with a Chinese text, and why.
pub(crate) fn chinese(text: &str) -> Option<(&'static str, &'static str)> {
    if text.trim().is_empty() {
        Some(("the Chinese text is empty", ""))
    } else if text.trim() != text {
        Some(("the Chinese text begins or ends with a space", ""))
    } else if !text.chars().any(is_han) && text.split(is_gap).any(is_english_word) {
        Some(("the Chinese text has no Chinese character", "only numbers, units and codes may go without"))
    } else {
        None
    }
}

/// What is wrong with an English text, and why.
pub(crate) fn english(text: &str) -> Option<(&'static str, &'static str)> {
    if text.trim().is_empty() {
        Some(("the English text is empty", ""))
    } else if text.trim() != text {
        Some(("the English text begins or ends with a space", ""))
    } else if text.chars().any(is_han) {
        Some(("the English text contains Chinese characters", ""))
    } else if text.chars().any(is_wide_punctuation) {
        Some(("the English text contains Chinese punctuation", ""))
    } else {
        None
    }
}

fn is_gap(letter: char) -> bool {
    !letter.is_ascii_alphabetic()
}

/// Units in small letters that are longer than three letters.
const LONG_UNITS: [&str; 4] = ["kbps", "mbps", "gbps", "kohm"];

/// Whether a run of letters is a word rather than a code or unit: four letters or more, and not only capitals.
fn is_english_word(letters: &str) -> bool {
    letters.len() >= 4
        && letters[1..].bytes().any(|byte| byte.is_ascii_lowercase())
        && !LONG_UNITS.contains(&letters.to_ascii_lowercase().as_str())
}

fn is_han(letter: char) -> bool {
    matches!(letter,
        '\u{3005}' | '\u{3007}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}')
}

fn is_wide_punctuation(letter: char) -> bool {
    matches!(letter, '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{FF01}'..='\u{FF5E}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_units_need_no_chinese_character() {
        for code in ["℃", "MΩ", "dBm", "Mbps", "F-33", "IMEI", "Wi-Fi", "24/7", "V"] {
            assert_eq!(chinese(code), None, "{code}");
        }
        for word in ["Done", "serial number", "Serial 7"] {
            assert!(chinese(word).is_some(), "{word}");
        }
    }

    #[test]
    fn rows_of_the_inventory_are_recognised() {
        for row in ["S06", "TR02", "F-14", "R-008", "SYS-03", "K-07"] {
            assert!((ROW.fits)(row), "{row}");
        }
        for other in ["s06", "S6", "S-", "06", "WXYZ-01", "S06a"] {
            assert!(!(ROW.fits)(other), "{other}");
        }
    }

    #[test]
    fn rows_of_part_e_are_recognised() {
        for row in ["E.1-1", "E.3-31", "E.10-M10-3"] {
            assert!((BOOK_ROW.fits)(row), "{row}");
        }
        for other in ["E1-1", "E.1", "E.1-", "E.-1", "E.10-M-3", "E.10-M1", "E.10-M1-"] {
            assert!(!(BOOK_ROW.fits)(other), "{other}");
        }
    }

    #[test]
    fn keys_are_ids_with_dots() {
        assert!((KEY.fits)("arrive.now.at"));
        assert!(!(KEY.fits)("arrive..at"));
        assert!(!(KEY.fits)("Arrive.now"));
    }
}
