use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;

use super::arguments::OfferId;
use crate::{
    envelope::{Failure, Success},
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}/applys";

#[derive(Serialize)]
pub(super) struct OfferApplication {
    status: Option<&'static str>,
}

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    OfferId(id): OfferId,
) -> Result<Success<OfferApplication>, Failure> {
    let standing = service.applications.apply(&service.offers, id);
    standing
        .map(|standing| Success::new("offer_application", OfferApplication { status: standing.word() }))
        .ok_or_else(|| Failure::not_found("There is no active offer with this id."))
}
