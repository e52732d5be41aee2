use std::sync::Arc;

use axum::extract::State;

use super::{offer_ids::OfferId, offer_parts, visible};
use crate::{
    envelope::{Failure, Success},
    listing::Object,
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}/platforms";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    OfferId(id): OfferId,
) -> Result<Success<Object>, Failure> {
    Ok(Success::new("offer_platform", offer_parts::platforms_with_ids(visible(&service, id)?.whole())))
}
