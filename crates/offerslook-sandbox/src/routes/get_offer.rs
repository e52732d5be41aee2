use std::sync::Arc;

use axum::extract::State;

use super::{offer_ids::OfferId, offer_row::offer_row, visible};
use crate::{
    envelope::{Failure, Success},
    listing::{Fields, Object},
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    OfferId(id): OfferId,
) -> Result<Success<Object>, Failure> {
    let offer = visible(&service, id)?;
    Ok(Success::new("offer", offer_row(&service, &offer, &Fields::default(), false)))
}
