use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::types::{OfferId, tolerant};

/// The offers that a postback applies to. The API writes 0 for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostbackScope {
    /// All offers: a global postback.
    AllOffers,
    /// One offer.
    Offer(OfferId),
}

impl PostbackScope {
    fn number(self) -> u64 {
        match self {
            Self::AllOffers => 0,
            Self::Offer(id) => id.get(),
        }
    }
}

impl From<OfferId> for PostbackScope {
    fn from(id: OfferId) -> Self {
        Self::Offer(id)
    }
}

impl fmt::Display for PostbackScope {
    /// Writes the number that the API uses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.number().fmt(f)
    }
}

impl Serialize for PostbackScope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.number())
    }
}

impl<'de> Deserialize<'de> for PostbackScope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number: u64 = tolerant::integer(deserializer)?;
        Ok(OfferId::new(number).map_or(Self::AllOffers, Self::Offer))
    }
}
