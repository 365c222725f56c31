//! Cuts the bytes of a file into elements while they come in, wherever the pieces end that they come in.
//!
//! Only the outermost two levels are looked at here: members, and elements of lists. An element is kept until it is
//! complete; its size and depth are refused before it is kept, not after. What stands in it, others read.

use super::error::ImportError;
use super::limits;

/// Line and column, both from 1; columns count bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub line: usize,
    pub column: usize,
}

impl Spot {
    /// The spot of something inside an element that begins at this spot.
    pub fn inside(self, line: usize, column: usize) -> Spot {
        let column = if line <= 1 { self.column + column.max(1) - 1 } else { column };
        Spot { line: self.line + line.max(1) - 1, column }
    }
}

/// What comes next in the file.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// The name of a member.
    Key(&'a str),
    /// The beginning of a list that is a member.
    Open,
    /// An element of it begins; nothing of it was kept yet.
    Begin,
    /// The whole element.
    Item(&'a str),
    /// The end of the list.
    Close,
    /// The value of a member that is no list.
    One(&'a str),
    /// The end of the file.
    End,
}

/// What may stand next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The opening bracket of the file.
    Start,
    /// A name, or the closing bracket if `may_end`.
    Key { may_end: bool },
    /// The colon behind a name.
    Colon,
    /// The value of a member.
    Value,
    /// An element of a list, or its end if `may_end`.
    Item { may_end: bool },
    /// A comma or the end of the list.
    AfterItem,
    /// A comma or the end of the file.
    AfterValue,
    /// White space.
    Nothing,
    /// The rest of an element that was begun.
    Inside(Within),
}

/// What kind of element is being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Key,
    Item,
    One,
}

/// Where in an element the bytes so far end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Within {
    kind: Kind,
    depth: usize,
    state: State,
}

/// Most bytes of an element.
fn most(kind: Kind) -> usize {
    match kind {
        Kind::Key => limits::KEY,
        Kind::Item | Kind::One => limits::ELEMENT,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Between the texts of a list or object.
    Plain,
    /// In a text.
    Text,
    /// Behind a backslash.
    Escape,
    /// In a number or word, which ends where something else begins.
    Word,
}

/// The cutter.
#[derive(Debug)]
pub(super) struct Cutter {
    next: Next,
    kept: Vec<u8>,
    /// Where what is kept begins.
    start: Spot,
    here: Spot,
    /// Bytes of a mark that some editors put in front of what they save.
    mark: u8,
    seen: u64,
}

type Take<'a> = dyn FnMut(Piece<'_>, Spot) -> Result<(), ImportError> + 'a;

const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

impl Cutter {
    pub fn new() -> Cutter {
        let start = Spot { line: 1, column: 1 };
        Cutter { next: Next::Start, kept: Vec::new(), start, here: start, mark: 0, seen: 0 }
    }

    /// Bytes of memory that it holds.
    pub fn holds(&self) -> usize {
        self.kept.capacity()
    }

    /// Bytes that came in.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// Takes more bytes in and hands on what is complete.
    pub fn push(&mut self, bytes: &[u8], take: &mut Take<'_>) -> Result<(), ImportError> {
        self.seen = self.seen.saturating_add(bytes.len() as u64);
        if self.seen > limits::BYTES {
            return Err(ImportError::TooBig { is: self.seen, max: limits::BYTES });
        }
        let mut rest = bytes;
        while let Some(&byte) = rest.first() {
            let used = match self.next {
                Next::Inside(within) => self.inside(within, rest, take)?,
                _ => {
                    self.between(byte, take)?;
                    1
                }
            };
            rest = rest.get(used..).unwrap_or_default();
        }
        Ok(())
    }

    /// No more bytes come.
    pub fn finish(&self) -> Result<(), ImportError> {
        match self.next {
            Next::Nothing => Ok(()),
            Next::Start if self.is_clear() => Err(ImportError::Empty),
            _ => Err(ImportError::Truncated { line: self.here.line }),
        }
    }

    fn step(&mut self, byte: u8) {
        if byte == b'\n' {
            self.here = Spot { line: self.here.line + 1, column: 1 };
        } else {
            self.here.column += 1;
        }
    }

    fn wrong(&self, detail: &str) -> ImportError {
        let Spot { line, column } = self.here;
        ImportError::Syntax { line, column, detail: detail.to_owned() }
    }

    /// A byte between elements.
    fn between(&mut self, byte: u8, take: &mut Take<'_>) -> Result<(), ImportError> {
        if matches!(byte, b' ' | b'\t' | b'\r' | b'\n') && self.is_clear() {
            self.step(byte);
            return Ok(());
        }
        let here = self.here;
        match (self.next, byte) {
            (Next::Start, _) => return self.first(byte),
            (Next::Key { .. }, b'"') => return self.begin(Kind::Key, byte),
            (Next::Key { may_end: true } | Next::AfterValue, b'}') => {
                take(Piece::End, here)?;
                self.next = Next::Nothing;
            }
            (Next::Colon, b':') => self.next = Next::Value,
            (Next::Value, b'[') => {
                take(Piece::Open, here)?;
                self.next = Next::Item { may_end: true };
            }
            (Next::Item { may_end: true } | Next::AfterItem, b']') => {
                take(Piece::Close, here)?;
                self.next = Next::AfterValue;
            }
            (Next::AfterItem, b',') => self.next = Next::Item { may_end: false },
            (Next::AfterValue, b',') => self.next = Next::Key { may_end: false },
            (Next::Value | Next::Item { .. }, b',' | b':' | b']' | b'}') => return Err(self.wrong("expected a value")),
            (Next::Item { .. }, _) => {
                take(Piece::Begin, here)?;
                return self.begin(Kind::Item, byte);
            }
            (Next::Value, _) => return self.begin(Kind::One, byte),
            (Next::Key { .. }, _) => return Err(self.wrong("expected a key")),
            (Next::Colon, _) => return Err(self.wrong("expected a colon")),
            (Next::Nothing, _) => return Err(self.wrong("something stands behind the end")),
            _ => return Err(self.wrong("expected a comma or the closing bracket")),
        }
        self.step(byte);
        Ok(())
    }

    /// The first byte that is no white space.
    fn first(&mut self, byte: u8) -> Result<(), ImportError> {
        if self.seen_mark(byte) {
            return Ok(());
        }
        match byte {
            b'{' if self.is_clear() => {
                self.next = Next::Key { may_end: true };
                self.step(byte);
                Ok(())
            }
            // JSON, but no object.
            b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' if self.is_clear() => Err(ImportError::Foreign),
            _ => Err(ImportError::NotText),
        }
    }

    /// Whether the mark is complete or absent.
    fn is_clear(&self) -> bool {
        self.mark == 0 || usize::from(self.mark) == MARK.len()
    }

    /// Whether the byte belongs to the mark at the very beginning.
    fn seen_mark(&mut self, byte: u8) -> bool {
        let expected = MARK.get(usize::from(self.mark)) == Some(&byte);
        let at_start = self.here == Spot { line: 1, column: 1 };
        if expected && at_start {
            self.mark += 1;
        }
        expected && at_start
    }

    /// The first byte of an element.
    fn begin(&mut self, kind: Kind, byte: u8) -> Result<(), ImportError> {
        (self.start, self.here.column) = (self.here, self.here.column + 1);
        self.kept.clear();
        self.kept.push(byte);
        let (depth, state) = match byte {
            b'{' | b'[' => (1, State::Plain),
            b'"' => (0, State::Text),
            _ => (0, State::Word),
        };
        self.next = Next::Inside(Within { kind, depth, state });
        Ok(())
    }

    /// More of an element; gives how many bytes were used.
    fn inside(&mut self, mut within: Within, bytes: &[u8], take: &mut Take<'_>) -> Result<usize, ImportError> {
        // Not a byte beyond the first too many, so that what is found does not hang on how the bytes come in.
        let room = most(within.kind).saturating_sub(self.kept.len()) + 1;
        let bytes = bytes.get(..room).unwrap_or(bytes);
        let mut used = 0;
        let mut done = false;
        while let Some(&byte) = bytes.get(used) {
            match within.state {
                State::Text => {
                    let rest = bytes.get(used..).unwrap_or_default();
                    let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..32));
                    let plain = plain.unwrap_or(rest.len());
                    (used, self.here.column) = (used + plain, self.here.column + plain);
                    match rest.get(plain) {
                        None => break,
                        Some(b'\\') => within.state = State::Escape,
                        Some(b'"') => {
                            within.state = State::Plain;
                            done = within.depth == 0;
                        }
                        Some(_) => return Err(self.wrong("a control character inside of a text")),
                    }
                    (used, self.here.column) = (used + 1, self.here.column + 1);
                }
                State::Escape => {
                    within.state = State::Text;
                    // A control character here is refused with its place; see `State::Text`.
                    if byte < 32 {
                        continue;
                    }
                    (used, self.here.column) = (used + 1, self.here.column + 1);
                }
                State::Plain => {
                    match byte {
                        b'"' => within.state = State::Text,
                        b'{' | b'[' => self.deeper(&mut within)?,
                        b'}' | b']' => within.depth -= 1,
                        _ => {}
                    }
                    self.step(byte);
                    used += 1;
                    done = within.depth == 0;
                }
                State::Word => {
                    if matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n') {
                        done = true;
                    } else {
                        self.here.column += 1;
                        used += 1;
                    }
                }
            }
            if done {
                break;
            }
        }
        self.keep(within.kind, bytes.get(..used).unwrap_or_default())?;
        self.next = Next::Inside(within);
        if done {
            self.hand_on(within.kind, take)?;
        }
        Ok(used)
    }

    fn deeper(&self, within: &mut Within) -> Result<(), ImportError> {
        within.depth += 1;
        // The file itself is one level, a list of it another.
        let around = if within.kind == Kind::Item { 2 } else { 1 };
        if within.depth + around > limits::DEPTH {
            return Err(ImportError::TooDeep { max: limits::DEPTH, line: self.here.line });
        }
        Ok(())
    }

    /// Keeps bytes of an element, as long as it is not too large.
    fn keep(&mut self, kind: Kind, bytes: &[u8]) -> Result<(), ImportError> {
        let size = self.kept.len() + bytes.len();
        if size > most(kind) {
            return Err(ImportError::TooLarge { line: self.start.line, max: most(kind) });
        }
        if size > self.kept.capacity() {
            // Twice as much each time, but never far beyond the limit.
            let room = (self.kept.len() * 2).min(limits::ELEMENT).max(size);
            self.kept.reserve_exact(room - self.kept.len());
        }
        self.kept.extend_from_slice(bytes);
        Ok(())
    }

    /// The element is complete.
    fn hand_on(&mut self, kind: Kind, take: &mut Take<'_>) -> Result<(), ImportError> {
        let text = std::str::from_utf8(&self.kept).map_err(|_| ImportError::NotText)?;
        match kind {
            Kind::Key => {
                // Names of members are plain words; an escaped one is simply another.
                take(Piece::Key(text.trim_matches('"')), self.start)?;
                self.next = Next::Colon;
            }
            Kind::Item => {
                take(Piece::Item(text), self.start)?;
                self.next = Next::AfterItem;
            }
            Kind::One => {
                take(Piece::One(text), self.start)?;
                self.next = Next::AfterValue;
            }
        }
        self.kept.clear();
        Ok(())
    }
}
