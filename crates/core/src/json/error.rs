//! What can go wrong between a value and its JSON.

use std::fmt;

/// What kind of mistake it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The text is not JSON.
    Syntax,
    /// The text ends in the middle.
    End,
    /// The text is JSON but says something else, or the value cannot be written.
    Data,
}

/// Why something could not be written or read.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    fault: Fault,
    line: usize,
    column: usize,
    what: String,
}

impl Error {
    #[cold]
    #[inline(never)]
    pub(super) fn data(what: String) -> Error {
        Error(Box::new(Inner { fault: Fault::Data, line: 0, column: 0, what }))
    }

    /// The error at a place; one that has a place keeps it.
    #[cold]
    pub(super) fn at(mut self, fault: Option<Fault>, line: usize, column: usize) -> Error {
        if self.0.line == 0 {
            (self.0.line, self.0.column) = (line, column);
            self.0.fault = fault.unwrap_or(self.0.fault);
        }
        self
    }

    /// What kind of mistake it is.
    pub fn fault(&self) -> Fault {
        self.0.fault
    }

    /// Line, from 1; 0 for what could not be written.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Bytes of the line that were read.
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// What is wrong, in English, without the place.
    pub fn what(&self) -> &str {
        &self.0.what
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.what)?;
        if self.0.line > 0 {
            write!(out, " at line {} column {}", self.0.line, self.0.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(what: T) -> Error {
        Error::data(what.to_string())
    }
}

impl serde::ser::Error for Error {
    fn custom<T: fmt::Display>(what: T) -> Error {
        Error::data(what.to_string())
    }
}
