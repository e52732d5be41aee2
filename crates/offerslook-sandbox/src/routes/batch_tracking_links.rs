use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;

use super::{NEED_TO_APPLY, offer_ids::OfferIds};
use crate::{
    envelope::Success,
    offers::{OfferKind, Offers},
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
    Success::new("tracking_link", ids.into_iter().filter_map(|id| row(&service.offers, id)).collect())
}

fn row(offers: &Offers, id: u64) -> Option<Row> {
    let offer = offers.get(id)?;
    let (url, impression_pixel) = match offers.kind(id)? {
        OfferKind::Approved | OfferKind::Public => {
            (offer.batch.link(id), Some(offer.batch.impression_pixel(id)))
        }
        OfferKind::NotApproved => (NEED_TO_APPLY.to_owned(), None),
        OfferKind::Paused | OfferKind::Hidden => return None,
    };
    Some(Row { offer_id: id, url, impression_pixel })
}
