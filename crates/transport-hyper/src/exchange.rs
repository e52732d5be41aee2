//! One request and its answer on a connection. The connection is driven by the call itself, not by a task: it
//! is over with the call, and nothing runs between calls.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{Builder, Connection, SendRequest};
use hyper_util::rt::TokioIo;
use offerslook_core::{Delivery, Response, Settings, TransportError, transport::Answer};

use crate::{connector::Stream, fault};

type Outgoing = http::Request<Full<Bytes>>;

/// Why there is no answer.
pub(crate) struct Failure {
    pub(crate) fault: TransportError,
    /// The request, if not a byte of it was written.
    pub(crate) unsent: Option<Box<Outgoing>>,
}

impl From<TransportError> for Failure {
    fn from(fault: TransportError) -> Self {
        Self { fault, unsent: None }
    }
}

/// Sends a request, and reads the whole answer. Gives the stream back if another request may follow on it.
pub(crate) async fn exchange(
    stream: Box<dyn Stream>,
    request: Outgoing,
    max_body_bytes: usize,
) -> Result<(Response, Option<Box<dyn Stream>>), Failure> {
    let (mut sender, connection) = Builder::new()
        .max_header_size(Settings::MAX_HEAD_BYTES)
        .max_headers(Settings::MAX_HEADERS)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| fault::of(error, Delivery::NotSent))?;
    let mut driver = Driver { connection, is_over: false };
    let answered = driver.alongside(sender.try_send_request(request)).await;
    let (head, mut body) = answered
        .map_err(|mut error| {
            let unsent = error.take_message().map(Box::new);
            let delivery = if unsent.is_some() { Delivery::NotSent } else { Delivery::Unknown };
            Failure { fault: fault::of(error.into_error(), delivery), unsent }
        })?
        .into_parts();
    let mut answer = Answer::new(head, max_body_bytes)?;
    while let Some(frame) = driver.alongside(body.frame()).await {
        if let Some(piece) = frame.map_err(|error| fault::of(error, Delivery::Unknown))?.data_ref() {
            answer.push(piece)?;
        }
    }
    Ok((answer.finish()?, driver.into_stream(&sender).await))
}

/// Lets a connection do its reading and writing.
struct Driver {
    connection: Connection<TokioIo<Box<dyn Stream>>, Full<Bytes>>,
    is_over: bool,
}

impl Driver {
    fn poll(&mut self, context: &mut Context<'_>) {
        // How it ends is told to the one who waits for the answer.
        self.is_over = self.is_over || Pin::new(&mut self.connection).poll(context).is_ready();
    }

    async fn alongside<T>(&mut self, call: impl Future<Output = T>) -> T {
        let mut call = pin!(call);
        poll_fn(|context| {
            self.poll(context);
            call.as_mut().poll(context)
        })
        .await
    }

    /// The stream, if the connection is ready for another request.
    async fn into_stream(mut self, sender: &SendRequest<Full<Bytes>>) -> Option<Box<dyn Stream>> {
        poll_fn(|context| {
            self.poll(context);
            Poll::Ready(())
        })
        .await;
        if self.is_over || !sender.is_ready() {
            return None;
        }
        let parts = self.connection.into_parts();
        parts.read_buf.is_empty().then(|| parts.io.into_inner())
    }
}
