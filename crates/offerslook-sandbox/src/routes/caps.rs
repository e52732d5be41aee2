use std::sync::Arc;

use axum::extract::State;

use super::{offer_ids::OfferId, offer_parts, visible};
use crate::{
    envelope::{Failure, Success},
    listing::Object,
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}/caps";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    OfferId(id): OfferId,
) -> Result<Success<Option<Object>>, Failure> {
    Ok(Success::new("offer_cap", offer_parts::cap(visible(&service, id)?.whole())))
}
