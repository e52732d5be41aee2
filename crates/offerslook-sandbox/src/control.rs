//! The control API, which inspects and changes a running sandbox.

mod applications;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest, Request, State},
    middleware::from_fn_with_state,
    routing::{get, post},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Arrivals, Faults, Rule,
    envelope::{Failure, Success},
    faults::from_json,
    middleware::require_credentials,
    request_body::read_body,
    state::SandboxState,
};

pub(crate) const PATH: &str = "/sandbox/v1";

const MAX_BODY_BYTES: usize = 1_024 * 1_024;

type Shared = State<Arc<SandboxState>>;

/// Returns the router. The credentials are its only check.
pub(crate) fn router(state: &Arc<SandboxState>) -> Router<Arc<SandboxState>> {
    Router::new()
        .route("/faults", get(list_faults).put(replace_faults).post(add_fault).delete(clear_faults))
        .route("/arrivals", get(list_arrivals))
        .route("/applications", get(applications::list))
        .route("/applications/{offer_id}", post(applications::decide))
        .method_not_allowed_fallback(async || Failure::method_not_allowed())
        .fallback(async || Failure::not_found("The control API has no such path."))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(from_fn_with_state(Arc::clone(state), require_credentials))
}

/// The JSON body of a request.
///
/// Unlike those of the endpoints, the error messages may quote the body, which comes from the operator of the
/// sandbox; the account's secrets are redacted.
struct ControlRequest<T>(T);

impl<T: DeserializeOwned> FromRequest<Arc<SandboxState>> for ControlRequest<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &Arc<SandboxState>) -> Result<Self, Failure> {
        let body = read_body(request, state).await?;
        from_json(&body)
            .map(Self)
            .map_err(|error| Failure::bad_request(state.secrets.redact(&error.to_string())))
    }
}

/// The faults in the form that [`replace_faults`] reads, and how often each rule has fired.
#[derive(Serialize)]
struct FaultList {
    #[serde(flatten)]
    faults: Faults,
    fired: Vec<u64>,
}

async fn list_faults(State(state): Shared) -> Success<FaultList> {
    let (faults, fired) = state.faults.snapshot();
    Success::new("faults", FaultList { faults, fired })
}

async fn replace_faults(
    State(state): Shared,
    ControlRequest(faults): ControlRequest<Faults>,
) -> Result<Success<FaultList>, Failure> {
    check_routes(&state, &faults)?;
    state.faults.replace(faults);
    Ok(list_faults(State(state)).await)
}

async fn add_fault(
    State(state): Shared,
    ControlRequest(rule): ControlRequest<Rule>,
) -> Result<Success<FaultList>, Failure> {
    check_routes(&state, &Faults::default().rule(rule.clone()))?;
    state.faults.add(rule);
    Ok(list_faults(State(state)).await)
}

async fn clear_faults(State(state): Shared) -> Success<FaultList> {
    state.faults.replace(Faults::default());
    list_faults(State(state)).await
}

fn check_routes(state: &SandboxState, faults: &Faults) -> Result<(), Failure> {
    match faults.unknown_route(&state.custom_routes) {
        None => Ok(()),
        Some(route) => Err(Failure::bad_request(
            state.secrets.redact(&format!("The sandbox does not have the route {route}.")),
        )),
    }
}

async fn list_arrivals(State(state): Shared) -> Success<Arrivals> {
    Success::new("arrivals", state.arrivals.snapshot())
}
