//! How connections are made: DNS, TCP, proxy, TLS.

mod dialer;
mod resolver;
mod stream;

use std::{fmt, future::poll_fn, pin::Pin, sync::Arc};

use http::Uri;
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use offerslook_core::{
    TransportError,
    transport::{Proxy, Stage},
};
use tower_service::Service;

pub(crate) use dialer::Dialer;
pub(crate) use stream::Stream;

use crate::error;

type Connected = Result<Box<dyn Stream>, TransportError>;
type Connecting = Pin<Box<dyn Future<Output = Connected> + Send>>;

/// A way to make connections.
pub(crate) struct Connector(Box<dyn Fn(Uri, Option<Proxy>) -> Connecting + Send + Sync>);

impl Connector {
    pub(crate) fn dialing(dialer: Dialer) -> Self {
        let dialer = Arc::new(dialer);
        Self(Box::new(move |uri, proxy| {
            let dialer = Arc::clone(&dialer);
            Box::pin(async move { dialer.dial(&uri, proxy.as_ref()).await })
        }))
    }

    pub(crate) fn custom<C>(connector: C) -> Self
    where
        C: Service<Uri> + Clone + Send + Sync + 'static,
        C::Response: Read + Write + Send + Unpin + 'static,
        C::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
        C::Future: Send,
    {
        Self(Box::new(move |uri, _| {
            let mut connector = connector.clone();
            Box::pin(async move {
                poll_fn(|context| connector.poll_ready(context))
                    .await
                    .map_err(|cause| custom_error(cause.into()))?;
                let stream = connector.call(uri).await.map_err(|cause| custom_error(cause.into()))?;
                let stream: Box<dyn Stream> = Box::new(TokioIo::new(stream));
                Ok(stream)
            })
        }))
    }

    pub(crate) fn connect(&self, uri: Uri, proxy: Option<Proxy>) -> Connecting {
        (self.0)(uri, proxy)
    }
}

/// The error of a connector of the caller's: its own classification, if it has one.
fn custom_error(cause: Box<dyn std::error::Error + Send + Sync>) -> TransportError {
    match cause.downcast::<TransportError>() {
        Ok(known) => *known,
        Err(cause) => error::of_connecting(cause, Stage::Connect),
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector").finish_non_exhaustive()
    }
}
