//! `GET /aff/v1/offers/{offer_id}`

use super::OfferRow;
use crate::{
    endpoint::{Encoder, Endpoint, Payload, Spec},
    types::OfferId,
};

/// Get one offer.
///
/// The response is not documented: it may be the row of a list, or such a row under `offer`. It is not known either how
/// the API answers for an offer that the affiliate cannot see.
///
/// See the section *Offers* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOffer {
    offer_id: OfferId,
}

impl GetOffer {
    /// Gets this offer.
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
