use std::{borrow::Cow, fmt};

use bytes::Bytes;

use crate::types::Secrets;

/// The body of a bad answer, cut after [`KeptBody::CAP`] bytes. Its `Debug` form tells only the size:
/// nobody knows what a stranger's page repeats.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptBody {
    bytes: Bytes,
    whole: usize,
}

impl KeptBody {
    /// How much is kept, in bytes.
    pub const CAP: usize = 16 * 1024;

    pub(crate) fn new(body: &[u8]) -> Self {
        let kept = body.get(..Self::CAP).unwrap_or(body);
        Self { bytes: Bytes::copy_from_slice(kept), whole: body.len() }
    }

    pub(super) fn redact(&mut self, secrets: &Secrets) {
        if let Cow::Owned(redacted) = secrets.redact(&self.text()) {
            self.bytes = redacted.into();
        }
    }

    /// What is kept.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// What is kept, as text.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// How many bytes the whole body had.
    #[must_use]
    pub fn whole_len(&self) -> usize {
        self.whole
    }
}

impl fmt::Debug for KeptBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeptBody({} bytes)", self.whole)
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
