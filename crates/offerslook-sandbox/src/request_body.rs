use std::time::Duration;

use axum::{
    BoxError,
    body::{Body, Bytes},
    extract::{FromRequest as _, Request},
    http::StatusCode,
    response::IntoResponse as _,
};
use futures_util::{StreamExt as _, stream};
use hyper::body::Incoming;
use tokio::time::timeout;

use crate::envelope::Failure;

/// Returns the body of a request, which fails if the client sends nothing for the time of the limit.
pub(crate) fn with_timeout(body: Incoming, limit: Duration) -> Body {
    let pieces = Body::new(body).into_data_stream();
    Body::from_stream(stream::unfold(pieces, move |mut pieces| async move {
        let piece = match timeout(limit, pieces.next()).await {
            Ok(piece) => piece?.map_err(BoxError::from),
            Err(elapsed) => Err(elapsed.into()),
        };
        Some((piece, pieces))
    }))
}

/// Reads the whole body of a request, up to the limit of its route.
pub(crate) async fn read_body(request: Request, state: &(impl Send + Sync)) -> Result<Bytes, Failure> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.")
        }
        _ => Failure::bad_request("The body is incomplete."),
    })
}
