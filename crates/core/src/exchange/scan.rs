//! The first look at foreign bytes: how deep, how wide, whole or cut off, and whether a key stands twice. One pass,
//! no recursion; the grammar itself is checked by the JSON parser afterwards.

use super::error::ImportError;
use super::limits;
use crate::gathered::sorted;

/// Line and column, both from 1; columns count bytes, as the JSON parser does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub line: usize,
    pub column: usize,
}

impl Spot {
    /// The spot of a byte.
    pub fn of(text: &str, offset: usize) -> Spot {
        let before = text.as_bytes().get(..offset).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        Spot { line, column: offset - start + 1 }
    }
}

/// One open object or list; keys as ranges of bytes between their quotes. Ranges are 32 bits: the file is smaller
/// than 4 GB.
struct Open {
    is_object: bool,
    keys: Vec<(u32, u32)>,
}

/// Refuses text that is too deep, too wide, cut off or names a key twice in one object.
pub(super) fn scan(text: &str) -> Result<(), ImportError> {
    let bytes = text.as_bytes();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => {
                if open.len() >= limits::DEPTH {
                    return Err(ImportError::TooDeep { max: limits::DEPTH, line: Spot::of(text, at).line });
                }
                open.push(Open { is_object: byte == b'{', keys: Vec::new() });
            }
            b'}' | b']' => {
                // A bracket too many is left to the parser, which names it better.
                if let Some(closed) = open.pop().filter(|closed| closed.keys.len() > 1) {
                    no_twins(text, &closed.keys)?;
                }
            }
            b'"' => {
                let end = string_end(bytes, at + 1).ok_or_else(|| truncated(text))?;
                if let Some(object) = open.last_mut().filter(|object| object.is_object)
                    && is_key(bytes, end + 1)
                {
                    object.keys.push((narrow(at + 1), narrow(end)));
                    if object.keys.len() > limits::KEYS {
                        return Err(ImportError::TooMany { what: "keys", max: limits::KEYS });
                    }
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    if open.is_empty() { Ok(()) } else { Err(truncated(text)) }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn truncated(text: &str) -> ImportError {
    ImportError::Truncated { line: Spot::of(text, text.len()).line }
}

/// The place of the quote that ends the string beginning at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn is_key(bytes: &[u8], after: usize) -> bool {
    let rest = bytes.get(after..).unwrap_or_default();
    rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
}

fn no_twins(text: &str, keys: &[(u32, u32)]) -> Result<(), ImportError> {
    let mut words: Vec<(String, u32)> = Vec::new();
    let mut plain: Vec<(&str, u32)> = Vec::new();
    for (from, to) in keys {
        let raw = text.get(*from as usize..*to as usize).unwrap_or_default();
        if raw.contains('\\') {
            // `"\u0061"` is the key `a`. Broken escapes are left to the parser.
            words.push((crate::json::read(&format!("\"{raw}\"")).unwrap_or_default(), *from));
        } else {
            plain.push((raw, *from));
        }
    }
    plain.extend(words.iter().map(|(word, from)| (word.as_str(), *from)));
    let plain = sorted(plain, Ord::cmp);
    match plain.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        Some(pair) => {
            let Spot { line, column } = Spot::of(text, pair[1].1 as usize);
            Err(ImportError::KeyTwice { key: super::error::short(pair[1].0), line, column })
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_refused_before_it_hurts() {
        let deep = "[".repeat(limits::DEPTH) + &"]".repeat(limits::DEPTH);
        assert_eq!(scan(&deep), Ok(()));
        assert!(matches!(scan(&"[".repeat(3_000_000)), Err(ImportError::TooDeep { .. })));
        assert!(matches!(scan(&"{\"a\":".repeat(3_000_000)), Err(ImportError::TooDeep { .. })));
    }

    #[test]
    fn a_key_that_stands_twice_is_refused_with_its_place() {
        let twice = ImportError::KeyTwice { key: "a".into(), line: 2, column: 2 };
        assert_eq!(scan("{\"a\":1,\n\"a\":2}"), Err(twice.clone()));
        assert_eq!(scan("{\"a\":1,\n\"\\u0061\":2}"), Err(twice));
        assert_eq!(scan(r#"{"a":{"a":["a","a"]},"b":"a"}"#), Ok(()));
    }

    #[test]
    fn brackets_in_strings_do_not_count_and_open_ends_do() {
        assert_eq!(scan(r#"{"a":"[[[{{{\"\\"}"#), Ok(()));
        assert_eq!(scan("{\n\"a\":\"x"), Err(ImportError::Truncated { line: 2 }));
        assert_eq!(scan("[1,2"), Err(ImportError::Truncated { line: 1 }));
        assert_eq!(scan("\"\\"), Err(ImportError::Truncated { line: 1 }));
    }
}
