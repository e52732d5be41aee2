//! One call over a connection of its own.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{client::conn::http1, header::HOST, http::HeaderValue};
use offerslook_core::{Delivery, Request, Response, TransportError, TransportKind};
use smol::{Timer, future, net::TcpStream};
use smol_hyper::rt::FuturesIo;

const BODY_CAP: usize = 32 * 1024 * 1024;

/// Sends the request and reads the whole answer, within the time limit.
pub(crate) async fn call(request: Request, timeout: Duration) -> Result<Response, TransportError> {
    let late = async {
        Timer::after(timeout).await;
        Err(TransportError::new(TransportKind::Timeout, Delivery::Unknown))
    };
    future::or(exchange(request), late).await
}

async fn exchange(mut request: Request) -> Result<Response, TransportError> {
    let not_sent = |kind| TransportError::new(kind, Delivery::NotSent);
    let authority = request.uri().authority().cloned().ok_or_else(|| not_sent(TransportKind::Unsendable))?;
    let host = HeaderValue::try_from(authority.as_str()).map_err(|_| not_sent(TransportKind::Unsendable))?;
    request.headers_mut().insert(HOST, host);
    let path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    *request.uri_mut() = path.parse().map_err(|_| not_sent(TransportKind::Unsendable))?;

    let address = (authority.host().to_owned(), authority.port_u16().unwrap_or(80));
    let stream = TcpStream::connect(address)
        .await
        .map_err(|error| not_sent(TransportKind::Connect).with_source(error))?;
    let (mut sender, connection) = http1::handshake(FuturesIo::new(stream))
        .await
        .map_err(|error| not_sent(TransportKind::Connect).with_source(error))?;
    // The connection works beside the call, and ends with it.
    let _connection = smol::spawn(connection);
    let answer = sender.send_request(request.map(Full::<Bytes>::new)).await.map_err(interrupted)?;
    let (head, body) = answer.into_parts();
    let body = Limited::new(body, BODY_CAP).collect().await.map_err(interrupted)?;
    Ok(Response::from_parts(head, body.to_bytes()))
}

fn interrupted(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportKind::Interrupted, Delivery::Unknown).with_source(error)
}
