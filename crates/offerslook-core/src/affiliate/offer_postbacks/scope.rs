use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::types::{OfferId, tolerant};

/// The offers that a postback is for. On the wire, all of them are offer 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostbackScope {
    /// Every offer: a global postback.
    AllOffers,
    /// This one.
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
    /// The number that the API knows it by.
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
