use std::sync::Arc;

use axum::{
    extract::{State, rejection::StringRejection},
    http::StatusCode,
    response::IntoResponse as _,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Faults, Rule,
    envelope::{Failure, Success},
    faults::from_json,
    service::Service,
};

pub(super) const PATH: &str = "/faults";

/// The faults as [`replace`] takes them, but for `fired`, which has a number for each rule.
#[derive(Serialize)]
pub(super) struct Listing {
    #[serde(flatten)]
    faults: Faults,
    fired: Vec<u64>,
}

type Answer = Result<Success<Listing>, Failure>;

pub(super) async fn list(State(service): State<Arc<Service>>) -> Success<Listing> {
    let (faults, fired) = service.faults.listing();
    Success::new("faults", Listing { faults, fired })
}

pub(super) async fn replace(
    State(service): State<Arc<Service>>,
    body: Result<String, StringRejection>,
) -> Answer {
    service.faults.replace(read(body)?);
    Ok(list(State(service)).await)
}

pub(super) async fn add(
    State(service): State<Arc<Service>>,
    body: Result<String, StringRejection>,
) -> Answer {
    service.faults.add(read::<Rule>(body)?);
    Ok(list(State(service)).await)
}

pub(super) async fn clear(State(service): State<Arc<Service>>) -> Success<Listing> {
    service.faults.replace(Faults::default());
    list(State(service)).await
}

/// The message may say what was wrong in the words of the body: it comes from whoever runs the sandbox.
fn read<T: DeserializeOwned>(body: Result<String, StringRejection>) -> Result<T, Failure> {
    let text = body.map_err(|rejection| {
        let status = rejection.into_response().status();
        let message = match status {
            StatusCode::PAYLOAD_TOO_LARGE => "The body is longer than 1 MiB.",
            _ => "The body did not come whole, or is not UTF-8.",
        };
        Failure::new(status, message)
    })?;
    from_json(&text).map_err(|error| Failure::new(StatusCode::BAD_REQUEST, error.to_string()))
}
