use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    BoxError,
    body::{Bytes, HttpBody},
    extract::{FromRequest as _, Request},
    http::StatusCode,
    response::IntoResponse as _,
};
use hyper::body::{Frame, Incoming, SizeHint};

use crate::{envelope::Failure, idle_timeout::IdleTimeout};

/// The body of a request. It fails if the client stops sending.
pub(crate) struct RequestBody {
    body: Incoming,
    timeout: IdleTimeout,
}

impl RequestBody {
    /// `limit` is the maximum time without progress.
    pub(crate) fn new(body: Incoming, limit: Duration) -> Self {
        Self { body, timeout: IdleTimeout::new(limit) }
    }
}

impl HttpBody for RequestBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        let frame = match ready!(self.timeout.limit(context, polled)) {
            Ok(frame) => frame.map(|frame| frame.map_err(Into::into)),
            Err(timeout) => Some(Err(timeout.into())),
        };
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
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
