//! `GET /aff/v1/offer_postbacks/{postback_id}`

use super::{Postback, PostbackId};
use crate::endpoint::{Encoder, Endpoint, Payload, Spec};

/// Get one postback.
///
/// It is not known how the API answers for an id that is not a postback of the affiliate.
///
/// See the section *Offer postbacks* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetPostback {
    postback_id: PostbackId,
}

impl GetPostback {
    /// Gets this postback.
    #[must_use]
    pub fn new(postback_id: PostbackId) -> Self {
        Self { postback_id }
    }
}

impl Endpoint for GetPostback {
    const SPEC: Spec = Spec::get(
        "get_postback",
        "/aff/v1/offer_postbacks/{postback_id}",
        Payload::Object("affiliate_postback"),
    );
    type Output = Postback;

    fn encode(&self, request: &mut Encoder) {
        request.path(self.postback_id);
    }
}
