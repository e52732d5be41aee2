use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::told::Told;
use crate::{
    Standing,
    applications::Applications,
    envelope::{Failure, Success},
    listing::{Cell, List, NoColumn, Page, Parameters, Row},
    routes::arguments::OfferId,
    service::Service,
};

pub(super) const LIST_PATH: &str = "/applications";
pub(super) const DECIDE_PATH: &str = "/applications/{offer_id}";

const LIST: List<NoColumn> = List { most_rows: 1_000, columns: &[], fields: &[] };

#[derive(Serialize)]
pub(super) struct Application {
    offer_id: u64,
    status: Option<&'static str>,
}

/// The body of [`decide`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with `status`")]
pub(super) struct Decision {
    status: Decided,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Decided {
    Approved,
    Rejected,
}

/// The applications that are pending, by their offers' ids.
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    parameters: Parameters,
) -> Result<Success<Page<Application>>, Failure> {
    Ok(Success::whole(LIST.query(parameters)?.page(pending(&service))))
}

pub(super) async fn decide(
    State(service): State<Arc<Service>>,
    OfferId(offer_id): OfferId,
    Told(Decision { status }): Told<Decision>,
) -> Result<Success<Application>, Failure> {
    let decided = match status {
        Decided::Approved => Standing::Approved,
        Decided::Rejected => Standing::Rejected,
    };
    let (before, after) = Applications::decide(&service.offers, offer_id, decided)
        .ok_or_else(|| Failure::not_found("There is no offer with this id."))?;
    if before != Standing::Pending {
        let stands = before.word().unwrap_or("not applied for");
        return Err(Failure::conflict(format!("No application for this offer is pending: it is {stands}.")));
    }
    Ok(Success::new("application", Application::new(offer_id, after)))
}

fn pending(service: &Service) -> impl DoubleEndedIterator<Item = Application> {
    let offers = service.offers.all().filter(|offer| offer.standing == Standing::Pending);
    offers.map(|offer| Application::new(offer.id, offer.standing))
}

impl Application {
    fn new(offer_id: u64, standing: Standing) -> Self {
        Self { offer_id, status: standing.word() }
    }
}

impl Row for Application {
    type Column = NoColumn;

    fn cell(&self, column: NoColumn) -> Cell<'_> {
        match column {}
    }
}
