use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;

use super::{arguments::OfferIds, rows::Link};
use crate::{envelope::Success, offers::AffiliateOffer, service::Service};

pub(super) const PATH: &str = "/aff/v1/batches/offers/tracking_links/{offer_ids}";

#[derive(Serialize)]
pub(super) struct Row {
    offer_id: u64,
    url: String,
    impression_pixel: Option<String>,
}

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    OfferIds(ids): OfferIds,
) -> Success<Vec<Row>> {
    Success::new("tracking_link", ids.into_iter().filter_map(|id| row(&service.offers.get(id)?)).collect())
}

fn row(offer: &AffiliateOffer<'_>) -> Option<Row> {
    let Link { url, impression_pixel } = Link::of(offer, offer.batch_tracker())?;
    Some(Row { offer_id: offer.id, url, impression_pixel })
}
