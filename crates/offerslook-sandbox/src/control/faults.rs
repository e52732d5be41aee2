use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;

use super::told::Told;
use crate::{Faults, Rule, envelope::Success, service::Service};

pub(super) const PATH: &str = "/faults";

/// The faults as [`replace`] takes them, but for `fired`, which has a number for each rule.
#[derive(Serialize)]
pub(super) struct Listing {
    #[serde(flatten)]
    faults: Faults,
    fired: Vec<u64>,
}

pub(super) async fn list(State(service): State<Arc<Service>>) -> Success<Listing> {
    let (faults, fired) = service.faults.listing();
    Success::new("faults", Listing { faults, fired })
}

pub(super) async fn replace(
    State(service): State<Arc<Service>>,
    Told(faults): Told<Faults>,
) -> Success<Listing> {
    service.faults.replace(faults);
    list(State(service)).await
}

pub(super) async fn add(State(service): State<Arc<Service>>, Told(rule): Told<Rule>) -> Success<Listing> {
    service.faults.add(rule);
    list(State(service)).await
}

pub(super) async fn clear(State(service): State<Arc<Service>>) -> Success<Listing> {
    service.faults.replace(Faults::default());
    list(State(service)).await
}
