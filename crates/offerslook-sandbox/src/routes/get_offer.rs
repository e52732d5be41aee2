use std::sync::Arc;

use axum::extract::State;

use super::{arguments::OfferId, rows::offer_row};
use crate::{
    envelope::{Failure, Success},
    listing::{Fields, Object},
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    id: OfferId,
) -> Result<Success<Object>, Failure> {
    let offer = id.visible(&service)?;
    Ok(Success::new("offer", offer_row(&service, &offer, &Fields::default(), false)))
}
