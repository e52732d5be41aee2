use std::{
    fmt,
    io::{self, Write},
};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http::{
    HeaderMap, StatusCode, Version,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING},
    response::Parts,
};

use super::Settings;
use crate::{
    Response,
    error::{Delivery, TransportError, TransportKind},
};

/// A response whose body is still being received.
///
/// [`Exchange::response`](super::Exchange::response) makes one from the head of a response. Then:
///
/// 1. If the HTTP library inflates bodies itself and leaves the headers as they came, call
///    [`BodyReader::already_inflated`] first.
/// 2. Pass every piece of the body to [`BodyReader::push`], in order, as it comes from the connection. A gzip body is
///    inflated piece by piece. An error is final: close the connection and return the error.
/// 3. When the library reports the end of the body, call [`BodyReader::finish`]. It compares the number of bytes with
///    the announced `content-length`, so a truncated body is an error even where the library does not notice.
///
/// The body in memory never exceeds [`Settings::max_body_bytes`], and neither does a gzip stream by more than
/// 64 KiB. A gzip stream that is more than twice as large as its contents is refused early: an endless series of
/// empty gzip members ends after 64 KiB.
///
/// ```
/// use offerslook_core::transport::Exchange;
///
/// # fn example(exchange: &Exchange, head: http::response::Parts, pieces: [&[u8]; 2])
/// # -> Result<offerslook_core::Response, offerslook_core::TransportError> {
/// let mut body = exchange.response(head)?;
/// for piece in pieces {
///     body.push(piece)?;
/// }
/// body.finish()
/// # }
/// ```
pub struct BodyReader {
    head: Parts,
    body: Body,
    received: usize,
    announced: Option<usize>,
}

enum Body {
    Plain(Capped),
    /// It came in one piece, which is kept as it is.
    Whole(Bytes),
    /// Announced as gzip, but nothing came yet: an empty body has no gzip stream either.
    GzipToCome(Capped),
    Gzip(Box<MultiGzDecoder<Capped>>),
}

/// The head of a response: [`Parts`], or a status and headers.
#[derive(Debug)]
pub struct Head(Parts);

impl From<Parts> for Head {
    fn from(parts: Parts) -> Self {
        Self(parts)
    }
}

impl From<(StatusCode, HeaderMap)> for Head {
    fn from((status, headers): (StatusCode, HeaderMap)) -> Self {
        let (mut parts, ()) = http::Response::new(()).into_parts();
        parts.status = status;
        parts.headers = headers;
        Self(parts)
    }
}

/// How much larger than its contents a gzip stream may be.
const GZIP_ALLOWANCE: usize = 64 * 1024;

/// How much memory is reserved for a body before it comes.
const MAX_RESERVED: usize = 64 * 1024;

impl BodyReader {
    pub(super) fn new(head: Head, cap: usize, is_bodiless: bool) -> Result<Self, TransportError> {
        let Head(mut head) = head;
        check_size(&head.headers)?;
        if has_unknown_transfer_coding(&head) {
            return Err(malformed("the body comes in a transfer coding that is not known"));
        }
        // These are the HTTP library's own.
        head.extensions.clear();
        let is_bodiless = is_bodiless || matches!(head.status.as_u16(), 100..=199 | 204 | 304);
        let announced = if is_bodiless { None } else { announced_length(&head.headers)? };
        let expected = announced.unwrap_or_default().min(cap).min(MAX_RESERVED);
        let body = Capped { bytes: Vec::new(), expected, cap };
        let body = if is_gzip(&head.headers) {
            head.headers.remove(CONTENT_ENCODING);
            head.headers.remove(CONTENT_LENGTH);
            Body::GzipToCome(body)
        } else {
            Body::Plain(body)
        };
        Ok(Self { head, body, received: 0, announced })
    }

    /// Takes the body as it is, whatever `content-encoding` and `content-length` say.
    ///
    /// For hosts that inflate bodies but keep these headers, such as the `fetch` of Node.js. Call it before the first
    /// [`BodyReader::push`]. How long the body should be is unknown then: the host must detect a truncated one.
    #[must_use]
    pub fn already_inflated(mut self) -> Self {
        self.head.headers.remove(CONTENT_ENCODING);
        self.head.headers.remove(CONTENT_LENGTH);
        self.announced = None;
        if let Body::GzipToCome(body) = &mut self.body {
            self.body = Body::Plain(std::mem::take(body));
        }
        self
    }

    /// Takes the next piece of the body.
    ///
    /// # Errors
    /// - [`TransportKind::BodyTooLarge`] if the body exceeds the cap.
    /// - [`TransportKind::Malformed`] if the body is not gzip though the head says so, or if the gzip stream is far
    ///   larger than its contents.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), TransportError> {
        if piece.is_empty() {
            return Ok(());
        }
        self.received = self.received.saturating_add(piece.len());
        if let Body::GzipToCome(body) = &mut self.body {
            let body = std::mem::take(body);
            self.body = Body::Gzip(Box::new(MultiGzDecoder::new(body)));
        }
        match &mut self.body {
            // More than was announced, which is an error at the end.
            Body::Whole(_) => Ok(()),
            Body::Plain(body) | Body::GzipToCome(body) => body.write_all(piece),
            Body::Gzip(decoder) => decoder.write_all(piece).and_then(|()| {
                let Capped { bytes, cap, .. } = decoder.get_ref();
                check_gzip(self.received, bytes.len(), *cap)
            }),
        }
        .map_err(|error| body_error(&error))
    }

    /// Takes the next piece of the body, and keeps it without a copy if it is all of it: for HTTP libraries that give a
    /// piece away.
    ///
    /// # Errors
    /// Those of [`BodyReader::push`].
    pub fn push_bytes(&mut self, piece: Bytes) -> Result<(), TransportError> {
        match &self.body {
            Body::Plain(body)
                if self.received == 0 && self.announced == Some(piece.len()) && piece.len() <= body.cap =>
            {
                self.received = piece.len();
                self.body = Body::Whole(piece);
                Ok(())
            }
            _ => self.push(&piece),
        }
    }

    /// Returns the whole response. A response that was inflated has neither `content-encoding` nor `content-length`.
    ///
    /// # Errors
    /// - [`TransportKind::Interrupted`] if fewer bytes came than `content-length` announced.
    /// - [`TransportKind::Malformed`] if more bytes came, the gzip stream ends early, or its checksum is wrong.
    pub fn finish(self) -> Result<Response, TransportError> {
        if let Some(announced) = self.announced.filter(|announced| *announced != self.received) {
            let kind =
                if self.received < announced { TransportKind::Interrupted } else { TransportKind::Malformed };
            let cause = format!("{} bytes came of a body of {announced}", self.received);
            return Err(TransportError::new(kind, Delivery::Unknown).with_source(cause));
        }
        let bytes = match self.body {
            Body::Whole(bytes) => bytes,
            Body::Plain(body) | Body::GzipToCome(body) => body.bytes.into(),
            Body::Gzip(mut decoder) => {
                decoder.try_finish().map_err(|error| body_error(&error))?;
                std::mem::take(&mut decoder.get_mut().bytes).into()
            }
        };
        Ok(Response::from_parts(self.head, bytes))
    }
}

/// HTTP libraries differ in what they accept.
fn check_size(headers: &HeaderMap) -> Result<(), TransportError> {
    let lines = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    if headers.len() > Settings::MAX_HEADERS || lines.sum::<usize>() > Settings::MAX_HEAD_BYTES {
        return Err(malformed("the head of the response is too large"));
    }
    Ok(())
}

/// HTTP libraries pass on a body in a transfer coding that they do not know.
fn has_unknown_transfer_coding(head: &Parts) -> bool {
    head.headers.get_all(TRANSFER_ENCODING).iter().any(|coding| {
        let is_known =
            [&b"chunked"[..], b"identity"].iter().any(|known| coding.as_bytes().eq_ignore_ascii_case(known));
        !is_known || head.version != Version::HTTP_11
    })
}

fn announced_length(headers: &HeaderMap) -> Result<Option<usize>, TransportError> {
    if headers.contains_key(TRANSFER_ENCODING) {
        return Ok(None);
    }
    let mut announced = None;
    for value in headers.get_all(CONTENT_LENGTH) {
        for length in value.as_bytes().split(|byte| *byte == b',') {
            let length: Option<usize> =
                std::str::from_utf8(length).ok().and_then(|text| text.trim().parse().ok());
            if length.is_none() || announced.is_some_and(|other| Some(other) != length) {
                return Err(malformed("the content-length is not one number"));
            }
            announced = length;
        }
    }
    Ok(announced)
}

fn is_gzip(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|coding| {
        let coding = coding.as_bytes().trim_ascii();
        coding.eq_ignore_ascii_case(b"gzip") || coding.eq_ignore_ascii_case(b"x-gzip")
    })
}

fn check_gzip(compressed: usize, inflated: usize, cap: usize) -> io::Result<()> {
    if compressed > cap.saturating_add(GZIP_ALLOWANCE) {
        Err(io::ErrorKind::FileTooLarge.into())
    } else if compressed > inflated.saturating_mul(2).saturating_add(GZIP_ALLOWANCE) {
        Err(io::ErrorKind::InvalidData.into())
    } else {
        Ok(())
    }
}

fn body_error(error: &io::Error) -> TransportError {
    match error.kind() {
        io::ErrorKind::FileTooLarge => TransportError::from(TransportKind::BodyTooLarge),
        io::ErrorKind::InvalidData => {
            malformed("the gzip stream of the body is far larger than its contents")
        }
        _ => malformed("the gzip stream of the body is damaged, or ends early"),
    }
}

fn malformed(why: &'static str) -> TransportError {
    TransportError::from(TransportKind::Malformed).with_source(why)
}

#[derive(Default)]
struct Capped {
    bytes: Vec<u8>,
    /// For this many bytes memory is reserved when the first of them come.
    expected: usize,
    cap: usize,
}

impl Write for Capped {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if piece.len() > self.cap.saturating_sub(self.bytes.len()) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.reserve(std::mem::take(&mut self.expected));
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for BodyReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyReader")
            .field("status", &self.head.status)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
