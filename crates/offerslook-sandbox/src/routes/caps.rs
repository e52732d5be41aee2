use std::sync::Arc;

use axum::extract::State;

use super::{arguments::OfferId, rows::cap};
use crate::{
    envelope::{Failure, Success},
    listing::Object,
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}/caps";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    id: OfferId,
) -> Result<Success<Option<Object>>, Failure> {
    Ok(Success::new("offer_cap", cap(id.visible(&service)?.whole())))
}
