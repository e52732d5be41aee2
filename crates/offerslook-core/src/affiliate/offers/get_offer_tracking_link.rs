//! `GET /aff/v1/offers/{offer_id}/tracking_links`

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Encoder, Endpoint, Payload, Spec},
    types::{ImpressionPixel, Link, OfferId, open::string_enum, tolerant},
};

/// The tracking links of one offer: the default one, and one for each of its landing pages.
///
/// What the API answers for an offer without a link is unknown; an answer without any fields is read as
/// one without links.
///
/// Reference: the part on offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOfferTrackingLink {
    offer_id: OfferId,
}

impl GetOfferTrackingLink {
    /// Asks for the links of this offer.
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
    type Output = OfferLinks;

    fn encode(&self, request: &mut Encoder) {
        request.path(self.offer_id);
    }
}

/// The links of one offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfferLinks {
    /// The tracking link, or what stands in its place.
    #[serde(default)]
    pub url: Link,
    /// What counts impressions.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub impression_pixel: Option<ImpressionPixel>,
    /// A link for each landing page.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub offer_url: Vec<LandingPage>,
}

/// A landing page of an offer, and the link that leads there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LandingPage {
    /// Which kind of page it is.
    #[serde(default, rename = "type")]
    pub kind: Option<LandingPageKind>,
    /// Its name; the default and the random one have none.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The tracking link that leads to it.
    #[serde(default)]
    pub tracking_link: Link,
    /// The page itself; the random one has none.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub preview_url: Option<String>,
}

string_enum! {
    /// The kinds of landing pages.
    pub enum LandingPageKind {
        /// Where the plain tracking link leads.
        Default = "Default",
        /// A page chosen at random, click by click.
        Random = "Random",
        /// A page that was added to the offer.
        OfferUrl = "Offer URL",
    }
}

#[cfg(test)]
mod tests {
    use super::GetOfferTrackingLink;
    use crate::example;

    #[test]
    fn get_offer_tracking_link() {
        let call = GetOfferTrackingLink::new("16".parse().unwrap());
        example::check(&call, include_str!("../../../tests/fixtures/offer_tracking_link.json"));
    }
}
