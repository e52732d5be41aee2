use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::{ControlRequest, Shared};
use crate::{
    AffiliateStatus,
    applications::Applications,
    arguments::OfferId,
    envelope::{Failure, Success},
    listing::{List, Page, Parameters, Row},
};

#[derive(Serialize)]
pub(super) struct Application {
    offer_id: u64,
    status: Option<&'static str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with `status`")]
pub(super) struct DecisionBody {
    status: Decision,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Decision {
    Approved,
    Rejected,
}

pub(super) async fn list(
    State(state): Shared,
    parameters: Parameters,
) -> Result<Success<Page<Application>>, Failure> {
    let query = List::PAGES_ONLY.query(parameters)?;
    let pending = state.offers.all().filter(|offer| offer.status == AffiliateStatus::Pending);
    Ok(Success::whole(query.page(pending.map(|offer| Application::new(offer.id, offer.status)))))
}

pub(super) async fn decide(
    State(state): Shared,
    OfferId(offer_id): OfferId,
    ControlRequest(DecisionBody { status }): ControlRequest<DecisionBody>,
) -> Result<Success<Application>, Failure> {
    let decided = match status {
        Decision::Approved => AffiliateStatus::Approved,
        Decision::Rejected => AffiliateStatus::Rejected,
    };
    let (before, after) = Applications::decide(&state.offers, offer_id, decided)
        .ok_or_else(|| Failure::not_found("There is no offer with this id."))?;
    if before != AffiliateStatus::Pending {
        let status = before.name().unwrap_or("not applied for");
        return Err(Failure::conflict(format!("No application for this offer is pending: it is {status}.")));
    }
    Ok(Success::new("application", Application::new(offer_id, after)))
}

impl Application {
    fn new(offer_id: u64, status: AffiliateStatus) -> Self {
        Self { offer_id, status: status.name() }
    }
}

impl Row for Application {}
