//! One request and its response on a connection. The call itself drives the connection, not a task: nothing runs between
//! calls.

use std::{
    future::{poll_fn, ready},
    io,
    pin::{Pin, pin},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{Version, header::CONTENT_ENCODING};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{Builder, Connection, SendRequest};
use hyper_util::rt::TokioIo;
use offerslook_core::{Delivery, Response, Settings, TransportError, transport::Exchange};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    task::yield_now,
};

use crate::{connector::Stream, error};

type Outgoing = http::Request<Full<Bytes>>;

/// Why there is no response.
pub(crate) struct Failure {
    pub(crate) error: TransportError,
    /// The request, if no byte of it was written.
    pub(crate) unsent: Option<Box<Outgoing>>,
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Self { error, unsent: None }
    }
}

/// A connection that can send a request. It does nothing unless a call drives it.
pub(crate) struct Channel {
    sender: SendRequest<Full<Bytes>>,
    /// None once it is over.
    connection: Option<Connection<TokioIo<Paced>, Full<Bytes>>>,
    stream: Paced,
}

impl Channel {
    pub(crate) async fn open(stream: Box<dyn Stream>) -> Result<Self, TransportError> {
        let stream = Paced::new(stream);
        let (sender, connection) = Builder::new()
            .max_header_size(Settings::MAX_HEAD_BYTES)
            .max_headers(Settings::MAX_HEADERS)
            .max_buf_size(Settings::MAX_HEAD_BYTES)
            .handshake(TokioIo::new(stream.clone()))
            .await
            .map_err(|cause| error::of_hyper(cause, Delivery::NotSent))?;
        Ok(Self { sender, connection: Some(connection), stream })
    }

    /// Whether nothing was received since the latest response, not even the end of the connection.
    pub(crate) fn is_quiet(&self) -> bool {
        self.stream.state().stream.is_quiet()
    }

    /// Sends a request and receives the whole response. Returns the connection if it can be used again.
    pub(crate) async fn exchange(
        mut self,
        request: Outgoing,
        exchange: &Exchange,
    ) -> Result<(Response, Option<Self>), Failure> {
        self.stream.begin();
        exchange.sending();
        let call = self.sender.try_send_request(request);
        let (head, mut body) = self
            .drive(call)
            .await
            .map_err(|mut cause| {
                let unsent = cause.take_message().map(Box::new);
                let delivery = if unsent.is_some() { Delivery::NotSent } else { Delivery::Unknown };
                Failure { error: error::of_hyper(cause.into_error(), delivery), unsent }
            })?
            .into_parts();
        self.stream.state().is_head_due = false;
        // hyper would send the next request in the older version, too.
        let is_reusable = head.version == Version::HTTP_11;
        // The clock is looked at between the pieces of what may take long to inflate.
        let piece = if head.headers.contains_key(CONTENT_ENCODING) { MAX_PIECE } else { usize::MAX };
        let mut reader = exchange.response(head)?;
        let mut turn_began = Instant::now();
        while let Some(frame) = self.drive(body.frame()).await {
            let frame = frame.map_err(|cause| error::of_hyper(cause, Delivery::Unknown))?;
            let mut data = frame.into_data().unwrap_or_default();
            while !data.is_empty() {
                reader.push_bytes(data.split_to(piece.min(data.len())))?;
                if turn_began.elapsed() > MAX_TURN {
                    yield_now().await;
                    turn_began = Instant::now();
                }
            }
        }
        let response = reader.finish()?;
        // The connection notices what came behind the response.
        self.drive(ready(())).await;
        let is_reusable = is_reusable && self.connection.is_some() && self.sender.is_ready();
        Ok((response, is_reusable.then_some(self)))
    }

    /// Lets the connection read and write until the call is over.
    async fn drive<T>(&mut self, call: impl Future<Output = T>) -> T {
        let mut call = pin!(call);
        poll_fn(|context| {
            let polled = self.connection.as_mut().map(|connection| Pin::new(connection).poll(context));
            // How it ends is reported to the one who waits for the response. One that ends while it is idle gives back
            // the request when it is dropped, and only then.
            if polled.is_some_and(|polled| polled.is_ready()) {
                self.connection = None;
            }
            call.as_mut().poll(context)
        })
        .await
    }
}

/// How long one call keeps other tasks waiting while there is always more to inflate.
const MAX_TURN: Duration = Duration::from_millis(2);

/// A gzip stream can be a thousand times as large when inflated, or consist of members of 20 bytes that each need a new
/// decoder. The clock is looked at after each piece of this size.
const MAX_PIECE: usize = 1024;

/// A stream that lets other tasks run, however fast the service sends, and that does not read informational heads
/// without end. A clone is the same stream.
#[derive(Clone)]
struct Paced(Arc<Mutex<State>>);

struct State {
    stream: Box<dyn Stream>,
    since_yield: usize,
    before_head: usize,
    is_head_due: bool,
}

impl Paced {
    const MAX_BYTES_BEFORE_YIELD: usize = 32 * 1024;
    /// For the final head and the informational ones before it.
    const MAX_BYTES_BEFORE_HEAD: usize = 2 * Settings::MAX_HEAD_BYTES;

    fn new(stream: Box<dyn Stream>) -> Self {
        Self(Arc::new(Mutex::new(State { stream, since_yield: 0, before_head: 0, is_head_due: true })))
    }

    /// Expects the head of a response.
    fn begin(&self) {
        let mut state = self.state();
        (state.since_yield, state.before_head, state.is_head_due) = (0, 0, true);
    }

    /// Nobody else waits for it: a connection and the call that drives it are polled in turn.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AsyncRead for Paced {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut state = self.state();
        if state.since_yield > Self::MAX_BYTES_BEFORE_YIELD {
            state.since_yield = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if state.is_head_due && state.before_head > Self::MAX_BYTES_BEFORE_HEAD {
            let cause = io::Error::new(io::ErrorKind::InvalidData, "the heads of the response are too large");
            return Poll::Ready(Err(cause));
        }
        let before = buffer.filled().len();
        let polled = Pin::new(&mut state.stream).poll_read(context, buffer);
        if polled.is_pending() {
            state.since_yield = 0;
        }
        let read = buffer.filled().len().saturating_sub(before);
        state.since_yield += read;
        if state.is_head_due {
            state.before_head += read;
        }
        polled
    }
}

impl AsyncWrite for Paced {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.state().stream).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.state().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.state().stream).poll_shutdown(context)
    }
}
