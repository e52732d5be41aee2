use axum::extract::State;
use serde::Serialize;

use super::Shared;
use crate::{
    arguments::{OfferId, OfferIds},
    envelope::{Failure, Success},
};

const MAX_IDS_PER_CALL: usize = 100;

#[derive(Serialize)]
pub(super) struct Application {
    #[serde(skip_serializing_if = "Option::is_none")]
    offer_id: Option<u64>,
    status: Option<&'static str>,
}

pub(super) async fn apply_to_offer(
    State(state): Shared,
    OfferId(id): OfferId,
) -> Result<Success<Application>, Failure> {
    let status = state.applications.apply(&state.offers, id);
    let status = status.ok_or_else(|| Failure::not_found("There is no active offer with this id."))?;
    Ok(Success::new("offer_application", Application { offer_id: None, status: status.name() }))
}

pub(super) async fn apply_to_offers(
    State(state): Shared,
    OfferIds(ids): OfferIds,
) -> Result<Success<Vec<Application>>, Failure> {
    if ids.len() > MAX_IDS_PER_CALL {
        return Err(Failure::bad_request(format!("A call applies for at most {MAX_IDS_PER_CALL} offers.")));
    }
    let apply = |id| {
        let status = state.applications.apply(&state.offers, id)?;
        Some(Application { offer_id: Some(id), status: status.name() })
    };
    Ok(Success::new("offer_application", ids.into_iter().filter_map(apply).collect()))
}
