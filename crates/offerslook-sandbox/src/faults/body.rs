//! Faults in the transfer of a body. They are streams, so that no body is held in memory.

use std::{
    io::{self, Write as _},
    mem,
    num::NonZeroUsize,
    time::Duration,
};

use axum::{
    BoxError,
    body::{Body, Bytes, HttpBody as _},
    http::{HeaderValue, header},
    response::Response,
};
use flate2::{Compression, write::GzEncoder};
use futures_util::{
    Stream, StreamExt as _,
    stream::{self, BoxStream},
};
use tokio::{sync::watch, task::yield_now, time::sleep};

use super::Fault;
use crate::connection::Connection;

static SPACES: &[u8] = &[b' '; 64 * 1_024];
/// The minimum size of a compressed piece.
const MIN_COMPRESSED_BYTES: usize = 16 * 1_024;

type Pieces = BoxStream<'static, Result<Bytes, BoxError>>;

/// Changes the transfer of a body, and returns whether it differs.
pub(super) fn change(fault: &Fault, response: Response, connection: &Connection) -> (Response, bool) {
    let length = length(&response);
    if length == Some(0) {
        return (response, false);
    }
    let is_encoded = response.headers().contains_key(header::CONTENT_ENCODING);
    let changed = match *fault {
        Fault::OversizedBody { bytes } if !is_encoded && length.is_some_and(|length| length < bytes) => {
            streamed(response, Some(bytes), |body| padded(body, length, bytes))
        }
        Fault::GzipBomb { bytes } if !is_encoded => {
            let mut response = streamed(response, None, |body| compressed(padded(body, length, bytes)));
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response
        }
        Fault::SlowDrip { bytes, pause } => streamed(response, length, |body| dripping(body, bytes, pause)),
        Fault::CutBody { after_bytes } => {
            // Half of an unknown length is 0.
            let after = after_bytes.unwrap_or(length.unwrap_or(0) / 2);
            if length.is_some_and(|length| length <= after) {
                return (response, false);
            }
            let connection = connection.clone();
            streamed(response, length, |body| cut(body, after, connection))
        }
        _ => return (response, false),
    };
    (changed, true)
}

/// Returns the length of the body: its own, or that in the header from an earlier fault.
fn length(response: &Response) -> Option<u64> {
    let announced = response.headers().get(header::CONTENT_LENGTH);
    response.body().size_hint().exact().or_else(|| announced?.to_str().ok()?.parse().ok())
}

/// Replaces the body of a response, and sets the header of the length if it is known.
fn streamed<S>(response: Response, length: Option<u64>, change: impl FnOnce(Pieces) -> S) -> Response
where
    S: Stream<Item = Result<Bytes, BoxError>> + Send + 'static,
{
    let (mut head, body) = response.into_parts();
    let body = body.into_data_stream().map(|piece| piece.map_err(BoxError::from)).boxed();
    head.headers.remove(header::CONTENT_LENGTH);
    if let Some(length) = length {
        head.headers.insert(header::CONTENT_LENGTH, length.into());
    }
    Response::from_parts(head, Body::from_stream(change(body)))
}

/// Appends white space up to a length.
fn padded(body: Pieces, length: Option<u64>, bytes: u64) -> Pieces {
    let padding = bytes.saturating_sub(length.unwrap_or(bytes));
    let spaces = stream::unfold(padding, async |left| {
        let mut piece = Bytes::from_static(SPACES);
        piece.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        let left = left.saturating_sub(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        (!piece.is_empty()).then_some((Ok(piece), left))
    });
    body.chain(spaces).boxed()
}

fn compressed(body: Pieces) -> impl Stream<Item = Result<Bytes, BoxError>> {
    let encoder = Some(GzEncoder::new(Vec::new(), Compression::best()));
    stream::try_unfold((body, encoder), async |(mut body, encoder)| {
        let Some(mut encoder) = encoder else { return Ok(None) };
        while encoder.get_ref().len() < MIN_COMPRESSED_BYTES {
            let Some(piece) = body.next().await else {
                return Ok(Some((encoder.finish()?.into(), (body, None))));
            };
            encoder.write_all(&piece?)?;
            // Much input gives little output: let other tasks run.
            yield_now().await;
        }
        let piece = mem::take(encoder.get_mut()).into();
        Ok(Some((piece, (body, Some(encoder)))))
    })
}

fn dripping(
    body: Pieces,
    bytes: NonZeroUsize,
    pause: Duration,
) -> impl Stream<Item = Result<Bytes, BoxError>> {
    stream::try_unfold((body, Bytes::new()), move |(mut body, mut rest): (Pieces, Bytes)| async move {
        while rest.is_empty() {
            let Some(piece) = body.next().await else { return Ok(None) };
            rest = piece?;
        }
        sleep(pause).await;
        let drop = rest.split_to(bytes.get().min(rest.len()));
        Ok(Some((drop, (body, rest))))
    })
}

fn cut(body: Pieces, after: u64, connection: Connection) -> impl Stream<Item = Result<Bytes, BoxError>> {
    stream::try_unfold((body, after, None), move |(mut body, left, flushes)| {
        let connection = connection.clone();
        async move {
            if left == 0 {
                // The connection must not close before its buffers are sent.
                let mut flushes: watch::Receiver<()> = flushes.unwrap_or_else(|| connection.flushes());
                drop(flushes.changed().await);
                return Err(io::Error::from(io::ErrorKind::ConnectionAborted).into());
            }
            let Some(piece) = body.next().await else { return Ok(None) };
            let mut piece = piece?;
            piece.truncate(usize::try_from(left).unwrap_or(usize::MAX));
            let left = left.saturating_sub(u64::try_from(piece.len()).unwrap_or(u64::MAX));
            // Subscribe here, so as not to miss the flush after the last piece.
            let flushes = (left == 0).then(|| connection.flushes());
            Ok(Some((piece, (body, left, flushes))))
        }
    })
}
