use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters but the unreserved ones of RFC 3986.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A parameter to append to a tracking link, such as `aff_sub1={click_id}`.
///
/// Macros in braces stay as they are, and so do percent-encoded characters: nothing is encoded twice. All other
/// reserved characters are percent-encoded. To send a literal `%41`, write `%2541`.
///
/// ```
/// let parameter: offerslook_core::Parameter = "aff_sub1={click_id} & more".parse()?;
/// assert_eq!(parameter.to_string(), "aff_sub1={click_id}%20%26%20more");
/// # Ok::<(), offerslook_core::ParseParameterError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Parameter {
    name: String,
    encoded: String,
}

impl Parameter {
    /// Creates a parameter. `None` if the name is empty.
    #[must_use]
    pub fn new(name: &str, value: &str) -> Option<Self> {
        if name.is_empty() {
            return None;
        }
        let mut encoded = utf8_percent_encode(name, RESERVED).to_string();
        encoded.push('=');
        encode_value(&mut encoded, value);
        Some(Self { name: name.to_owned(), encoded })
    }

    /// Returns the name, not encoded.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl std::fmt::Display for Parameter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.encoded)
    }
}

/// A string that is not `name=value`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a parameter: write name=value, such as aff_sub1={{click_id}}")]
pub struct ParseParameterError(String);

impl FromStr for Parameter {
    type Err = ParseParameterError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once('=')
            .and_then(|(name, value)| Self::new(name, value))
            .ok_or_else(|| ParseParameterError(text.to_owned()))
    }
}

fn encode_value(encoded: &mut String, value: &str) {
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let kept = macro_length(rest).or_else(|| escape_length(rest));
        let (head, tail) = rest.split_at(kept.unwrap_or(first.len_utf8()));
        match kept {
            Some(_) => encoded.push_str(head),
            None => encoded.extend(utf8_percent_encode(head, RESERVED)),
        }
        rest = tail;
    }
}

/// Returns the length of the macro at the start of the text: `{click_id}`, or `{{ad.id}}` as some buyers write it.
fn macro_length(text: &str) -> Option<usize> {
    let after_braces = text.trim_start_matches('{');
    let depth = text.len() - after_braces.len();
    let name = after_braces.find(|c: char| !(c.is_ascii_alphanumeric() || "_.-:".contains(c)))?;
    let closed = after_braces.get(name..)?.starts_with(&"}".repeat(depth));
    (depth > 0 && name > 0 && closed).then_some(depth + name + depth)
}

fn escape_length(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => Some(3),
        _ => None,
    }
}
