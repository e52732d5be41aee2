//! One HTTP/1.1 exchange without any I/O, on ureq-proto: for hosts that have sockets but no HTTP library.

use std::error::Error;

use offerslook_core::{
    Delivery, Response, Settings, TransportError,
    TransportKind::{Interrupted, Malformed, Unsendable},
    transport::{BodyReader, Exchange},
};
use ureq_proto::{
    BodyMode::CloseDelimited,
    client::{
        Call, RecvResponseResult, SendRequestResult,
        state::{RecvBody, RecvResponse},
    },
};

/// Encodes the request of an exchange. Returns the host and port to connect to, the bytes to send, and what reads the
/// response.
///
/// # Errors
/// [`Unsendable`] if the URI is https, the request is not possible in HTTP/1.1, or its head is over 64 KiB.
pub fn encode(exchange: &Exchange) -> Result<(String, Vec<u8>, ResponseReader), TransportError> {
    let request = exchange.request();
    let (Some("http"), Some(host)) = (request.uri().scheme_str(), request.uri().host()) else {
        return Err(unsendable("there is no TLS here"));
    };
    let address = format!("{host}:{}", request.uri().port_u16().unwrap_or(80));
    let mut call = Call::new(request.clone().map(drop)).map_err(unsendable)?.proceed();
    let mut bytes = vec![0; 64 * 1024];
    let length = call.write(&mut bytes).map_err(unsendable)?;
    bytes.truncate(length);
    bytes.extend_from_slice(request.body());
    let head = match call.proceed().map_err(unsendable)? {
        Some(SendRequestResult::RecvResponse(call)) => Some(call),
        Some(SendRequestResult::SendBody(mut call)) => {
            call.consume_direct_write(request.body().len()).map_err(unsendable)?;
            call.proceed()
        }
        _ => None,
    };
    let head = Some(head.ok_or_else(|| unsendable("the head of the request is too large"))?);
    Ok((address, bytes, ResponseReader { input: Vec::new(), head, interim_bytes: 0, body: None }))
}

/// Reads a response from bytes as they come.
pub struct ResponseReader {
    input: Vec<u8>,
    head: Option<Call<RecvResponse>>,
    interim_bytes: usize,
    body: Option<(Call<RecvBody>, BodyReader)>,
}

impl ResponseReader {
    /// Takes the next bytes from the connection; none if it was closed. Returns the response once it is complete.
    ///
    /// # Errors
    /// [`Malformed`], [`Interrupted`], and those of [`BodyReader`]. Close the connection.
    pub fn push(&mut self, exchange: &Exchange, bytes: &[u8]) -> Result<Option<Response>, TransportError> {
        self.input.extend_from_slice(bytes);
        while let Some(mut call) = self.head.take() {
            let (used, head) = call.try_response(&self.input, false).map_err(malformed)?;
            self.input.drain(..used);
            if let Some(head) = head {
                let reader = exchange.response(head.into_parts().0)?;
                match call.proceed() {
                    Some(RecvResponseResult::RecvBody(call)) => self.body = Some((call, reader)),
                    _ => return reader.finish().map(Some),
                }
            } else {
                self.head = Some(call);
                self.interim_bytes += used;
                if self.interim_bytes + self.input.len() > Settings::MAX_HEAD_BYTES {
                    return Err(malformed("the head of the response is too large"));
                } else if used == 0 {
                    return incomplete(bytes);
                }
            }
        }
        let Some((mut call, mut reader)) = self.body.take() else { return Ok(None) };
        let mut piece = vec![0; self.input.len()];
        loop {
            let (used, length) = call.read(&self.input, &mut piece).map_err(malformed)?;
            reader.push(piece.get(..length).unwrap_or_default())?;
            self.input.drain(..used);
            if used == 0 {
                break;
            }
        }
        if call.can_proceed() && (bytes.is_empty() || call.body_mode() != CloseDelimited) {
            return reader.finish().map(Some);
        }
        self.body = Some((call, reader));
        incomplete(bytes)
    }
}

fn incomplete(bytes: &[u8]) -> Result<Option<Response>, TransportError> {
    if bytes.is_empty() { Err(TransportError::new(Interrupted, Delivery::Unknown)) } else { Ok(None) }
}

fn unsendable(cause: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    TransportError::new(Unsendable, Delivery::NotSent).with_source(cause)
}

fn malformed(cause: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    TransportError::new(Malformed, Delivery::Unknown).with_source(cause)
}
