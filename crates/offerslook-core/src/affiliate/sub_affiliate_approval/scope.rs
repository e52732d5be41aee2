use std::fmt;

use serde::{Serialize, Serializer};

use crate::types::{OfferId, open::OTHER};

/// The offers that a rule applies to. The API sends a string.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RuleScope {
    /// All offers: `All Offers`.
    AllOffers,
    /// One offer.
    Offer(OfferId),
    /// An unknown value, as the API sent it.
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
    /// Writes what the API uses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AllOffers => f.write_str(Self::ALL_OFFERS),
            Self::Offer(id) => id.fmt(f),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl Serialize for RuleScope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Other(text) => serializer.serialize_newtype_struct(OTHER, text),
            known => serializer.collect_str(known),
        }
    }
}
