use std::fmt;

use serde::{Serialize, Serializer};

use crate::types::{OfferId, open::OTHER};

/// The offers that a rule is for. On the wire it is a string.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RuleScope {
    /// Every offer: `All Offers`.
    AllOffers,
    /// This one.
    Offer(OfferId),
    /// Words that this client does not know, as the API wrote them.
    Other(String),
}

impl RuleScope {
    const ALL_OFFERS: &str = "All Offers";
}

impl From<String> for RuleScope {
    fn from(text: String) -> Self {
        match text.trim().parse() {
            Ok(id) => Self::Offer(id),
            Err(_) if text.trim().eq_ignore_ascii_case(Self::ALL_OFFERS) => Self::AllOffers,
            Err(_) => Self::Other(text),
        }
    }
}

impl fmt::Display for RuleScope {
    /// As the API writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AllOffers => f.write_str(Self::ALL_OFFERS),
            Self::Offer(id) => id.fmt(f),
            Self::Other(words) => f.write_str(words),
        }
    }
}

impl Serialize for RuleScope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Other(words) => serializer.serialize_newtype_struct(OTHER, words),
            known => serializer.collect_str(known),
        }
    }
}
