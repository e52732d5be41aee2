//! Integers that come with a fraction of zeros: `16.0`.

/// The integer that a text spells.
pub(crate) fn in_text(text: &str) -> Option<i128> {
    let (digits, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let is_whole = !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0');
    is_whole.then(|| digits.parse().ok()).flatten()
}

/// The integer that a floating point number is, where that is exact.
pub(crate) fn in_float(number: f64) -> Option<i128> {
    const MAX_EXACT: f64 = 9_007_199_254_740_992.0;
    (number.abs() <= MAX_EXACT).then(|| in_text(&number.to_string())).flatten()
}
