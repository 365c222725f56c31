//! Numbers as RFC 8785 writes them: as JavaScript does.

/// The fewest digits that read back as the same double, laid out as `Number.prototype.toString` does (ECMA-262,
/// `Number::toString`). The number must be finite.
pub(super) fn ecma(number: f64) -> String {
    // Nearly every number of a record is whole and small.
    if number.trunc() == number && number.abs() < 1e15 {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and fits")]
        let whole = number as i64;
        return whole.to_string();
    }
    let plain = number.abs().to_string();
    let mut digits = significant(&plain);
    // Two numbers of so many digits can be equally near: then JavaScript takes the even one, and Rust takes either.
    // The exact value ends with a five behind them in that case. It has at most 1074 places.
    if digits.len() > 15 {
        let mut exact = significant(&format!("{:.1074}", number.abs()));
        if exact.len() == digits.len() + 1 && exact.pop() == Some('5') {
            digits = to_even(exact);
        }
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let (whole, behind) = plain.split_once('.').unwrap_or((&plain, ""));
    if whole != "0" {
        let point = whole.len();
        match digits.len() {
            _ if point > 21 => exponent(sign, &digits, '+', point - 1),
            count if count <= point => format!("{sign}{digits}{}", "0".repeat(point - count)),
            _ => format!("{sign}{}.{}", &digits[..point], &digits[point..]),
        }
    } else {
        let zeros = behind.len() - behind.trim_start_matches('0').len();
        if zeros < 6 {
            format!("{sign}0.{}{digits}", "0".repeat(zeros))
        } else {
            exponent(sign, &digits, '-', zeros + 1)
        }
    }
}

/// The digits from the first to the last that is not zero.
fn significant(plain: &str) -> String {
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// Digits of which one follows, a five: rounded to an even last one. It is no nine, or fewer digits would have done.
fn to_even(mut digits: String) -> String {
    if let Some(last) = digits.pop().and_then(|last| last.to_digit(10)) {
        digits.extend(char::from_digit(last + last % 2, 10));
    }
    digits
}

fn exponent(sign: &str, digits: &str, direction: char, exponent: usize) -> String {
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{first}{point}{rest}e{direction}{exponent}")
}
