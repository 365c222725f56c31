//! The code on a paper, by which *Verify* tells whether the paper says what the record says.
//!
//! `SB1/F-33/SV-20261121-7K2-01/K7QX4M2P9TRD8W3Z`: format, id of the form, number of the visit, and 80 bits of a
//! SHA-256 over everything that the paper shows. Only signs of a QR code's alphanumeric mode, so that the code stays
//! small; read aloud or typed by hand, `0` and `O`, `1` and `I` or `L` are the same.
//!
//! It does not tell when the paper was printed: values that no signature covers may be entered afterwards, and the
//! codes differ then although nobody altered the paper.

use crate::json;
use crate::ledger::sha256;
use crate::template::{Block, Form};
use crate::work::{Run, Scope, shown_by};
use serde::Serialize;
use std::collections::BTreeMap;

const FORMAT: &str = "SB1";
/// Crockford's base 32: no letter that is taken for a digit.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Digits of the digest.
const LENGTH: usize = 16;
/// Longest code that is looked at.
const LONGEST: usize = 200;

/// The code of one paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaperCode {
    /// Id of the form, in capitals.
    pub form: String,
    /// Number of the visit, in capitals.
    pub number: String,
    /// Digest of what the paper shows.
    pub digest: String,
}

/// What a code says of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperVerdict {
    /// The record says what the paper shows.
    Same,
    /// The record says something else now.
    Differs,
    /// The procedure of the record has no such form here.
    UnknownForm,
}

impl PaperCode {
    /// The code of a form filled from a visit; `None` while the visit has no number.
    pub fn of(form: &Form, scope: &Scope<'_>) -> Option<PaperCode> {
        let number = scope.visit.number()?.to_uppercase();
        Some(PaperCode { form: form.id.to_uppercase(), number, digest: digest(form, scope) })
    }

    /// Reads a code that was scanned, copied or typed; an address in front of it is passed over.
    pub fn parse(words: &str) -> Option<PaperCode> {
        let words: String = words.trim().chars().take(LONGEST).filter(|c| !c.is_whitespace()).collect();
        let words = words.to_uppercase().replace("%2F", "/");
        let at = words.find(&format!("{FORMAT}/"))?;
        let mut parts = words[at..].split('/').skip(1);
        let (form, number, digest) = (parts.next()?, parts.next()?, parts.next()?);
        let fits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let digest: String = digest.chars().filter(|c| *c != '-').map(usual).collect();
        let sound = digest.len() == LENGTH && digest.bytes().all(|digit| DIGITS.contains(&digit));
        let whole = sound && fits(form) && fits(number) && parts.next().is_none();
        whole.then(|| PaperCode { form: form.to_owned(), number: number.to_owned(), digest })
    }

    /// Whether the paper belongs to the visit with this number.
    pub fn is_of(&self, number: &str) -> bool {
        number.to_uppercase() == self.number
    }

    /// Compares the paper with its visit.
    pub fn judge(&self, scope: &Scope<'_>) -> PaperVerdict {
        let mut forms = scope.procedure.forms.iter().filter_map(|id| scope.form(id));
        match forms.find(|form| form.id.to_uppercase() == self.form) {
            None => PaperVerdict::UnknownForm,
            Some(form) if digest(form, scope) == self.digest => PaperVerdict::Same,
            Some(_) => PaperVerdict::Differs,
        }
    }
}

impl std::fmt::Display for PaperCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{FORMAT}/{}/{}/{}", self.form, self.number, self.digest)
    }
}

/// What looks alike is the same.
fn usual(digit: char) -> char {
    match digit {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

/// Everything that a paper shows, whatever its language.
#[derive(Serialize)]
struct Shown<'a> {
    form: &'a str,
    version: u32,
    number: Option<&'a str>,
    void: bool,
    values: BTreeMap<String, String>,
    signatures: Vec<Option<String>>,
    deviations: Vec<String>,
}

fn digest(form: &Form, scope: &Scope<'_>) -> String {
    let has_deviations = form.blocks.iter().any(|block| matches!(block, Block::Deviations { .. }));
    let deviations = if has_deviations { Run::new(scope).deviations() } else { Vec::new() };
    let slots = form.blocks.iter().flat_map(|block| match block {
        Block::Signatures { slots } => slots.as_slice(),
        _ => &[],
    });
    let signed = |key: &str| scope.visit.signature(key).map(|fact| fact.touch.op.to_string());
    let shown = Shown {
        form: &form.id,
        version: form.version,
        number: scope.visit.number(),
        void: scope.visit.is_void(),
        values: shown_by(form, scope),
        signatures: slots.filter_map(|slot| slot.from.as_deref()).map(signed).collect(),
        deviations: deviations.into_iter().map(|deviation| deviation.fact.touch.op.to_string()).collect(),
    };
    let hash = sha256(json::write(&shown).unwrap_or_default().as_bytes());
    base32(&hash)
}

/// The first 80 bits in base 32.
fn base32(hash: &[u8]) -> String {
    let bits = hash.iter().take(10).fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    let digit = |place: usize| char::from(DIGITS[(bits >> (5 * place)) as usize & 31]);
    (0..LENGTH).rev().map(digit).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn code() -> PaperCode {
        PaperCode { form: "F-24-INSTALL".to_owned(), number: "SV-20261121-7K2-01".to_owned(), digest: base32(&[7; 32]) }
    }

    #[test]
    fn a_code_is_read_back_however_it_came() {
        let words = code().to_string();
        assert_eq!(PaperCode::parse(&words), Some(code()));
        assert_eq!(PaperCode::parse(&format!("  {}\n", words.to_lowercase())), Some(code()));
        assert_eq!(PaperCode::parse(&format!("https://example.invalid/app/#/verify/{words}")), Some(code()));
        assert_eq!(PaperCode::parse(&words.replace('/', "%2F")), Some(code()));
        let (digest, words) = (code().digest, code().to_string());
        let grouped = words.replace(&digest, &format!("{}-{} {}", &digest[..4], &digest[4..9], &digest[9..]));
        assert_eq!(PaperCode::parse(&grouped), Some(code()));
    }

    #[test]
    fn letters_that_look_like_digits_are_digits() {
        let code = PaperCode { digest: "0011AAAABBBBCCCC".to_owned(), ..code() };
        let typed = code.to_string().replace("0011", "Ooil");
        assert_eq!(PaperCode::parse(&typed), Some(code));
    }

    #[test]
    fn what_is_no_code_is_none() {
        let long = "Q".repeat(10_000);
        for words in ["", "SB1", "SB1/F-33/SV-1/short", "SB1/F-33//0000000000000000", "SB2/F/N/0000000000000000", &long]
        {
            assert_eq!(PaperCode::parse(words), None, "{words}");
        }
        assert_eq!(PaperCode::parse(&format!("{}/more", code())), None);
        assert_eq!(PaperCode::parse(&code().to_string().replace("F-24", "F<24")), None);
    }

    #[test]
    fn the_code_fits_the_small_mode_of_a_qr_code() {
        let small = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || "$%*+-./: ".contains(c);
        assert!(code().to_string().chars().all(small));
    }
}
