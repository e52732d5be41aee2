//! `DELETE /aff/v1/offer_postbacks/{postback_id}`

use super::PostbackId;
use crate::endpoint::{Encoder, Endpoint, Payload, Spec, Verb};

/// Delete one postback.
///
/// The response is not documented: any success counts, whatever its content. It is not known either what the API does
/// with a postback that is already gone.
///
/// See the section *Offer postbacks* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletePostback {
    postback_id: PostbackId,
}

impl DeletePostback {
    /// Deletes this postback.
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
