//! What a call says: in its path and in its body. What stands in its query is read by
//! [`listing`](crate::listing).

mod json_body;
mod offer_ids;
mod postback_id;

pub(crate) use json_body::JsonBody;
pub(crate) use offer_ids::{OfferId, OfferIds};
pub(crate) use postback_id::PostbackId;
