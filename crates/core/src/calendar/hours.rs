//! Hours as people write them: `1-5 08:30-12:00 14:00-18:00; 6 09:00-12:00`, `周一至周五 8:30—12:00`, `每天 20:00-次日6:00`.
//!
//! A text is a row of tokens; days come before their hours, and everything that only parts them is passed over. What
//! is not understood is an error with its place, never a guess.

use super::letters::plain;
use super::weekly::{FULL, Open, Weekly, day_name};
use crate::text::Text;

/// Why a text is no hours: what, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursError {
    /// What.
    pub fault: HoursFault,
    /// The letter at which it begins, from 1.
    pub at: usize,
}

/// What is wrong with hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoursFault {
    /// A word that is neither a weekday nor a time.
    Unknown(String),
    /// A number that is neither a weekday nor a time.
    Number(String),
    /// A time that no clock shows.
    Clock(String),
    /// A time without the end that belongs to it.
    NoEnd(String),
    /// Weekdays without times.
    NoTimes,
    /// Hours of a weekday, 0 for Monday, that overlap.
    Overlap(usize),
}

impl HoursError {
    /// The sentence for the user: what is wrong, where, and how it looks right.
    pub fn words(&self) -> Text {
        let what = match &self.fault {
            HoursFault::Unknown(word) => Text::of("看不懂“{0}”", "“{0}” is not understood").with(&[word]),
            HoursFault::Number(word) => Text::of(
                "“{0}”既不是星期（1 到 7），也不是时间（08:30）",
                "“{0}” is neither a weekday (1 to 7) nor a time (08:30)",
            )
            .with(&[word]),
            HoursFault::Clock(word) => Text::of("没有“{0}”这个时间", "There is no time “{0}”").with(&[word]),
            HoursFault::NoEnd(word) => {
                Text::of("“{0}”后面缺少结束时间", "The end after “{0}” is missing").with(&[word])
            }
            HoursFault::NoTimes => Text::of("星期后面缺少时间", "The times after the weekday are missing"),
            HoursFault::Overlap(day) => {
                Text::of("{0}的两段时间重叠", "Two spans of {0} overlap").with_texts(&[&day_name(*day)])
            }
        };
        Text::of(
            "第 {1} 个字：{0}。例如：1-5 08:30-12:00 14:00-18:00; 6 09:00-12:00（1 为周一）。",
            "At letter {1}: {0}. For example: 1-5 08:30-12:00 14:00-18:00; 6 09:00-12:00 (1 is Monday).",
        )
        .with_texts(&[&what, &Text::same(&self.at.to_string())])
    }
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// Minutes after midnight, up to 1440.
    Clock(u32),
    /// A weekday, 0 for Monday.
    Day(usize),
    /// A row of weekdays, both included.
    Days(usize, usize),
    /// The whole day.
    Full,
    /// Round the clock.
    Always,
    /// No hours.
    Never,
    /// From here to there.
    Dash,
    /// The end of what belongs together.
    Semicolon,
    /// Says nothing: `周` before a day, `次日`, `and`.
    Filler,
}

/// Words of Chinese, longer ones before those that they begin with.
const CHINESE: &[(&str, Token)] = &[
    ("全年无休", Token::Days(0, 6)),
    ("工作日", Token::Days(0, 4)),
    ("第二天", Token::Filler),
    ("周末", Token::Days(5, 6)),
    ("每天", Token::Days(0, 6)),
    ("每日", Token::Days(0, 6)),
    ("平日", Token::Days(0, 4)),
    ("全天", Token::Full),
    ("次日", Token::Filler),
    ("翌日", Token::Filler),
    ("星期", Token::Filler),
    ("礼拜", Token::Filler),
    ("没有", Token::Never),
    ("每", Token::Filler),
    ("周", Token::Filler),
    ("和", Token::Filler),
    ("及", Token::Filler),
    ("无", Token::Never),
    ("一", Token::Day(0)),
    ("二", Token::Day(1)),
    ("三", Token::Day(2)),
    ("四", Token::Day(3)),
    ("五", Token::Day(4)),
    ("六", Token::Day(5)),
    ("日", Token::Day(6)),
    ("天", Token::Day(6)),
];

/// Words of English, whole.
const ENGLISH: &[(&str, Token)] = &[
    ("always", Token::Always),
    ("none", Token::Never),
    ("never", Token::Never),
    ("to", Token::Dash),
    ("and", Token::Filler),
    ("next", Token::Filler),
    ("day", Token::Filler),
    ("all", Token::Full),
    ("every", Token::Days(0, 6)),
    ("everyday", Token::Days(0, 6)),
    ("daily", Token::Days(0, 6)),
    ("weekday", Token::Days(0, 4)),
    ("weekdays", Token::Days(0, 4)),
    ("weekend", Token::Days(5, 6)),
    ("weekends", Token::Days(5, 6)),
];

const ENGLISH_DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Reads hours; those that stand without weekdays are those of `plain_days`.
pub(super) fn read(text: &str, plain_days: &[usize]) -> Result<Weekly, HoursError> {
    let tokens = tokens(text)?;
    if let [(Token::Never, _)] = tokens.as_slice() {
        return Ok(Weekly::default());
    }
    let mut weekly = Weekly::default();
    let mut days: Vec<usize> = Vec::new();
    // Where weekdays began that have no hours yet.
    let mut waiting: Option<usize> = None;
    let mut rest = tokens.as_slice();
    while let [(token, at), after @ ..] = rest {
        rest = after;
        let (first, last) = match (token, after) {
            (Token::Day(first), [(Token::Dash, _), (Token::Day(last), _), after @ ..]) => {
                rest = after;
                (*first, *last)
            }
            (Token::Day(day), _) => (*day, *day),
            (Token::Days(first, last), _) => (*first, *last),
            (Token::Clock(from), [(Token::Dash, _), (Token::Clock(to), _), after @ ..]) if *from < 1440 => {
                rest = after;
                let to = if to <= from { to + 1440 } else { *to };
                let on = if days.is_empty() { plain_days } else { &days };
                put(&mut weekly, on, Open { from: *from, to }, *at)?;
                waiting = None;
                continue;
            }
            (Token::Clock(_), _) => return Err(fault(HoursFault::NoEnd(word(text, *at)), *at)),
            (Token::Full | Token::Always, _) => {
                let all = *token == Token::Always || days.is_empty();
                put(&mut weekly, if all { &[0, 1, 2, 3, 4, 5, 6] } else { &days }, FULL, *at)?;
                waiting = None;
                continue;
            }
            (Token::Semicolon, _) => {
                if waiting.is_some() {
                    break;
                }
                continue;
            }
            (Token::Filler, _) => continue,
            (Token::Dash | Token::Never, _) => return Err(fault(HoursFault::Unknown(word(text, *at)), *at)),
        };
        if waiting.is_none() {
            days.clear();
            waiting = Some(*at);
        }
        let mut day = first;
        loop {
            if !days.contains(&day) {
                days.push(day);
            }
            if day == last {
                break;
            }
            day = (day + 1) % 7;
        }
    }
    match waiting {
        Some(at) => Err(fault(HoursFault::NoTimes, at)),
        None => Ok(weekly),
    }
}

fn fault(fault: HoursFault, at: usize) -> HoursError {
    HoursError { fault, at: at + 1 }
}

fn put(weekly: &mut Weekly, days: &[usize], open: Open, at: usize) -> Result<(), HoursError> {
    match days.iter().find(|day| !weekly.add(**day, open)) {
        Some(day) => Err(fault(HoursFault::Overlap(*day), at)),
        None => Ok(()),
    }
}

/// The word that begins at a letter, as it was typed, cut to what a message can show.
fn word(text: &str, at: usize) -> String {
    let parts = |letter: &char| !letter.is_whitespace() && !matches!(plain(*letter), ',' | ';');
    text.chars().skip(at).take_while(parts).take(12).collect()
}

/// The text in tokens, each with the letter at which it begins. Fillers are left out.
fn tokens(text: &str) -> Result<Vec<(Token, usize)>, HoursError> {
    let letters: Vec<char> = text.chars().map(plain).collect();
    let mut tokens: Vec<(Token, usize)> = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let rest = &letters[at..];
        let (token, len) = match letter {
            ',' | '&' | '+' | '/' => (Token::Filler, 1),
            space if space.is_whitespace() => (Token::Filler, 1),
            ';' => (Token::Semicolon, 1),
            '-' => (Token::Dash, rest.iter().take_while(|letter| **letter == '-').count()),
            '0'..='9' => number(rest).map_err(|wrong| fault(wrong(word(text, at)), at))?,
            _ => named(rest).ok_or_else(|| fault(HoursFault::Unknown(word(text, at)), at))?,
        };
        if token != Token::Filler {
            tokens.push((token, at));
        }
        at += len;
    }
    Ok(tokens)
}

/// A weekday or filler in words, with its length.
fn named(letters: &[char]) -> Option<(Token, usize)> {
    let len = letters.iter().take_while(|letter| letter.is_ascii_lowercase()).count();
    if len > 0 {
        let word: String = letters[..len].iter().collect();
        let known = ENGLISH.iter().find(|(name, _)| *name == word).map(|(_, token)| *token);
        let day = || ENGLISH_DAYS.iter().position(|day| len >= 3 && day.starts_with(&word)).map(Token::Day);
        return Some((known.or_else(day)?, len));
    }
    let known = CHINESE.iter().find(|(name, _)| starts_with(letters, name))?;
    Some((known.1, known.0.chars().count()))
}

fn starts_with(letters: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(place, letter)| letters.get(place) == Some(&letter))
}

/// Digits at the beginning: what they say, and how many they are.
fn digits(letters: &[char]) -> (u32, usize) {
    let len = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let value = letters[..len].iter().filter_map(|letter| letter.to_digit(10));
    (value.fold(0, |sum: u32, digit| sum.saturating_mul(10).saturating_add(digit)), len)
}

/// What begins with a digit: a time (`8:30`, `0830`, `8点`, `8点30分`, `8时半`), a weekday, `24小时`, `7x24`.
fn number(letters: &[char]) -> Result<(Token, usize), fn(String) -> HoursFault> {
    let (value, len) = digits(letters);
    let after = &letters[len..];
    let unit = |letters: &[char]| match letters {
        ['小', '时', ..] => 2,
        ['h', ..] => 1,
        _ => 0,
    };
    if let ['x' | '*', more @ ..] = after {
        let (other, more_len) = digits(more);
        return match (value, other) {
            (7, 24) | (24, 7) => Ok((Token::Always, len + 1 + more_len + unit(&more[more_len..]))),
            _ => Err(HoursFault::Number),
        };
    }
    let (hour, minute, len) = match after {
        [':', more @ ..] => match digits(more) {
            (minute, 2) => (value, minute, len + 3),
            _ => return Err(HoursFault::Clock),
        },
        ['点' | '时', '半', ..] => (value, 30, len + 2),
        ['点' | '时', more @ ..] => {
            let (minute, more_len) = digits(more);
            let sign = usize::from(more_len > 0 && more.get(more_len) == Some(&'分'));
            (value, minute, len + 1 + more_len + sign)
        }
        _ if len == 4 => (value / 100, value % 100, len),
        _ if value == 24 && unit(after) > 0 => return Ok((Token::Full, len + unit(after))),
        _ if len == 1 && (1..=7).contains(&value) => return Ok((Token::Day(value as usize - 1), len)),
        _ => return Err(HoursFault::Number),
    };
    match (hour, minute) {
        (0..24, 0..60) | (24, 0) => Ok((Token::Clock(hour * 60 + minute), len)),
        _ => Err(HoursFault::Clock),
    }
}
