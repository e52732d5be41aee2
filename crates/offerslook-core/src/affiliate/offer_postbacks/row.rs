use serde::{Deserialize, Serialize};

use super::{PostbackId, PostbackKind, PostbackScope};
use crate::types::{UnixTime, open::string_enum, tolerant};

/// How the affiliate is notified of the conversions of an offer, or of all offers.
///
/// A list can be limited to some fields, so every field but the id may be missing. Fields that the API left out are not
/// serialized.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Postback {
    /// The postback's id.
    pub id: PostbackId,
    /// The offers that it applies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<PostbackScope>,
    /// The affiliate that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub affiliate_id: Option<u64>,
    /// The event of the offer that it applies to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub event_id: Option<u64>,
    /// How the affiliate is notified.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub kind: Option<PostbackKind>,
    /// The URL that is called, or the HTML that is shown. It may contain macros such as `{click_id}`.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Whether the network approved it.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub status: Option<PostbackStatus>,
    /// When it was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub create_time: Option<UnixTime>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub update_time: Option<UnixTime>,
}

string_enum! {
    /// Whether the network approved a postback.
    pub enum PostbackStatus {
        /// Not yet decided.
        Pending = "pending",
        /// Approved: it is active.
        Approved = "approved",
        /// Rejected: it is not active.
        Rejected = "rejected",
    }
}
