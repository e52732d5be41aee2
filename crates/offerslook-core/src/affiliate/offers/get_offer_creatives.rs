//! `GET /aff/v1/offers/{offer_id}/creatives`

use crate::{
    affiliate::offers::Creative,
    endpoint::{Encoder, Endpoint, Payload, Spec},
    types::OfferId,
};

/// Get the creatives of one offer: images and other files to promote it with.
///
/// See the section *Offers* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOfferCreatives {
    offer_id: OfferId,
}

impl GetOfferCreatives {
    /// Gets the creatives of this offer.
    #[must_use]
    pub fn new(offer_id: OfferId) -> Self {
        Self { offer_id }
    }
}

impl Endpoint for GetOfferCreatives {
    const SPEC: Spec = Spec::get(
        "get_offer_creatives",
        "/aff/v1/offers/{offer_id}/creatives",
        Payload::List("offer_creative"),
    );
    type Output = Vec<Creative>;

    fn encode(&self, request: &mut Encoder) {
        request.path(self.offer_id);
    }
}
