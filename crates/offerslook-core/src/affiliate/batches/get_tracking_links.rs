//! `GET /aff/v1/batches/offers/tracking_links/{offer_ids}`

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Batched, Encoder, Endpoint, Payload, Rows, Spec},
    error::NoLink,
    types::{ImpressionPixel, Link, OfferId, OfferIds, TrackingLink, tolerant},
};

/// The tracking links of many offers.
///
/// A link exists where the affiliate is approved for the offer, or the offer is public. What the API does
/// for any other id is unknown: its row may be missing, or come without a URL, or the whole call may be
/// refused. How many ids one call may carry is unknown too; 100 is the documented most of the batch of
/// applications.
///
/// Reference: "Get offer's tracking link information", in the part on batches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetTrackingLinks {
    offer_ids: OfferIds,
}

impl GetTrackingLinks {
    /// Asks for the links of these offers.
    #[must_use]
    pub fn new(offer_ids: OfferIds) -> Self {
        Self { offer_ids }
    }
}

impl Endpoint for GetTrackingLinks {
    const SPEC: Spec = Spec::get(
        "get_tracking_links",
        "/aff/v1/batches/offers/tracking_links/{offer_ids}",
        Payload::List("tracking_link"),
    );
    type Output = Rows<TrackingLinkRow>;

    fn encode(&self, request: &mut Encoder) {
        request.path(&self.offer_ids);
    }
}

impl Batched for GetTrackingLinks {
    type Row = TrackingLinkRow;
    type Item = OfferLink;
    // Nobody knows the API's own limit: the job finds it out.
    const MAX_IDS_PER_CALL: usize = usize::MAX;

    fn of(ids: OfferIds) -> Self {
        Self::new(ids)
    }

    fn id_of(row: &TrackingLinkRow) -> OfferId {
        row.offer_id
    }

    fn accept(row: TrackingLinkRow) -> Result<OfferLink, NoLink> {
        let TrackingLinkRow { offer_id, url, impression_pixel } = row;
        match url {
            Link::Url(url) => Ok(OfferLink { offer_id, url, impression_pixel }),
            Link::NeedToApply => Err(NoLink::NeedToApply),
            Link::Absent => Err(NoLink::Absent),
            Link::Other(text) => Err(NoLink::Other(text)),
        }
    }
}

/// The row of one offer. Their order in an answer is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingLinkRow {
    /// The offer.
    pub offer_id: OfferId,
    /// The tracking link, or what stands in its place.
    #[serde(default)]
    pub url: Link,
    /// What counts impressions.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub impression_pixel: Option<ImpressionPixel>,
}

/// The tracking link of one offer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OfferLink {
    /// The offer.
    pub offer_id: OfferId,
    /// The link to send clicks to.
    pub url: TrackingLink,
    /// The HTML snippet that counts impressions.
    pub impression_pixel: Option<ImpressionPixel>,
}

#[cfg(test)]
mod tests {
    use super::GetTrackingLinks;
    use crate::example;

    #[test]
    fn batch_tracking_links() {
        let call = GetTrackingLinks::new("16,102".parse().unwrap());
        example::check(&call, include_str!("../../../tests/fixtures/batch_tracking_links.json"));
    }
}
