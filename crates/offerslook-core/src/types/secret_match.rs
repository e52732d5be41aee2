//! Finds a secret in any spelling: each of its characters may be plain, percent-encoded or escaped as in JSON.

/// The characters that a spelling other than the plain one begins with.
pub(super) const ESCAPES: [char; 2] = ['%', '\\'];

/// Whether white space may stand between the characters of a secret, as line breaks do in base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrapping {
    None,
    AnyWhitespace,
}

/// How a secret matches at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// All of it. Holds its length in the text.
    Whole(usize),
    /// Its beginning, and the text ends there.
    CutShort,
}

/// Compares the beginning of the text with a secret. A beginning of less than `min_bytes` is no match.
pub(super) fn match_at(text: &str, secret: &str, wrapping: Wrapping, min_bytes: usize) -> Option<Match> {
    if !text.starts_with(secret.chars().next()?) && !text.starts_with(ESCAPES) {
        return None;
    }
    // One character may be spelled in ways of different lengths, where it is a percent sign or a backslash.
    let mut ends = vec![0];
    let mut cut_short = false;
    for (matched, character) in secret.chars().enumerate() {
        let mut next_ends = Vec::new();
        for end in ends {
            let mut rest = text.get(end..)?;
            if wrapping == Wrapping::AnyWhitespace && matched > 0 {
                rest = skip_whitespace(rest);
            }
            let is_long_enough = match wrapping {
                Wrapping::None => text.len() >= min_bytes,
                Wrapping::AnyWhitespace => matched >= min_bytes,
            };
            cut_short |= is_long_enough && matched > 0 && rest.is_empty();
            for spelling in spellings(rest, character) {
                let start = text.len() - rest.len();
                match spelling {
                    Match::Whole(length) => next_ends.push(start + length),
                    Match::CutShort => cut_short |= is_long_enough,
                }
            }
        }
        if next_ends.is_empty() {
            return cut_short.then_some(Match::CutShort);
        }
        next_ends.dedup();
        ends = next_ends;
    }
    ends.into_iter().max().map(Match::Whole)
}

/// The spellings of a character that the text begins with, or ends within.
fn spellings(text: &str, character: char) -> impl Iterator<Item = Match> {
    let plain = text.starts_with(character).then_some(Match::Whole(character.len_utf8()));
    let escaped = match text.as_bytes().first() {
        Some(b'%') => [Some(percent_encoded(character)), None],
        Some(b'\\') => [Some(utf16_escaped(character)), backslash_escaped(character)],
        _ => [None, None],
    };
    plain.into_iter().chain(escaped.into_iter().flatten().filter_map(move |spelling| {
        let length = spelling.len().min(text.len());
        let is_alike = text.get(..length)?.eq_ignore_ascii_case(spelling.get(..length)?);
        is_alike.then_some(if length < spelling.len() { Match::CutShort } else { Match::Whole(length) })
    }))
}

fn percent_encoded(character: char) -> String {
    character.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat()
}

fn utf16_escaped(character: char) -> String {
    character
        .encode_utf16(&mut [0; 2])
        .iter()
        .map(|unit| format!("\\u{unit:04x}"))
        .collect::<Vec<_>>()
        .concat()
}

fn backslash_escaped(character: char) -> Option<String> {
    matches!(character, '/' | '"' | '\'' | '\\').then(|| format!("\\{character}"))
}

/// White space, also as JSON writes it: `\r\n`.
fn skip_whitespace(text: &str) -> &str {
    let mut rest = text;
    loop {
        let after = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let after =
            ["\\r", "\\n", "\\t"].iter().find_map(|escape| after.strip_prefix(escape)).unwrap_or(after);
        if after.len() == rest.len() {
            return rest;
        }
        rest = after;
    }
}
