use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use offerslook_core::{
    Delivery, Request, Response, TransportError, TransportKind,
    transport::{Answer, sendable},
};

use crate::{Client, fault};

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
        let mut request = sendable(request)?.map(Full::new);
        let host = request.uri().host().map(str::to_owned);
        let connection = capture_connection(&mut request);
        let limit = self.settings().timeout;
        tokio::time::timeout(limit, self.exchange(request, &connection))
            .await
            .unwrap_or_else(|_| Err(timeout(&connection)))
            .map_err(|fault| fault.with_host(host.as_deref()))
    }

    async fn exchange(
        &self,
        request: http::Request<Full<Bytes>>,
        connection: &CaptureConnection,
    ) -> Result<Response, TransportError> {
        let answered = self.http().request(request).await;
        let response = answered.map_err(|error| fault::of_call(error, is_connected(connection)))?;
        let (head, mut body) = response.into_parts();
        let mut answer = Answer::new(head, self.settings().body_cap);
        while let Some(frame) = body.frame().await {
            if let Some(piece) = frame.map_err(fault::of_body)?.data_ref() {
                answer.push(piece)?;
            }
        }
        answer.finish()
    }
}

fn is_connected(connection: &CaptureConnection) -> bool {
    connection.connection_metadata().is_some()
}

fn timeout(connection: &CaptureConnection) -> TransportError {
    if is_connected(connection) {
        TransportError::new(TransportKind::Timeout, Delivery::Unknown)
    } else {
        TransportError::new(TransportKind::ConnectTimeout, Delivery::NotSent)
    }
}
