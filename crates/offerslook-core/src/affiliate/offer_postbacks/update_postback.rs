//! `PUT /aff/v1/offer_postbacks/{postback_id}`

use serde::Serialize;

use super::{Postback, PostbackCode, PostbackId};
use crate::endpoint::{Encoder, Endpoint, Payload, Spec, Verb};

/// Gives one postback another code. Nothing else of it can be changed.
///
/// Whether the network has to approve it again is unknown.
///
/// Reference: the part on postbacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdatePostback {
    #[serde(skip)]
    postback_id: PostbackId,
    code: PostbackCode,
}

impl UpdatePostback {
    /// Puts this code in the place of the postback's own.
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
