use std::{borrow::Cow, fmt::Write};

/// Whether a character may do something to a terminal, or to the order of what is shown there: a control character of
/// the sets C0 and C1, or one that overrides the direction of text.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        // Line separators of Unicode.
        || matches!(character, '\u{2028}' | '\u{2029}')
}

/// Text that does nothing to a terminal but show.
pub(crate) fn safe_text(text: &str) -> Cow<'_, str> {
    if text.contains(is_unsafe) { text.replace(is_unsafe, " ").into() } else { text.into() }
}

/// The same JSON, with the characters of [`is_unsafe`] escaped. They stand in strings alone.
pub(crate) fn escape_json(json: Vec<u8>) -> Vec<u8> {
    let Ok(text) = str::from_utf8(&json) else { return json };
    if !text.contains(is_unsafe) {
        return json;
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unsafe(character) {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "\\u{:04x}", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    escaped.into_bytes()
}
