//! `GET /aff/v1/batches/offers/tracking_links/{offer_ids}`

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Batched, Encoder, Endpoint, Payload, Rows, Spec},
    error::NoLink,
    types::{ImpressionPixel, Link, OfferId, OfferIds, TrackingLink, tolerant},
};

/// Get the tracking links of many offers. A [`Batch`](crate::job::Batch) takes any number.
///
/// An offer has a link if the affiliate is approved for it, or if it is public. What the API does with any other id is
/// not known: it may leave out the row, send one without a URL, or refuse the whole call. The maximum number of ids
/// per call is not known either; the documented maximum of [`ApplyToOffers`](super::ApplyToOffers) is 100.
///
/// See the section *Batches* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetTrackingLinks {
    offer_ids: OfferIds,
}

impl GetTrackingLinks {
    /// Gets the links of these offers.
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
    // The API's own limit is not known: the job finds it out.
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

/// The tracking link of one offer, as the API sends it. The order of the rows is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingLinkRow {
    /// The offer.
    pub offer_id: OfferId,
    /// The tracking link, or what the API sends instead.
    #[serde(default)]
    pub url: Link,
    /// The HTML snippet that counts impressions.
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

impl fmt::Display for OfferLink {
    /// Writes the URL.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::GetTrackingLinks;
    use crate::example;

    #[test]
    fn get_tracking_links() {
        let call = GetTrackingLinks::new("16,102".parse().unwrap());
        example::check(&call, include_str!("../../../tests/fixtures/get_tracking_links.json"));
    }
}
