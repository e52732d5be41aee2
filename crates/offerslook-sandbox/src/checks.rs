//! What a request has to pass before it reaches a route.

mod allow_list;
mod credentials;
mod network;
mod quota;
#[cfg(test)]
mod tests;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};

pub(crate) use allow_list::AllowList;
pub(crate) use credentials::Account;
pub(crate) use network::Network;
pub(crate) use quota::Quota;

use crate::{arrivals::Arrived, envelope::Failure, service::Service};

/// Lets a request through only if it passes every check.
pub(crate) async fn require(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let checked = check(&service, &request);
    pass(checked, request, next).await
}

/// Lets a request through with the account's credentials, whatever the other checks would say.
pub(crate) async fn require_credentials(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    let checked = service.account.check(request.headers());
    pass(checked, request, next).await
}

async fn pass(checked: Result<(), Failure>, request: Request, next: Next) -> Response {
    match checked {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// The documented order. The quota comes last of these, so that only calls of the account itself can use it
/// up.
fn check(service: &Service, request: &Request) -> Result<(), Failure> {
    let peer = request.extensions().get().map(|ConnectInfo(peer): &ConnectInfo<SocketAddr>| peer.ip());
    // The very moment in the log of arrivals, so that the quota holds to whoever reads that.
    let arrived = request.extensions().get().map(|Arrived(moment)| *moment);
    service.account.check(request.headers())?;
    service.network.check(request.headers())?;
    service.allow_list.check(peer)?;
    service.quota.check(arrived)
}
