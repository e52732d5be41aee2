//! `GET /aff/v1/offers/{offer_id}`

use super::OfferRow;
use crate::{
    endpoint::{Encoder, Endpoint, Payload, Spec},
    types::OfferId,
};

/// One offer.
///
/// The shape of the answer is unknown: it is read from the row of a list, and from such a row under
/// `offer`. What the API answers for an offer that it does not show to the affiliate is unknown, too.
///
/// Reference: the part on offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOffer {
    offer_id: OfferId,
}

impl GetOffer {
    /// Asks for this offer.
    #[must_use]
    pub fn new(offer_id: OfferId) -> Self {
        Self { offer_id }
    }
}

impl Endpoint for GetOffer {
    const SPEC: Spec = Spec::get("get_offer", "/aff/v1/offers/{offer_id}", Payload::Whole);
    type Output = OfferRow;

    fn encode(&self, request: &mut Encoder) {
        request.path(self.offer_id);
    }
}
