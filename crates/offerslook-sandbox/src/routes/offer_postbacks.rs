use std::sync::Arc;

use axum::{extract::State, http::StatusCode};

use super::offer_ids::OfferId;
use crate::{
    envelope::{Failure, Success},
    listing::Object,
    postbacks::Postback,
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}/postbacks";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    OfferId(id): OfferId,
) -> Result<Success<Vec<Object>>, Failure> {
    if service.offers.get(id).is_none() {
        return Err(Failure::new(StatusCode::NOT_FOUND, "There is no offer with this id."));
    }
    let postbacks = service.postbacks.of_offer(id);
    Ok(Success::new("postback", postbacks.iter().map(Postback::object).collect()))
}
