//! How connections are made: name, TCP, proxy, TLS.

mod dialer;
mod resolver;
mod stream;

use std::{future::poll_fn, pin::Pin, sync::Arc};

use http::Uri;
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use offerslook_core::{Delivery, TransportError, TransportKind};
use tower_service::Service;

pub(crate) use dialer::Dialer;
pub(crate) use stream::Stream;

use crate::fault::is_caused_by;

type Connected = Result<Box<dyn Stream>, TransportError>;
type Connecting = Pin<Box<dyn Future<Output = Connected> + Send>>;

/// A way to make connections.
pub(crate) struct Connector(Box<dyn Fn(Uri) -> Connecting + Send + Sync>);

impl Connector {
    pub(crate) fn dialing(dialer: Dialer) -> Self {
        let dialer = Arc::new(dialer);
        Self(Box::new(move |uri| {
            let dialer = Arc::clone(&dialer);
            Box::pin(async move { dialer.dial(uri).await })
        }))
    }

    pub(crate) fn custom<C>(connector: C) -> Self
    where
        C: Service<Uri> + Clone + Send + Sync + 'static,
        C::Response: Read + Write + Send + Unpin + 'static,
        C::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
        C::Future: Send,
    {
        Self(Box::new(move |uri| {
            let mut connector = connector.clone();
            Box::pin(async move {
                poll_fn(|context| connector.poll_ready(context))
                    .await
                    .map_err(|error| fault(error.into()))?;
                let stream = connector.call(uri).await.map_err(|error| fault(error.into()))?;
                let stream: Box<dyn Stream> = Box::new(TokioIo::new(stream));
                Ok(stream)
            })
        }))
    }

    pub(crate) fn connect(&self, uri: Uri) -> Connecting {
        (self.0)(uri)
    }
}

/// What a connector of the caller's met.
fn fault(error: Box<dyn std::error::Error + Send + Sync>) -> TransportError {
    error.downcast::<TransportError>().map_or_else(
        |error| {
            let is_tls = is_caused_by::<rustls::Error>(&*error);
            not_connected(if is_tls { TransportKind::Tls } else { TransportKind::Connect }, error)
        },
        |known| *known,
    )
}

fn not_connected(
    kind: TransportKind,
    cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> TransportError {
    TransportError::new(kind, Delivery::NotSent).with_source(cause)
}
