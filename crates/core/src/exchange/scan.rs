//! Whether a key stands twice in an object: parsers differ in which of the two they believe. One pass, no recursion,
//! over an element whose brackets were counted; the grammar itself is checked by the JSON parser afterwards.

use super::cut::Spot;
use super::error::ImportError;
use super::limits;
use crate::gathered::sorted;

/// One open object or list; keys as ranges of bytes between their quotes. Ranges are 32 bits: elements are smaller.
struct Open {
    is_object: bool,
    keys: Vec<(u32, u32)>,
}

/// Refuses an element with too many keys or one key twice in one object. `start` is where it stands in the file.
pub(super) fn scan(text: &str, start: Spot) -> Result<(), ImportError> {
    let bytes = text.as_bytes();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => open.push(Open { is_object: byte == b'{', keys: Vec::new() }),
            b'}' | b']' => {
                // A bracket too many is left to the parser, which names it better.
                if let Some(closed) = open.pop().filter(|closed| closed.keys.len() > 1) {
                    no_twins(text, &closed.keys, start)?;
                }
            }
            b'"' => {
                // So is a text that does not end.
                let Some(end) = string_end(bytes, at + 1) else { return Ok(()) };
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
    Ok(())
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
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

/// The spot of a byte of the element.
fn spot(text: &str, offset: u32, start: Spot) -> Spot {
    let before = text.as_bytes().get(..offset as usize).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    start.inside(line, before.len() - begin + 1)
}

fn no_twins(text: &str, keys: &[(u32, u32)], start: Spot) -> Result<(), ImportError> {
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
            let Spot { line, column } = spot(text, pair[1].1, start);
            Err(ImportError::KeyTwice { key: super::error::short(pair[1].0), line, column })
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_stands_twice_is_refused_with_its_place() {
        let start = Spot { line: 5, column: 3 };
        let twice = |line, column| Err(ImportError::KeyTwice { key: "a".into(), line, column });
        assert_eq!(scan("{\"a\":1,\n\"a\":2}", start), twice(6, 2));
        assert_eq!(scan("{\"a\":1,\"a\":2}", start), twice(5, 11));
        assert_eq!(scan("{\"a\":1,\n\"\\u0061\":2}", start), twice(6, 2));
        assert_eq!(scan(r#"{"a":{"a":["a","a"]},"b":"a"}"#, start), Ok(()));
        assert_eq!(scan(r#"{"a":"[[[{{{\"\\"}"#, start), Ok(()));
    }
}
