use std::time::{Duration, Instant};

use http::Uri;
use http_body_util::Full;
use offerslook_core::{Delivery, Request, Response, TransportError, TransportKind, transport::sendable};
use tokio::time::timeout;

use crate::{
    Client,
    connector::Stream,
    exchange::{Failure, exchange},
};

impl Client {
    /// Sends one request and reads its whole answer, whatever its status. Nothing is repeated.
    ///
    /// The future may be dropped at any time: that closes the connection of the call.
    ///
    /// # Errors
    /// Where no whole answer came back. [`Delivery::NotSent`] is said only where the service cannot have
    /// seen anything of the request.
    ///
    /// # Panics
    /// Outside of a tokio runtime, or in one without I/O and time.
    pub async fn execute(&self, request: Request) -> Result<Response, TransportError> {
        let request = sendable(request)?;
        let host = request.uri().host().map(str::to_owned);
        self.call(request).await.map_err(|fault| fault.with_host(host.as_deref()))
    }

    async fn call(&self, request: Request) -> Result<Response, TransportError> {
        let began = Instant::now();
        let left = || self.settings().timeout.saturating_sub(began.elapsed());
        let uri = request.uri().clone();
        let mut request = request.map(Full::new);
        *request.uri_mut() = target(&uri);
        loop {
            let kept = self.pool().take(&uri);
            let is_kept = kept.is_some();
            let stream = match kept {
                Some(stream) => stream,
                None => self.connect(&uri, left()).await?,
            };
            let exchanged = timeout(left(), exchange(stream, request, self.settings().max_body_bytes)).await;
            match exchanged {
                Ok(Ok((response, stream))) => {
                    self.pool().keep(&uri, stream);
                    return Ok(response);
                }
                // The connection ended while nobody looked. Nothing went out on it.
                Ok(Err(Failure { unsent: Some(unsent), .. })) if is_kept => request = *unsent,
                Ok(Err(failure)) => return Err(failure.fault),
                Err(_) => return Err(TransportError::new(TransportKind::Timeout, Delivery::Unknown)),
            }
        }
    }

    async fn connect(&self, uri: &Uri, left: Duration) -> Result<Box<dyn Stream>, TransportError> {
        let limit = self.settings().connect_timeout.min(left);
        timeout(limit, self.connector().connect(uri.clone()))
            .await
            .unwrap_or_else(|_| Err(TransportError::new(TransportKind::ConnectTimeout, Delivery::NotSent)))
    }
}

/// What the first line of the request names: path and query.
fn target(uri: &Uri) -> Uri {
    uri.path_and_query().map(|target| Uri::from(target.clone())).unwrap_or_default()
}
