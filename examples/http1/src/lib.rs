//! One HTTP/1.1 exchange on ureq-proto, over whatever reads and writes: for hosts that have sockets but no HTTP library.

use std::{
    future::poll_fn,
    io,
    task::{Context, Poll},
};

use offerslook_core::{
    Response, Settings, TransportError,
    TransportKind::{Interrupted, Malformed, Unsendable},
    transport::Exchange,
};
use ureq_proto::{
    BodyMode::CloseDelimited,
    client::{Call, RecvResponseResult, SendRequestResult},
};

/// Returns the host and port to connect to.
///
/// # Errors
/// [`Unsendable`] if the URI is https.
pub fn address(exchange: &Exchange) -> Result<String, TransportError> {
    let uri = exchange.request().uri();
    let host = uri.host().filter(|_| uri.scheme_str() == Some("http")).ok_or(Unsendable)?;
    Ok(format!("{host}:{}", uri.port_u16().unwrap_or(80)))
}

/// Sends the request of an exchange and receives its response.
///
/// `write` and `read` work like `poll_write` and `poll_read` of any async stream. A host without wakers polls the future
/// again whenever the stream may be ready.
///
/// # Errors
/// [`Unsendable`] if HTTP/1.1 has no such request or its head is too large, [`Malformed`], [`Interrupted`], and those of
/// [`BodyReader`](offerslook_core::transport::BodyReader) and of the stream.
pub async fn exchange(
    exchange: &Exchange,
    mut write: impl FnMut(&mut Context<'_>, &[u8]) -> Poll<io::Result<usize>>,
    mut read: impl FnMut(&mut Context<'_>, &mut [u8]) -> Poll<io::Result<usize>>,
) -> Result<Response, TransportError> {
    let request = exchange.request();
    let unsendable = |error| TransportError::from(Unsendable).with_source(error);
    let malformed = |error| TransportError::from(Malformed).with_source(error);
    let mut call = Call::new(request.clone().map(drop)).map_err(unsendable)?.proceed();
    let mut piece = vec![0; Settings::MAX_HEAD_BYTES];
    let length = call.write(&mut piece).map_err(unsendable)?;
    let mut output = [piece.get(..length).unwrap_or_default(), request.body()].concat();
    let mut call = match call.proceed().map_err(unsendable)? {
        Some(SendRequestResult::RecvResponse(call)) => call,
        Some(SendRequestResult::SendBody(mut call)) => {
            call.consume_direct_write(request.body().len()).map_err(unsendable)?;
            call.proceed().ok_or(Unsendable)?
        }
        _ => return Err(Unsendable.into()),
    };
    exchange.sending();
    while !output.is_empty() {
        output.drain(..poll_fn(|context| write(context, &output)).await?);
    }
    let (mut input, mut received) = (Vec::new(), 0);
    let head = loop {
        let (used, head) = call.try_response(&input, false).map_err(malformed)?;
        input.drain(..used);
        match head {
            Some(head) => break head,
            None if received > Settings::MAX_HEAD_BYTES => return Err(Malformed.into()),
            None if used > 0 => {}
            None => {
                let length = poll_fn(|context| read(context, &mut piece)).await?;
                received += length;
                input.extend_from_slice(piece.get(..length).filter(|_| length > 0).ok_or(Interrupted)?);
            }
        }
    };
    let mut reader = exchange.response(head.into_parts().0)?;
    let Some(RecvResponseResult::RecvBody(mut call)) = call.proceed() else { return reader.finish() };
    let mut is_open = true;
    loop {
        let (used, length) = call.read(&input, &mut piece).map_err(malformed)?;
        reader.push(piece.get(..length).unwrap_or_default())?;
        input.drain(..used);
        if call.can_proceed() && (!is_open || call.body_mode() != CloseDelimited) {
            return reader.finish();
        } else if used == 0 {
            let length = poll_fn(|context| read(context, &mut piece)).await?;
            input.extend_from_slice(piece.get(..length).filter(|_| is_open).ok_or(Interrupted)?);
            is_open = length > 0;
        }
    }
}
