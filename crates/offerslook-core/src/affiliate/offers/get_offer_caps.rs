//! `GET /aff/v1/offers/{offer_id}/caps`

use crate::{
    affiliate::offers::OfferCap,
    endpoint::{Encoder, Endpoint, Payload, Spec},
    types::OfferId,
};

/// Get the cap of one offer.
///
/// It is not known how the API answers for an offer without a cap. A response without any fields is read as a cap of
/// which nothing is known.
///
/// See the section *Offers* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOfferCaps {
    offer_id: OfferId,
}

impl GetOfferCaps {
    /// Gets the cap of this offer.
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
