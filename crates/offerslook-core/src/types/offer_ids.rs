use std::{collections::BTreeSet, fmt, str::FromStr};

use super::{OfferId, ParseOfferIdError};

/// At least one offer id, in the asked order, each once.
///
/// Its text form is the one that the API wants in a path: `16,102`.
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
    /// Keeps the first of each id, in order. `None` if there is no id at all.
    pub fn new(ids: impl IntoIterator<Item = OfferId>) -> Option<Self> {
        let mut seen = BTreeSet::new();
        let ids: Vec<_> = ids.into_iter().filter(|id| seen.insert(*id)).collect();
        (!ids.is_empty()).then_some(Self(ids))
    }

    /// The ids, in the asked order.
    #[must_use]
    pub fn as_slice(&self) -> &[OfferId] {
        &self.0
    }

    /// The ids, one by one, in the asked order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = OfferId> + '_ {
        self.0.iter().copied()
    }

    /// How many ids there are: at least one.
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
        for (position, id) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(",")?;
            }
            id.fmt(f)?;
        }
        Ok(())
    }
}

/// Text that is no list of offer ids.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseOfferIdsError {
    /// There is nothing but white space.
    #[error("no offer id is given: write at least one, such as 16 or 16,102")]
    Empty,
    /// There is nothing before or after a comma.
    #[error("an id is missing beside a comma: write ids such as 16,102")]
    Hole,
    /// One piece is no id.
    #[error(transparent)]
    BadPiece(#[from] ParseOfferIdError),
}

impl FromStr for OfferIds {
    type Err = ParseOfferIdsError;

    /// Reads ids with commas, white space or both between them.
    ///
    /// # Errors
    /// Names the first piece that is no id. Nothing beside a comma is an error too: a list with a
    /// hole in it is more likely cut than meant.
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
