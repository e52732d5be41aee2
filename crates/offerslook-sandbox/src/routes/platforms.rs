use std::sync::Arc;

use axum::extract::State;

use super::{arguments::OfferId, rows::platforms_with_ids};
use crate::{
    envelope::{Failure, Success},
    listing::Object,
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}/platforms";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    id: OfferId,
) -> Result<Success<Object>, Failure> {
    Ok(Success::new("offer_platform", platforms_with_ids(id.visible(&service)?.whole())))
}
