mod batch_tracking_links;
mod offer_ids;
mod offer_tracking_link;
mod route;

use std::sync::Arc;

use axum::{Router, http::StatusCode, middleware::from_fn_with_state, routing::get};

pub use route::Route;

use crate::{arrivals, auth, control, envelope::Failure, faults, service::Service};

/// What stands as the link of an offer that the affiliate is not approved for.
const NEED_TO_APPLY: &str = "Need to apply";

/// Every endpoint, behind the checks in the service's order. The layer added last sees a request first.
pub(crate) fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route(batch_tracking_links::PATH, get(batch_tracking_links::answer))
        .route(offer_tracking_link::PATH, get(offer_tracking_link::answer))
        .method_not_allowed_fallback(async || {
            let message = "This path does not take this method. The Allow header names those that it takes.";
            Failure::new(StatusCode::METHOD_NOT_ALLOWED, message)
        })
        .fallback(async || Failure::new(StatusCode::NOT_FOUND, "There is nothing at this path."))
        .layer(from_fn_with_state(Arc::clone(&service), faults::apply))
        .layer(from_fn_with_state(Arc::clone(&service), auth::require))
        .layer(from_fn_with_state(Arc::clone(&service), faults::reset_connections))
        .layer(from_fn_with_state(Arc::clone(&service), arrivals::record))
        // After the layers, so that none of them sees it.
        .nest(control::PATH, control::router(&service))
        .with_state(service)
}
