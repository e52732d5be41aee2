//! How connections are made: name, TCP, proxy, TLS, all within one limit.

mod dialer;
mod fault;
mod resolver;
mod socket;

use std::{
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use http::Uri;
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use tower_service::Service;

pub(crate) use dialer::Dialer;
pub(crate) use fault::ConnectFault;
use socket::Socket;

type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, ConnectFault>> + Send>>;

/// A way to make connections, and how long one may take.
#[derive(Clone)]
pub(crate) struct Connector {
    connect: Arc<dyn Fn(Uri) -> Connecting<Box<dyn Socket>> + Send + Sync>,
    limit: Duration,
}

impl Connector {
    pub(crate) fn dialing(dialer: Dialer, limit: Duration) -> Self {
        let dialer = Arc::new(dialer);
        let connect = move |uri| {
            let dialer = Arc::clone(&dialer);
            let connecting: Connecting<_> = Box::pin(async move { dialer.dial(uri).await });
            connecting
        };
        Self { connect: Arc::new(connect), limit }
    }

    pub(crate) fn custom<C>(connector: C, limit: Duration) -> Self
    where
        C: Service<Uri> + Clone + Send + Sync + 'static,
        C::Response: Read + Write + Send + Unpin + 'static,
        C::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
        C::Future: Send,
    {
        let connect = move |uri| {
            let mut connector = connector.clone();
            let connecting: Connecting<_> = Box::pin(async move {
                poll_fn(|context| connector.poll_ready(context)).await.map_err(ConnectFault::of_custom)?;
                let stream = connector.call(uri).await.map_err(ConnectFault::of_custom)?;
                let socket: Box<dyn Socket> = Box::new(TokioIo::new(stream));
                Ok(socket)
            });
            connecting
        };
        Self { connect: Arc::new(connect), limit }
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Box<dyn Socket>>;
    type Error = ConnectFault;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectFault>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = (self.connect)(uri);
        let limit = self.limit;
        Box::pin(async move {
            match tokio::time::timeout(limit, connecting).await {
                Ok(connected) => connected.map(TokioIo::new),
                Err(_) => Err(ConnectFault::timeout()),
            }
        })
    }
}
