use serde::{Deserialize, Serialize};

use super::{PostbackId, PostbackScope};
use crate::types::{
    UnixTime,
    open::{integer_enum, string_enum},
    tolerant,
};

/// What the affiliate is told through when there is a conversion.
///
/// A list may hold chosen columns alone, so that all but the id can be missing. What the API leaves out
/// is left out when it is written again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Postback {
    /// The number of the postback.
    pub id: PostbackId,
    /// The offers that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<PostbackScope>,
    /// The affiliate that it belongs to.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub affiliate_id: Option<u64>,
    /// The event of the offer that it is for.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub event_id: Option<u64>,
    /// How the affiliate is told.
    #[serde(
        default,
        rename = "type",
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<PostbackKind>,
    /// The URL that is called, or the HTML that is shown; it may hold macros such as `{click_id}`.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Whether the network lets it work.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub status: Option<PostbackStatus>,
    /// When it was created.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub create_time: Option<UnixTime>,
    /// When it was last changed.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub update_time: Option<UnixTime>,
}

integer_enum! {
    /// How an affiliate is told of a conversion.
    pub enum PostbackKind {
        /// The kind of a postback for all offers.
        Global = 0,
        /// An image that the visitor's browser loads.
        ImagePixel = 1,
        /// A URL that the tracker calls.
        PostbackUrl = 2,
        /// HTML that is put into the page that the visitor sees.
        HtmlPixel = 3,
    }
}

string_enum! {
    /// Whether the network lets a postback work.
    pub enum PostbackStatus {
        /// Not decided yet.
        Pending = "pending",
        /// It works.
        Approved = "approved",
        /// It does not.
        Rejected = "rejected",
    }
}
