use std::{collections::BTreeSet, fmt, str::FromStr};

use super::{OfferId, ParseOfferIdError};

/// One or more offer ids in order, without duplicates.
///
/// `Display` writes them as the API expects them in a path: `16,102`.
///
/// ```
/// use offerslook_core::OfferIds;
///
/// let ids: OfferIds = "16 102, 16".parse()?;
/// assert_eq!(ids.to_string(), "16,102");
/// # Ok::<(), offerslook_core::ParseOfferIdsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OfferIds(Vec<OfferId>);

impl OfferIds {
    /// Collects ids, without duplicates. `None` if there are no ids.
    pub fn new(ids: impl IntoIterator<Item = OfferId>) -> Option<Self> {
        let mut ids: Vec<_> = ids.into_iter().collect();
        // Ascending ids have no duplicates.
        if !ids.is_sorted_by(|id, next| id < next) {
            let mut seen = BTreeSet::new();
            ids.retain(|id| seen.insert(*id));
        }
        (!ids.is_empty()).then_some(Self(ids))
    }

    /// Returns the ids.
    #[must_use]
    pub fn as_slice(&self) -> &[OfferId] {
        &self.0
    }

    /// Iterates over the ids.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = OfferId> + '_ {
        self.0.iter().copied()
    }

    /// Returns the number of ids: at least one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl From<OfferId> for OfferIds {
    fn from(id: OfferId) -> Self {
        Self(vec![id])
    }
}

impl IntoIterator for OfferIds {
    type Item = OfferId;
    type IntoIter = std::vec::IntoIter<OfferId>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for OfferIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In one piece and without the flags of a format, which take longer than the digits.
        let mut text = String::with_capacity(self.0.len() * 8);
        for id in &self.0 {
            text.push_str(if text.is_empty() { "" } else { "," });
            text.push_str(itoa::Buffer::new().format(id.get()));
        }
        f.write_str(&text)
    }
}

/// A string that is not a list of offer ids.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseOfferIdsError {
    /// It is empty.
    #[error("there is no offer id: write at least one, such as 16 or 16,102")]
    Empty,
    /// There is no id before or after a comma.
    #[error("an id is missing before or after a comma: write ids such as 16,102")]
    Hole,
    /// A part is not an id.
    #[error(transparent)]
    BadPiece(#[from] ParseOfferIdError),
}

impl FromStr for OfferIds {
    type Err = ParseOfferIdsError;

    /// Parses ids that are separated by commas, white space or both.
    ///
    /// # Errors
    /// [`ParseOfferIdsError`] names the first part that is not an id. A missing id beside a comma is an error too: such
    /// a list has probably been truncated.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim().is_empty() {
            return Err(ParseOfferIdsError::Empty);
        }
        let mut ids = Vec::new();
        for part in text.split(',') {
            if part.trim().is_empty() {
                return Err(ParseOfferIdsError::Hole);
            }
            for piece in part.split_whitespace() {
                ids.push(piece.parse()?);
            }
        }
        Self::new(ids).ok_or(ParseOfferIdsError::Empty)
    }
}
