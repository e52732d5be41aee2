use std::sync::Arc;

use axum::extract::State;

use super::{arguments::OfferId, rows::creatives};
use crate::{
    envelope::{Failure, Success},
    listing::Object,
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}/creatives";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    id: OfferId,
) -> Result<Success<Vec<Object>>, Failure> {
    Ok(Success::new("offer_creative", creatives(id.visible(&service)?.whole())))
}
