use std::sync::Arc;

use axum::extract::State;

use super::{offer_ids::OfferId, offer_parts, visible};
use crate::{
    envelope::{Failure, Success},
    listing::Object,
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}/creatives";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    OfferId(id): OfferId,
) -> Result<Success<Vec<Object>>, Failure> {
    Ok(Success::new("offer_creative", offer_parts::creatives(visible(&service, id)?.whole())))
}
