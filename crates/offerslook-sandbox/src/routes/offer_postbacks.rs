use std::sync::Arc;

use axum::extract::State;

use super::arguments::OfferId;
use crate::{
    envelope::{Failure, Success},
    listing::Object,
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}/postbacks";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    id: OfferId,
) -> Result<Success<Vec<Object>>, Failure> {
    let offer = id.visible(&service)?;
    Ok(Success::new("postback", service.postbacks.of_offer(offer.id)))
}
