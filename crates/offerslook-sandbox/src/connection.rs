use std::{
    convert::Infallible,
    future,
    io::{self, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::{Notify, watch},
};
use tokio_rustls::server::TlsStream;

use crate::idle_timeout::IdleTimeout;

/// The connection of a request, in the request's extensions.
#[derive(Clone, Default)]
pub(crate) struct Connection(Arc<Shared>);

#[derive(Default)]
struct Shared {
    is_reset: AtomicBool,
    ended: Notify,
    flushes: watch::Sender<()>,
}

impl Connection {
    /// Closes the connection at once, with a TCP reset. Never returns.
    pub(crate) async fn reset(&self) -> Infallible {
        self.0.is_reset.store(true, Ordering::Release);
        self.0.ended.notify_one();
        future::pending().await
    }

    /// Waits for a call of [`Connection::reset`].
    pub(crate) async fn ended(&self) {
        self.0.ended.notified().await;
    }

    /// Returns a receiver that changes whenever the socket has sent everything that was written to it.
    pub(crate) fn flushes(&self) -> watch::Receiver<()> {
        self.0.flushes.subscribe()
    }
}

pub(crate) trait OverTcp: AsyncRead + AsyncWrite + Unpin {
    fn tcp(&self) -> &TcpStream;
}

impl OverTcp for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl OverTcp for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

/// A stream that obeys its [`Connection`], and fails if the client stops reading.
pub(crate) struct Socket<S: OverTcp> {
    stream: S,
    connection: Connection,
    timeout: IdleTimeout,
}

impl<S: OverTcp> Socket<S> {
    /// `limit` is the maximum time without progress.
    pub(crate) fn new(stream: S, connection: Connection, limit: Duration) -> Self {
        Self { stream, connection, timeout: IdleTimeout::new(limit) }
    }
}

impl<S: OverTcp> Drop for Socket<S> {
    fn drop(&mut self) {
        if self.connection.0.is_reset.load(Ordering::Acquire) {
            // A socket with a linger time of zero closes with a reset. If the system refuses, it closes normally.
            drop(self.stream.tcp().set_zero_linger());
        }
    }
}

impl<S: OverTcp> AsyncRead for Socket<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: OverTcp> AsyncWrite for Socket<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        ready!(self.timeout.limit(context, polled)).flatten().into()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        ready!(self.timeout.limit(context, polled)).flatten().into()
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_flush(context);
        let outcome = ready!(self.timeout.limit(context, polled)).flatten();
        if outcome.is_ok() {
            self.connection.0.flushes.send_replace(());
        }
        outcome.into()
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_shutdown(context);
        ready!(self.timeout.limit(context, polled)).flatten().into()
    }
}
