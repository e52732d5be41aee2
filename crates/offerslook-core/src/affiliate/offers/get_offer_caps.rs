//! `GET /aff/v1/offers/{offer_id}/caps`

use crate::{
    affiliate::offers::OfferCap,
    endpoint::{Encoder, Endpoint, Payload, Spec},
    types::OfferId,
};

/// The cap of one offer, for the affiliate.
///
/// What the API answers for an offer without a cap is unknown; an answer without any fields is read as a
/// cap of which nothing is known.
///
/// Reference: the part on offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOfferCaps {
    offer_id: OfferId,
}

impl GetOfferCaps {
    /// Asks for the cap of this offer.
    #[must_use]
    pub fn new(offer_id: OfferId) -> Self {
        Self { offer_id }
    }
}

impl Endpoint for GetOfferCaps {
    const SPEC: Spec =
        Spec::get("get_offer_caps", "/aff/v1/offers/{offer_id}/caps", Payload::Object("offer_cap"));
    type Output = OfferCap;

    fn encode(&self, request: &mut Encoder) {
        request.path(self.offer_id);
    }
}
