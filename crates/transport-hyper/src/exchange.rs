//! One request and its response on a connection. The call itself drives the connection, not a task: it ends with the
//! call, and nothing runs between calls.

use std::{
    future::poll_fn,
    io,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use bytes::Bytes;
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

/// Sends a request and receives the whole response. Returns the stream if it can be used again.
pub(crate) async fn exchange_on(
    stream: Box<dyn Stream>,
    request: Outgoing,
    exchange: &Exchange,
) -> Result<(Response, Option<Box<dyn Stream>>), Failure> {
    let head_received = Arc::new(AtomicBool::new(false));
    let paced = Paced::new(stream, Arc::clone(&head_received));
    let (mut sender, connection) = Builder::new()
        .max_header_size(Settings::MAX_HEAD_BYTES)
        .max_headers(Settings::MAX_HEADERS)
        .max_buf_size(Settings::MAX_HEAD_BYTES)
        .handshake(TokioIo::new(paced))
        .await
        .map_err(|cause| error::of_hyper(cause, Delivery::NotSent))?;
    let mut driver = Driver { connection, is_over: false };
    exchange.sending();
    let (head, mut body) = driver
        .alongside(sender.try_send_request(request))
        .await
        .map_err(|mut cause| {
            let unsent = cause.take_message().map(Box::new);
            let delivery = if unsent.is_some() { Delivery::NotSent } else { Delivery::Unknown };
            Failure { error: error::of_hyper(cause.into_error(), delivery), unsent }
        })?
        .into_parts();
    head_received.store(true, Ordering::Relaxed);
    let mut reader = exchange.response(head)?;
    let mut turn_began = Instant::now();
    while let Some(frame) = driver.alongside(body.frame()).await {
        let frame = frame.map_err(|cause| error::of_hyper(cause, Delivery::Unknown))?;
        for piece in frame.data_ref().into_iter().flat_map(|data| data.chunks(MAX_PIECE)) {
            reader.push(piece)?;
            if turn_began.elapsed() > MAX_TURN {
                yield_now().await;
                turn_began = Instant::now();
            }
        }
    }
    Ok((reader.finish()?, driver.into_stream(&sender).await))
}

/// How long one call keeps other tasks waiting while there is always more to inflate.
const MAX_TURN: Duration = Duration::from_millis(2);

/// A gzip stream can be a thousand times as large when inflated, or consist of members of 20 bytes that each need a new
/// decoder. The clock is looked at after each piece of this size.
const MAX_PIECE: usize = 1024;

/// A stream that lets other tasks run, however fast the service sends, and that does not read informational heads
/// without end.
struct Paced {
    stream: Box<dyn Stream>,
    since_yield: usize,
    before_head: usize,
    head_received: Arc<AtomicBool>,
}

impl Paced {
    const MAX_BYTES_BEFORE_YIELD: usize = 32 * 1024;
    /// For the final head and the informational ones before it.
    const MAX_BYTES_BEFORE_HEAD: usize = 2 * Settings::MAX_HEAD_BYTES;

    fn new(stream: Box<dyn Stream>, head_received: Arc<AtomicBool>) -> Self {
        Self { stream, since_yield: 0, before_head: 0, head_received }
    }
}

impl AsyncRead for Paced {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.since_yield > Self::MAX_BYTES_BEFORE_YIELD {
            self.since_yield = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let is_head_due = !self.head_received.load(Ordering::Relaxed);
        if is_head_due && self.before_head > Self::MAX_BYTES_BEFORE_HEAD {
            let cause = io::Error::new(io::ErrorKind::InvalidData, "the heads of the response are too large");
            return Poll::Ready(Err(cause));
        }
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if polled.is_pending() {
            self.since_yield = 0;
        }
        let read = buffer.filled().len().saturating_sub(before);
        self.since_yield += read;
        if is_head_due {
            self.before_head += read;
        }
        polled
    }
}

impl AsyncWrite for Paced {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Lets a connection read and write.
struct Driver {
    connection: Connection<TokioIo<Paced>, Full<Bytes>>,
    is_over: bool,
}

impl Driver {
    fn poll(&mut self, context: &mut Context<'_>) {
        // How it ends is reported to the one who waits for the response.
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

    /// Returns the stream if the connection is ready for another request.
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
        parts.read_buf.is_empty().then(|| parts.io.into_inner().stream)
    }
}
