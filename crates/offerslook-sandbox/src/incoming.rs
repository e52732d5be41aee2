use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    BoxError,
    body::{Bytes, HttpBody},
};
use hyper::body::{Frame, Incoming, SizeHint};

use crate::patience::Patience;

/// The body of a request. It fails when the client stops sending it.
pub(crate) struct PatientBody {
    body: Incoming,
    patience: Patience,
}

impl PatientBody {
    /// Waits at most so long for the next piece.
    pub(crate) fn new(body: Incoming, limit: Duration) -> Self {
        Self { body, patience: Patience::new(limit) }
    }
}

impl HttpBody for PatientBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        let frame = match ready!(self.patience.bound(context, polled)) {
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
