use offerslook::{OfferId, types::tolerant};
use serde::{Deserialize, Serialize};

/// A note on an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The offer.
    pub offer_id: OfferId,
    /// The text of the note.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub text: Option<String>,
    /// The number of changes.
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub revision: Option<u32>,
}
