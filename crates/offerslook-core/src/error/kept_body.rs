use std::{borrow::Cow, fmt};

use bytes::Bytes;

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
