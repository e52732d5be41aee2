use axum::{
    body::Bytes,
    extract::{FromRequest as _, Request},
    http::StatusCode,
    response::IntoResponse as _,
};

use crate::envelope::Failure;

/// The body of a request, which has to come whole and may not be longer than its route takes.
pub(crate) async fn whole_body(request: Request, state: &(impl Send + Sync)) -> Result<Bytes, Failure> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.")
        }
        _ => Failure::bad_request("The body did not arrive whole."),
    })
}
