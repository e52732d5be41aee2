//! The layers between the server and the handlers.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use crate::{arrivals::Arrived, envelope::Failure, state::SandboxState};

type Shared = State<Arc<SandboxState>>;

/// Logs a request on arrival, and its status before the response leaves. Puts its [`Arrived`] and its
/// [`Route`](crate::Route) into the extensions of the request.
pub(crate) async fn record_arrival(State(state): Shared, mut request: Request, next: Next) -> Response {
    let (method, path) = (request.method(), request.uri().path());
    let route = state.custom_routes.route_of(method, path);
    let method = state.secrets.redact(method.as_str());
    let path = state.secrets.redact_path(path);
    let (number, arrived) = state.arrivals.record(method, path, route.clone());
    request.extensions_mut().insert(arrived);
    if let Some(route) = route {
        request.extensions_mut().insert(route);
    }
    let response = next.run(request).await;
    state.arrivals.record_status(number, response.status());
    response
}

/// Passes a request on if it passes every check.
pub(crate) async fn require_checks(State(state): Shared, request: Request, next: Next) -> Response {
    let peer = request.extensions().get().map(|ConnectInfo(peer): &ConnectInfo<SocketAddr>| peer.ip());
    // The same instant as in the log of arrivals, so that a reader of the log sees the quota hold.
    let arrived = request.extensions().get().map(|Arrived(instant)| *instant);
    let checked = state.checks.check(request.headers(), peer, arrived);
    pass(checked, request, next).await
}

/// Passes a request on if it has the account's credentials; no other check applies.
pub(crate) async fn require_credentials(State(state): Shared, request: Request, next: Next) -> Response {
    let checked = state.checks.account.check(request.headers());
    pass(checked, request, next).await
}

async fn pass(checked: Result<(), Failure>, request: Request, next: Next) -> Response {
    match checked {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

pub(crate) async fn decide_due_applications(State(state): Shared, request: Request, next: Next) -> Response {
    state.applications.count_call(&state.offers);
    next.run(request).await
}

pub(crate) async fn serve_custom_routes(State(state): Shared, request: Request, next: Next) -> Response {
    match state.custom_routes.respond(request.method(), request.uri().path()) {
        Some(response) => response,
        None => next.run(request).await,
    }
}
