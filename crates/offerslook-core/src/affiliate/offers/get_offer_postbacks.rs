//! `GET /aff/v1/offers/{offer_id}/postbacks`

use crate::{
    affiliate::offer_postbacks::Postback,
    endpoint::{Encoder, Endpoint, Payload, Spec},
    types::OfferId,
};

/// The postbacks of one offer.
///
/// Whether the global ones, those of all offers, are among them is unknown;
/// [`ListPostbacks`](crate::affiliate::offer_postbacks::ListPostbacks) has them all.
///
/// Reference: the part on offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOfferPostbacks {
    offer_id: OfferId,
}

impl GetOfferPostbacks {
    /// Asks for the postbacks of this offer.
    #[must_use]
    pub fn new(offer_id: OfferId) -> Self {
        Self { offer_id }
    }
}

impl Endpoint for GetOfferPostbacks {
    const SPEC: Spec =
        Spec::get("get_offer_postbacks", "/aff/v1/offers/{offer_id}/postbacks", Payload::List("postback"));
    type Output = Vec<Postback>;

    fn encode(&self, request: &mut Encoder) {
        request.path(self.offer_id);
    }
}
