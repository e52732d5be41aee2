//! `GET /aff/v1/offers/{offer_id}/tracking_links`

use serde::{Deserialize, Serialize};

use super::LandingPage;
use crate::{
    endpoint::{Encoder, Endpoint, Payload, Spec},
    types::{ImpressionPixel, Link, OfferId, tolerant},
};

/// Get the tracking links of one offer: the default one, and one for each of its landing pages.
///
/// It is not known how the API answers for an offer without a link. A response without any fields is read as one
/// without links.
///
/// See the section *Offers* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOfferTrackingLink {
    offer_id: OfferId,
}

impl GetOfferTrackingLink {
    /// Gets the links of this offer.
    #[must_use]
    pub fn new(offer_id: OfferId) -> Self {
        Self { offer_id }
    }
}

impl Endpoint for GetOfferTrackingLink {
    const SPEC: Spec = Spec::get(
        "get_offer_tracking_link",
        "/aff/v1/offers/{offer_id}/tracking_links",
        Payload::Object("tracking_link"),
    );
    type Output = TrackingLinkDetails;

    fn encode(&self, request: &mut Encoder) {
        request.path(self.offer_id);
    }
}

/// The tracking links of one offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingLinkDetails {
    /// The tracking link, or what the API sends instead.
    #[serde(default)]
    pub url: Link,
    /// The HTML snippet that counts impressions.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub impression_pixel: Option<ImpressionPixel>,
    /// The tracking links of the landing pages.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub offer_url: Vec<LandingPage>,
}

#[cfg(test)]
mod tests {
    use super::GetOfferTrackingLink;
    use crate::example;

    #[test]
    fn get_offer_tracking_link() {
        let call = GetOfferTrackingLink::new("16".parse().unwrap());
        example::check(&call, include_str!("../../../tests/fixtures/get_offer_tracking_link.json"));
    }
}
