use http::response::Parts;
use http_body_util::BodyExt;
use offerslook_core::{
    Delivery, Request, Response, Settings, TransportError, TransportKind,
    transport::{Answer, sendable},
};
use tokio::{task::yield_now, time::timeout};

use crate::{Client, fault};

impl Client {
    /// Sends one request and reads its whole answer, whatever its status. Nothing is repeated.
    ///
    /// The future may be dropped at any time: that closes the connection of the call.
    ///
    /// # Errors
    /// Where no whole answer came back.
    pub async fn execute(&self, request: Request) -> Result<Response, TransportError> {
        let request = sendable(request)?;
        let host = request.uri().host().map(str::to_owned);
        let settings = self.settings();
        // Which of the two limits is over first would be chance.
        let outcome = if settings.timeout.min(settings.connect_timeout).is_zero() {
            Err(TransportError::new(TransportKind::ConnectTimeout, Delivery::NotSent))
        } else {
            see_to_connections().await;
            let outcome = timeout(settings.timeout, self.exchange(request))
                .await
                .unwrap_or_else(|_| Err(TransportError::new(TransportKind::Timeout, Delivery::Unknown)));
            see_to_connections().await;
            outcome
        };
        outcome.map_err(|fault| fault.with_host(host.as_deref()))
    }

    async fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        let is_proxied = self.proxies.for_uri(request.uri()).is_some();
        let fault = |error| fault::of(error, is_proxied);
        let request = request.try_into().map_err(fault)?;
        let response = self.http.execute(request).await.map_err(fault)?;
        let (head, mut body) = http::Response::from(response).into_parts();
        let mut answer = Answer::new(small(head)?, self.settings().max_body_bytes)?;
        while let Some(frame) = body.frame().await {
            if let Some(piece) = frame.map_err(fault)?.data_ref() {
                answer.push(piece)?;
            }
        }
        answer.finish()
    }

    fn settings(&self) -> &Settings {
        &self.jobs().options().transport
    }
}

/// reqwest has a task for each connection. Lets them see what came in since they last ran, and act on it: keep a
/// connection for the next call, close it. That is certain where the runtime has one thread. With more of them they
/// may still be at it when this returns: a call may then make a connection though another one is about to be kept, or
/// go out on one that has just ended.
async fn see_to_connections() {
    for _ in 0..2 {
        yield_now().await;
    }
}

/// reqwest has no cap for a head.
fn small(head: Parts) -> Result<Parts, TransportError> {
    // With a colon, a space and the end of the line for each.
    let lines = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    if lines.sum::<usize>() > Settings::MAX_HEAD_BYTES {
        return Err(TransportError::new(TransportKind::Malformed, Delivery::Unknown)
            .with_source("the head of the answer is too large"));
    }
    Ok(head)
}
