use http::Uri;
use http_body_util::Full;
use hyper::rt::{Read, Write};
use offerslook_client::{Tokio, Transport, tls};
use offerslook_core::{
    BaseUrl, Response, Settings, SetupError, TransportError, TransportKind, transport::Exchange,
};
use tokio::{runtime::Handle, time::timeout};
use tower_service::Service;

use crate::{
    connector::{Connector, Dialer, Stream},
    exchange::{Channel, Failure},
    pool::Pool,
};

/// The [`Transport`] on hyper.
#[derive(Debug)]
pub struct Hyper {
    connector: Connector,
    pool: Pool,
}

impl Hyper {
    /// Creates a transport that connects with a connector of your own, for example through a Unix socket.
    ///
    /// The connector decides on TLS and proxies. Use it with
    /// [`Client::with_transport`](offerslook_client::Client::with_transport).
    pub fn with_connector<C>(connector: C) -> Self
    where
        C: Service<Uri> + Clone + Send + Sync + 'static,
        C::Response: Read + Write + Send + Unpin + 'static,
        C::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
        C::Future: Send,
    {
        Self { connector: Connector::custom(connector), pool: Pool::default() }
    }

    async fn connect(&self, exchange: &Exchange) -> Result<Box<dyn Stream>, TransportError> {
        let uri = exchange.request().uri().clone();
        timeout(exchange.connect_timeout(), self.connector.connect(uri, exchange.proxy().cloned()))
            .await
            .unwrap_or_else(|_| Err(TransportError::from(TransportKind::ConnectTimeout)))
    }
}

impl Transport for Hyper {
    type Runtime = Tokio;

    fn new(settings: &Settings, base_url: &BaseUrl) -> Result<Self, SetupError> {
        let dialer = Dialer::new(tls::LazyConfig::new(settings, base_url)?);
        Ok(Self { connector: Connector::dialing(dialer), pool: Pool::default() })
    }

    async fn exchange(&self, exchange: &Exchange) -> Result<Response, TransportError> {
        let runtime = Handle::current().id();
        let uri = exchange.request().uri();
        let mut request = exchange.request().clone().map(Full::new);
        *request.uri_mut() = target(uri);
        loop {
            exchange.connecting();
            let pooled = self.pool.take(runtime, uri);
            let is_pooled = pooled.is_some();
            let channel = match pooled {
                Some(channel) => channel,
                None => Channel::open(self.connect(exchange).await?).await?,
            };
            match channel.exchange(request, exchange).await {
                Ok((response, channel)) => {
                    self.pool.keep(runtime, uri, channel);
                    return Ok(response);
                }
                // The server closed the idle connection. Nothing was sent on it.
                Err(Failure { unsent: Some(unsent), .. }) if is_pooled => request = *unsent,
                Err(failure) => return Err(failure.error),
            }
        }
    }
}

/// The request target: path and query.
fn target(uri: &Uri) -> Uri {
    uri.path_and_query().map(|target| Uri::from(target.clone())).unwrap_or_default()
}
