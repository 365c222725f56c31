//! What a code on a piece of equipment says. Vendors print several facts into one code: with names before them
//! (`SN:…;PN:…`), by the numbers of GS1 (`(01)…(21)…`), or by the letters of ANSI MH10.8.2 (`[)>…S…`).
//!
//! It must not know what read the code, nor what the number is looked up for.

/// Ends a fact of changing length in the codes of GS1 and MH10.8.2.
const GROUP: char = '\u{1d}';
/// What a serial number is called before a colon or an equals sign, letters only.
const NAMES: [&str; 7] = ["sn", "sno", "serial", "serialno", "serialnumber", "序列号", "出厂编号"];
/// What separates named facts.
const BETWEEN: [char; 10] = [';', '；', ',', '，', '|', '\n', '\r', '\t', GROUP, '\u{1e}'];
/// Facts of GS1 whose length is fixed: number, characters after it.
const FIXED: [(&str, usize); 10] =
    [("00", 18), ("01", 14), ("02", 14), ("11", 6), ("12", 6), ("13", 6), ("15", 6), ("16", 6), ("17", 6), ("20", 2)];
/// The serial number in GS1.
const SERIAL: &str = "21";

/// The serial number in a code of several facts; a code of one fact as it is. Never empty where the code is not.
pub fn serial_in(code: &str) -> &str {
    let code = code.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    let found = lettered(code).or_else(|| named(code)).or_else(|| bracketed(code)).or_else(|| numbered(code));
    found.map(str::trim).filter(|serial| !serial.is_empty()).unwrap_or(code)
}

/// `SN:…;PN:…`, `S/N=…`, `序列号：…`.
fn named(code: &str) -> Option<&str> {
    code.split(BETWEEN).find_map(|fact| {
        let (name, value) = fact.split_once([':', '：', '='])?;
        let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        // Several on one line: the value ends where the next name begins.
        NAMES.contains(&name.as_str()).then(|| value.split_whitespace().next().unwrap_or_default())
    })
}

/// `(01)06901234567892(21)…`, as it is printed below a GS1 code.
fn bracketed(code: &str) -> Option<&str> {
    let begin = code.starts_with('(').then(|| code.find("(21)"))??;
    code.get(begin + 4..)?.split('(').next()
}

/// `]C1010690…21…`: numbers without brackets. Only codes that begin with the mark of GS1 or an article number whose
/// check digit is right: any other digits are a number of their own.
fn numbered(code: &str) -> Option<&str> {
    let marked = ["]C1", "]d2", "]Q3", "]e0"].into_iter().find_map(|mark| code.strip_prefix(mark));
    let mut rest = marked.unwrap_or(code).trim_start_matches(GROUP);
    if marked.is_none() && !rest.strip_prefix("01").and_then(|rest| rest.get(..14)).is_some_and(is_article) {
        return None;
    }
    while !rest.is_empty() {
        if let Some(serial) = rest.strip_prefix(SERIAL) {
            return serial.split(GROUP).next();
        }
        let fixed = FIXED.iter().find(|(number, _)| rest.starts_with(number));
        rest = match fixed {
            Some((number, length)) => rest.get(number.len() + length..)?,
            None => rest.split_once(GROUP)?.1,
        };
        rest = rest.trim_start_matches(GROUP);
    }
    None
}

/// Whether it is an article number: fourteen digits, the last of which checks the others.
fn is_article(digits: &str) -> bool {
    let sum = digits
        .chars()
        .enumerate()
        .try_fold(0, |sum, (place, digit)| Some(sum + digit.to_digit(10)? * if place % 2 == 0 { 3 } else { 1 }));
    sum.is_some_and(|sum| sum % 10 == 0)
}

/// `[)>␞06␝1P…␝S…␞␄`: a letter before each fact; `S` is the serial number.
fn lettered(code: &str) -> Option<&str> {
    let facts = code.strip_prefix("[)>")?;
    facts.split([GROUP, '\u{1e}']).find_map(|fact| fact.strip_prefix('S'))
}
