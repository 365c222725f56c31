//! Numbers as RFC 8785 writes them: as JavaScript does.

/// The number in the shortest decimal form that reads back as the same double.
pub(super) fn ecma(number: f64) -> String {
    let size = number.abs();
    // Between these JavaScript and Rust write alike.
    if (1e-6..1e21).contains(&size) {
        return number.to_string();
    }
    if size == 0.0 {
        return "0".to_owned();
    }
    // Rust writes every zero out: take the digits from between them.
    let plain = size.to_string();
    let (digits, exponent) = match plain.strip_prefix("0.") {
        Some(behind) => {
            let digits = behind.trim_start_matches('0');
            (digits, format!("-{}", behind.len() - digits.len() + 1))
        }
        None => (plain.trim_end_matches('0'), format!("+{}", plain.len() - 1)),
    };
    let sign = if number < 0.0 { "-" } else { "" };
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{first}{point}{rest}e{exponent}")
}
