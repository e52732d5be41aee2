//! `GET /aff/v1/offers/{offer_id}/platforms`

use crate::{
    affiliate::offers::OfferPlatform,
    endpoint::{Encoder, Endpoint, Payload, Spec},
    types::OfferId,
};

/// Get the devices that one offer targets.
///
/// A response without targets means all devices.
///
/// See the section *Offers* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOfferPlatforms {
    offer_id: OfferId,
}

impl GetOfferPlatforms {
    /// Gets the devices of this offer.
    #[must_use]
    pub fn new(offer_id: OfferId) -> Self {
        Self { offer_id }
    }
}

impl Endpoint for GetOfferPlatforms {
    const SPEC: Spec = Spec::get(
        "get_offer_platforms",
        "/aff/v1/offers/{offer_id}/platforms",
        Payload::Object("offer_platform"),
    );
    type Output = OfferPlatform;

    fn encode(&self, request: &mut Encoder) {
        request.path(self.offer_id);
    }
}
