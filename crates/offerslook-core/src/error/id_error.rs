use std::fmt;

use super::Error;

/// Why one id of a batch has no result.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// The API answered for this offer, but without a URL.
    #[error("{0}")]
    NoLink(NoLink),
    /// The API has no row for this id. This was proved: an answer shows that the server looked at the id. With
    /// [`trust_missing_rows`](crate::job::OptionsBuilder::trust_missing_rows), one answer without a row is enough.
    #[error("the API has no row for this id")]
    NoRow,
    /// The API sent no usable row for this id, and it is not proved that it has none.
    #[error("the API sent no usable row for this id, but the offer may have one")]
    Unanswered,
    /// The API refused this id, alone and repeatedly.
    #[error("the API refused this id: {0}")]
    Refused(Error),
    /// The call for this id failed, and is not sent again.
    #[error("{0}")]
    Failed(Error),
    /// A change was sent for this id, and it is unknown whether it was made.
    #[error("{0}")]
    InDoubt(Error),
    /// The run ended before this id was asked for. Holds the reason, which is the same for every such id, and
    /// is also the `Err` that ends the run.
    #[error("not attempted: {0}")]
    NotAttempted(Error),
}

impl IdError {
    /// Returns the error behind this outcome, if a call or the run failed.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::NoLink(_) | Self::NoRow | Self::Unanswered => None,
            Self::Refused(error) | Self::Failed(error) | Self::InDoubt(error) | Self::NotAttempted(error) => {
                Some(error)
            }
        }
    }

    /// Returns one sentence that tells a person what to do next.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::NoLink(NoLink::NeedToApply) => "Apply for the offer, and ask again once it is approved.",
            Self::NoLink(_) => "Look the offer up in the portal: the API has no link for it.",
            Self::NoRow => "Check the id: the API does not know it, or does not show it to this affiliate.",
            Self::Unanswered => "Ask for this id again, alone or together with ids that have a link.",
            Self::Refused(error) | Self::Failed(error) | Self::InDoubt(error) | Self::NotAttempted(error) => {
                error.advice()
            }
        }
    }
}

/// What the API sent instead of a tracking link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoLink {
    /// The literal `Need to apply`: the affiliate is not approved for the offer.
    NeedToApply,
    /// `null`, an empty string, or no field at all.
    Absent,
    /// Any other text, unchanged.
    Other(String),
}

impl fmt::Display for NoLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedToApply => f.write_str("not approved for this offer: need to apply"),
            Self::Absent => f.write_str("the API has a row for this offer, but without a link"),
            Self::Other(text) => write!(f, "not a tracking link: {text:?}"),
        }
    }
}
