//! `GET /aff/v1/offers/{offer_id}/postbacks`

use crate::{
    affiliate::offer_postbacks::Postback,
    endpoint::{Encoder, Endpoint, Payload, Spec},
    types::OfferId,
};

/// Get the postbacks of one offer.
///
/// It is not known whether they include global postbacks, which apply to all offers;
/// [`ListPostbacks`](crate::affiliate::offer_postbacks::ListPostbacks) lists those too.
///
/// See the section *Offers* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOfferPostbacks {
    offer_id: OfferId,
}

impl GetOfferPostbacks {
    /// Gets the postbacks of this offer.
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
