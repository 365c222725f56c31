//! The grammar of JSON (RFC 8259), without types: what stands next, and past it.

use super::error::{Error, Fault};
use std::borrow::Cow;

/// Deepest nesting of lists and objects.
const DEEPEST: u8 = 128;

/// A place in a text.
pub(super) struct Seek<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
}

/// A number as it stands there.
pub(super) enum Number {
    /// Whole, without point or exponent.
    Whole(i64),
    /// Whole and larger than any `i64`.
    Large(u64),
    /// Any other.
    Real(f64),
}

/// What begins with a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
}

impl<'de> Seek<'de> {
    pub fn new(text: &'de str) -> Seek<'de> {
        Seek { text, at: 0, depth: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    #[inline(never)]
    pub fn next(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// The error at this place: bad grammar, or the end.
    #[cold]
    #[inline(never)]
    pub fn wrong(&self, what: &str) -> Error {
        let fault = if self.at < self.text.len() { Fault::Syntax } else { Fault::End };
        let (line, column) = self.place(self.at);
        Error::data(what.to_owned()).at(Some(fault), line, column)
    }

    /// The error about what was read last, with its place.
    #[cold]
    pub fn placed(&self, error: Error) -> Error {
        let (line, column) = self.place(self.at.saturating_sub(1));
        error.at(None, line, column)
    }

    /// Line and column, both from 1, of a byte.
    fn place(&self, at: usize) -> (usize, usize) {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        let start = before.iter().rposition(|byte| *byte == b'\n');
        (line + 1, at - start.map_or(0, |start| start + 1) + 1)
    }

    /// Steps over this byte after white space.
    #[inline(never)]
    pub fn pass(&mut self, byte: u8, expected: &str) -> Result<(), Error> {
        if self.next() != Some(byte) {
            return Err(self.wrong(expected));
        }
        self.at += 1;
        Ok(())
    }

    /// What stands next.
    #[inline(never)]
    pub fn token(&mut self) -> Result<Token, Error> {
        match self.next() {
            Some(b'n') => Ok(Token::Null),
            Some(b't' | b'f') => Ok(Token::Bool),
            Some(b'"') => Ok(Token::Text),
            Some(b'[') => Ok(Token::List),
            Some(b'{') => Ok(Token::Object),
            Some(b'-' | b'0'..=b'9') => Ok(Token::Number),
            _ => Err(self.wrong("expected a value")),
        }
    }

    /// Steps into a list or object.
    #[inline(never)]
    pub fn open(&mut self, bracket: u8, expected: &str) -> Result<(), Error> {
        let token = self.token()?;
        if token != Token::List && token != Token::Object || self.byte() != Some(bracket) {
            self.skip()?;
            return Err(self.placed(Error::data(expected.to_owned())));
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("nested too deeply"));
        }
        self.at += 1;
        Ok(())
    }

    /// Whether another element follows before the closing bracket; steps over the comma.
    #[inline(never)]
    pub fn more(&mut self, close: u8, first: &mut bool) -> Result<bool, Error> {
        let next = self.next();
        if next == Some(close) {
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.pass(b',', "expected a comma or the closing bracket")?;
            if self.next() == Some(close) {
                return Err(self.wrong("a comma before the closing bracket"));
            }
        }
        Ok(true)
    }

    /// Steps out of a list or object that was read to its end.
    #[inline(never)]
    pub fn close(&mut self, bracket: u8) -> Result<(), Error> {
        if self.next() == Some(b',') {
            return Err(self.placed(Error::data("more elements than expected".to_owned())));
        }
        self.pass(bracket, "expected the closing bracket")?;
        self.depth -= 1;
        Ok(())
    }

    /// A key and the colon behind it.
    #[inline(never)]
    pub fn key(&mut self) -> Result<Cow<'de, str>, Error> {
        if self.next() != Some(b'"') {
            return Err(self.wrong("expected a key"));
        }
        self.text()
    }

    /// Steps over `null`, `true` or `false`.
    fn word(&mut self, word: &str) -> Result<(), Error> {
        for byte in word.bytes() {
            if self.byte() != Some(byte) {
                return Err(self.wrong("expected a value"));
            }
            self.at += 1;
        }
        Ok(())
    }

    /// `null`.
    #[inline(never)]
    pub fn null(&mut self) -> Result<(), Error> {
        match self.token()? {
            Token::Null => self.word("null"),
            _ => Err(self.other("expected null")),
        }
    }

    /// `true` or `false`.
    #[inline(never)]
    pub fn truth(&mut self) -> Result<bool, Error> {
        if self.token()? != Token::Bool {
            return Err(self.other("expected true or false"));
        }
        let truth = self.byte() == Some(b't');
        self.word(if truth { "true" } else { "false" }).map(|()| truth)
    }

    /// The error about a value of another kind.
    #[cold]
    #[inline(never)]
    fn other(&mut self, expected: &str) -> Error {
        match self.skip() {
            Ok(()) => self.placed(Error::data(expected.to_owned())),
            Err(error) => error,
        }
    }

    fn digits(&mut self) -> Result<(), Error> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.wrong("expected a digit"));
        }
        Ok(())
    }

    /// A number.
    #[inline(never)]
    pub fn number(&mut self) -> Result<Number, Error> {
        if self.token()? != Token::Number {
            return Err(self.other("expected a number"));
        }
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        if self.byte() == Some(b'0') {
            self.at += 1;
            if let Some(b'0'..=b'9') = self.byte() {
                return Err(self.wrong("a number does not begin with zeros"));
            }
        } else {
            self.digits()?;
        }
        let mut whole = true;
        if self.byte() == Some(b'.') {
            whole = false;
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            whole = false;
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        if whole && text != "-0" {
            if let Ok(number) = text.parse() {
                return Ok(Number::Whole(number));
            }
            if let Ok(number) = text.parse() {
                return Ok(Number::Large(number));
            }
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Number::Real(number)),
            _ => Err(self.wrong("the number is too large")),
        }
    }

    /// A text; borrowed where nothing in it is escaped.
    #[inline(never)]
    pub fn text(&mut self) -> Result<Cow<'de, str>, Error> {
        if self.token()? != Token::Text {
            return Err(self.other("expected a text"));
        }
        self.at += 1;
        let mut plain = self.at;
        let mut text = Cow::Borrowed("");
        loop {
            match self.byte() {
                Some(b'"') => break,
                Some(b'\\') => {
                    text += &self.text[plain..self.at];
                    self.at += 1;
                    let escaped = self.escaped()?;
                    text.to_mut().push(escaped);
                    plain = self.at;
                }
                Some(0..32) => return Err(self.wrong("a control character inside of a text")),
                Some(_) => self.at += 1,
                None => return Err(self.wrong("the text does not end")),
            }
        }
        text += &self.text[plain..self.at];
        self.at += 1;
        Ok(text)
    }

    /// What an escape behind its backslash stands for.
    fn escaped(&mut self) -> Result<char, Error> {
        let byte = self.byte();
        self.at += 1;
        Ok(match byte {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first = self.unit()?;
                // Beyond the first 65,536 a character is written as two units.
                let second = if (0xD800..0xDC00).contains(&first) {
                    self.pass_here(b'\\')?;
                    self.pass_here(b'u')?;
                    Some(self.unit()?)
                } else {
                    None
                };
                let units = std::iter::once(first).chain(second);
                let mut chars = char::decode_utf16(units);
                match chars.next() {
                    Some(Ok(found)) => found,
                    _ => return Err(self.wrong("half a character")),
                }
            }
            _ => {
                self.at -= 1;
                return Err(self.wrong("an escape that does not exist"));
            }
        })
    }

    fn pass_here(&mut self, byte: u8) -> Result<(), Error> {
        if self.byte() != Some(byte) {
            return Err(self.wrong("half a character"));
        }
        self.at += 1;
        Ok(())
    }

    /// Four hex digits.
    fn unit(&mut self) -> Result<u16, Error> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit.and_then(|digit| u16::try_from(digit).ok()) else {
                return Err(self.wrong("expected four hex digits"));
            };
            unit = unit << 4 | digit;
            self.at += 1;
        }
        Ok(unit)
    }

    /// Steps over one value of any kind.
    #[inline(never)]
    pub fn skip(&mut self) -> Result<(), Error> {
        let (open, close) = match self.token()? {
            Token::Null => return self.word("null"),
            Token::Bool => return self.truth().map(drop),
            Token::Number => return self.number().map(drop),
            Token::Text => return self.text().map(drop),
            Token::List => (b'[', b']'),
            Token::Object => (b'{', b'}'),
        };
        self.open(open, "")?;
        let mut first = true;
        while self.more(close, &mut first)? {
            if close == b'}' {
                self.key()?;
                self.pass(b':', "expected a colon")?;
            }
            self.skip()?;
        }
        self.close(close)
    }

    /// Nothing but white space is left.
    pub fn end(&mut self) -> Result<(), Error> {
        match self.next() {
            None => Ok(()),
            Some(_) => Err(self.wrong("something stands behind the end")),
        }
    }
}
