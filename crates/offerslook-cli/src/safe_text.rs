use std::{borrow::Cow, fmt::Write, io};

/// Whether a character may do something to a terminal, or to the order of what is shown there: a control character of
/// the sets C0 and C1, or one that overrides the direction of text.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        // Line separators of Unicode.
        || matches!(character, '\u{2028}' | '\u{2029}')
}

/// Whether there is nothing but letters, digits and the like of ASCII, which a few instructions tell.
fn is_plain(text: &[u8]) -> bool {
    text.iter().fold(true, |is_plain, byte| is_plain & matches!(byte, b' '..=b'~'))
}

/// Text that does nothing to a terminal but show.
pub(crate) fn safe_text(text: &str) -> Cow<'_, str> {
    if is_plain(text.as_bytes()) || !text.contains(is_unsafe) {
        return text.into();
    }
    text.replace(is_unsafe, " ").into()
}

/// Adds a string to JSON, with the characters of [`is_unsafe`] escaped. Most have none, nor anything else to escape.
pub(crate) fn push_json(text: &str, json: &mut Vec<u8>) -> io::Result<()> {
    let is_as_it_is = |byte| matches!(byte, b' '..=b'~') & !matches!(byte, b'"' | b'\\');
    let begin = json.len();
    if text.bytes().fold(true, |so_far, byte| so_far & is_as_it_is(byte)) {
        json.push(b'"');
        json.extend(text.as_bytes());
        json.push(b'"');
        return Ok(());
    }
    serde_json::to_writer(&mut *json, text)?;
    escape_json(json, begin);
    Ok(())
}

/// Escapes the characters of [`is_unsafe`] in JSON that begins at this position. They stand in strings alone.
pub(crate) fn escape_json(json: &mut Vec<u8>, begin: usize) {
    let text = json.get(begin..).unwrap_or_default();
    let Ok(text) = str::from_utf8(if is_plain(text) { &[] } else { text }) else { return };
    if !text.contains(is_unsafe) {
        return;
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
    json.truncate(begin);
    json.extend(escaped.into_bytes());
}
