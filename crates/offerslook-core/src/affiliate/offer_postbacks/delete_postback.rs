//! `DELETE /aff/v1/offer_postbacks/{postback_id}`

use super::PostbackId;
use crate::endpoint::{Encoder, Endpoint, Payload, Spec, Verb};

/// Removes one postback.
///
/// What the API answers is unknown: any success counts, whatever it carries. So is what it does about a
/// postback that is gone already.
///
/// Reference: the part on postbacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletePostback {
    postback_id: PostbackId,
}

impl DeletePostback {
    /// Removes this postback.
    #[must_use]
    pub fn new(postback_id: PostbackId) -> Self {
        Self { postback_id }
    }
}

impl Endpoint for DeletePostback {
    const SPEC: Spec =
        Spec::new("delete_postback", Verb::Delete, "/aff/v1/offer_postbacks/{postback_id}", Payload::Nothing);
    type Output = ();

    fn encode(&self, request: &mut Encoder) {
        request.path(self.postback_id);
    }
}
