use std::sync::Arc;

use axum::{Router, middleware::from_fn_with_state};

use crate::{control, envelope::Failure, faults, handlers, middleware, state::SandboxState};

/// Returns the router of a sandbox: every route behind the checks, in the order of the service. The layer that
/// is added last sees a request first.
pub(crate) fn router(state: &Arc<SandboxState>) -> Router {
    let own = || Arc::clone(state);
    handlers::router()
        .method_not_allowed_fallback(async || Failure::method_not_allowed())
        .fallback(async || Failure::not_found("The sandbox has no such path."))
        .layer(from_fn_with_state(own(), middleware::serve_custom_routes))
        .layer(from_fn_with_state(Arc::clone(&state.faults), faults::apply))
        .layer(from_fn_with_state(own(), middleware::decide_due_applications))
        .layer(from_fn_with_state(own(), middleware::require_checks))
        .layer(from_fn_with_state(Arc::clone(&state.faults), faults::reset_connection))
        .layer(from_fn_with_state(own(), middleware::record_arrival))
        // After the layers, so that none of them applies to it.
        .nest(control::PATH, control::router(state))
        .with_state(own())
}
