use std::{borrow::Cow, fmt};

use bytes::Bytes;

use crate::types::Secrets;

/// The body of a failed response, truncated to [`KeptBody::MAX_BYTES`].
///
/// It is redacted in errors of jobs and of [`Account::parse`](crate::Account::parse). Its `Debug` form still shows only
/// the size, since the page of another server may contain anything.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptBody {
    bytes: Bytes,
    full_len: usize,
}

impl KeptBody {
    /// The maximum number of bytes that are kept.
    pub const MAX_BYTES: usize = 16 * 1024;

    pub(crate) fn new(body: &[u8]) -> Self {
        let kept = body.get(..Self::MAX_BYTES).unwrap_or(body);
        Self { bytes: Bytes::copy_from_slice(kept), full_len: body.len() }
    }

    pub(super) fn redact(&mut self, secrets: &Secrets) {
        if let Cow::Owned(redacted) = secrets.redact(&self.text()) {
            self.bytes = redacted.into();
        }
    }

    /// Returns the bytes that are kept.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Returns the bytes that are kept as text. Invalid UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// Returns the length of the whole body.
    #[must_use]
    pub fn full_len(&self) -> usize {
        self.full_len
    }
}

impl fmt::Debug for KeptBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeptBody({} bytes)", self.full_len)
    }
}

/// Fits text from a server into one line of a terminal: no control characters, at most 300 characters.
pub(crate) fn one_line(text: &str) -> String {
    const MAX_CHARS: usize = 300;
    let is_blank = |c: char| c.is_control() || c.is_whitespace();
    let plain = text.trim_matches(is_blank).chars().map(|c| if is_blank(c) { ' ' } else { c });
    let mut shown: String = plain.clone().take(MAX_CHARS).collect();
    if plain.count() > MAX_CHARS {
        shown.push('…');
    }
    shown
}
