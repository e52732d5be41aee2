use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;

use super::{
    arguments::OfferId,
    rows::{Link, OfferUrl, offer_urls},
};
use crate::{
    envelope::{Failure, Success},
    offers::AffiliateOffer,
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}/tracking_links";

#[derive(Serialize)]
pub(super) struct TrackingLink {
    url: String,
    impression_pixel: Option<String>,
    offer_url: Vec<OfferUrl>,
}

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    OfferId(id): OfferId,
) -> Result<Success<TrackingLink>, Failure> {
    let link = service.offers.get(id).as_ref().and_then(tracking_link);
    link.map(|link| Success::new("tracking_link", link))
        .ok_or_else(|| Failure::not_found("There is no active offer with this id."))
}

fn tracking_link(offer: &AffiliateOffer<'_>) -> Option<TrackingLink> {
    let link = Link::of(offer, offer.whole().single)?;
    let offer_url = offer_urls(offer, &link);
    Some(TrackingLink { url: link.url, impression_pixel: link.impression_pixel, offer_url })
}
