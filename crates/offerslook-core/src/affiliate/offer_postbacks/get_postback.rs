//! `GET /aff/v1/offer_postbacks/{postback_id}`

use super::{Postback, PostbackId};
use crate::endpoint::{Encoder, Endpoint, Payload, Spec};

/// One postback.
///
/// What the API answers for a number that is no postback of the affiliate is unknown.
///
/// Reference: the part on postbacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetPostback {
    postback_id: PostbackId,
}

impl GetPostback {
    /// Asks for this postback.
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
