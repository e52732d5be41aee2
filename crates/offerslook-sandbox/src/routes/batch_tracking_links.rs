use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;

use super::{NEED_TO_APPLY, offer_ids::OfferIds};
use crate::{
    envelope::Success,
    offers::{Offer, OfferKind},
    service::Service,
};

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

fn row(offer: &Offer) -> Option<Row> {
    let (url, impression_pixel) = match offer.kind {
        OfferKind::Approved | OfferKind::Public => {
            (offer.batch.link(offer.id), Some(offer.batch.impression_pixel(offer.id)))
        }
        OfferKind::NotApproved => (NEED_TO_APPLY.to_owned(), None),
        OfferKind::Paused => return None,
    };
    Some(Row { offer_id: offer.id, url, impression_pixel })
}
