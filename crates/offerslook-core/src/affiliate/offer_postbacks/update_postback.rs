//! `PUT /aff/v1/offer_postbacks/{postback_id}`

use serde::Serialize;

use super::{Postback, PostbackCode, PostbackId};
use crate::endpoint::{Encoder, Endpoint, Payload, Spec, Verb};

/// Replace the code of one postback. Nothing else about it can be changed.
///
/// It is not known whether the network has to approve the postback again.
///
/// See the section *Offer postbacks* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdatePostback {
    #[serde(skip)]
    postback_id: PostbackId,
    code: PostbackCode,
}

impl UpdatePostback {
    /// Replaces the code of this postback.
    #[must_use]
    pub fn new(postback_id: PostbackId, code: PostbackCode) -> Self {
        Self { postback_id, code }
    }
}

impl Endpoint for UpdatePostback {
    const SPEC: Spec = Spec::new(
        "update_postback",
        Verb::Put,
        "/aff/v1/offer_postbacks/{postback_id}",
        Payload::Object("affiliate_postback"),
    );
    type Output = Postback;

    fn encode(&self, request: &mut Encoder) {
        request.path(self.postback_id).json(self);
    }
}
