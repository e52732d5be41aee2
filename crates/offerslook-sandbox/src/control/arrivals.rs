use std::sync::Arc;

use axum::extract::State;

use crate::{Arrivals, envelope::Success, service::Service};

pub(super) const PATH: &str = "/arrivals";

pub(super) async fn list(State(service): State<Arc<Service>>) -> Success<Arrivals> {
    Success::new("arrivals", service.arrivals.snapshot())
}
