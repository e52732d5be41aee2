//! The routes by which a running sandbox is looked at and changed.

mod applications;
mod arrivals;
mod faults;
mod told;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{get, post},
};

use crate::{checks, envelope::Failure, service::Service};

/// Where all of them begin.
pub(crate) const PATH: &str = "/sandbox/v1";

/// The longest body that is taken, in bytes.
const BODY: usize = 1_024 * 1_024;

/// They want the account's credentials, and that is the only check.
pub(crate) fn router(service: &Arc<Service>) -> Router<Arc<Service>> {
    Router::new()
        .route(faults::PATH, get(faults::list).put(faults::replace).post(faults::add).delete(faults::clear))
        .route(arrivals::PATH, get(arrivals::list))
        .route(applications::LIST_PATH, get(applications::list))
        .route(applications::DECIDE_PATH, post(applications::decide))
        .method_not_allowed_fallback(async || Failure::method_not_allowed())
        .fallback(async || Failure::not_found("There is nothing at this path of the sandbox's own."))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn_with_state(Arc::clone(service), checks::require_credentials))
}
