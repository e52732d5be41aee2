//! `GET /aff/v1/offers/{offer_id}/platforms`

use crate::{
    affiliate::offers::OfferPlatform,
    endpoint::{Encoder, Endpoint, Payload, Spec},
    types::OfferId,
};

/// The devices that one offer is for.
///
/// An answer without any targets is read as all devices.
///
/// Reference: the part on offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOfferPlatforms {
    offer_id: OfferId,
}

impl GetOfferPlatforms {
    /// Asks for the devices of this offer.
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
