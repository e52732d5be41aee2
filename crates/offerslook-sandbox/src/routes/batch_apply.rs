use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;

use super::arguments::OfferIds;
use crate::{
    envelope::{Failure, Success},
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/batches/offers/applys/{offer_ids}";

/// The most ids that one call may carry.
const MAX_IDS_PER_CALL: usize = 100;

#[derive(Serialize)]
pub(super) struct Row {
    offer_id: u64,
    status: Option<&'static str>,
}

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    OfferIds(ids): OfferIds,
) -> Result<Success<Vec<Row>>, Failure> {
    if ids.len() > MAX_IDS_PER_CALL {
        return Err(Failure::bad_request(format!("A call applies for at most {MAX_IDS_PER_CALL} offers.")));
    }
    let apply = |offer_id| {
        let standing = service.applications.apply(&service.offers, offer_id)?;
        Some(Row { offer_id, status: standing.word() })
    };
    Ok(Success::new("offer_application", ids.into_iter().filter_map(apply).collect()))
}
