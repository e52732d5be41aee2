use std::{
    fmt,
    io::{self, Write},
};

use flate2::write::MultiGzDecoder;
use http::{
    HeaderMap, Version,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING},
    response::Parts,
};

use crate::{
    Response,
    error::{Delivery, TransportError, TransportKind},
};

/// An answer whose body is still coming in: it is inflated as it comes, and never held beyond the cap.
///
/// ```
/// use offerslook_core::transport::Answer;
///
/// # fn example(head: http::response::Parts, pieces: [&[u8]; 2]) -> Result<(), Box<dyn std::error::Error>> {
/// let mut answer = Answer::new(head, 32 * 1024 * 1024)?;
/// for piece in pieces {
///     answer.push(piece)?;
/// }
/// let response = answer.finish()?;
/// # Ok(())
/// # }
/// ```
pub struct Answer {
    head: Parts,
    body: Body,
}

enum Body {
    Plain(Capped),
    /// Announced as gzip, and nothing came yet: an answer without a body has no gzip stream either.
    GzipToCome(Capped),
    Gzip(Box<MultiGzDecoder<Capped>>),
}

impl Answer {
    /// An answer with this head, and nothing of its body yet. `cap` is how many bytes of it are taken,
    /// counted after inflating. The head's extensions are dropped: they are the HTTP library's own.
    ///
    /// # Errors
    /// [`TransportKind::Malformed`] where the body is coded for the transfer in a way that was not asked for:
    /// HTTP libraries would pass it on as it is.
    pub fn new(head: Parts, cap: usize) -> Result<Self, TransportError> {
        let mut head = head;
        if is_coded_strangely(&head) {
            return Err(malformed("the body comes in a transfer coding that is not known"));
        }
        head.extensions.clear();
        let body = Capped { bytes: Vec::new(), cap };
        if !is_gzip(&head.headers) {
            return Ok(Self { head, body: Body::Plain(body) });
        }
        head.headers.remove(CONTENT_ENCODING);
        head.headers.remove(CONTENT_LENGTH);
        Ok(Self { head, body: Body::GzipToCome(body) })
    }

    /// Takes the next piece of the body, as it came over the wire.
    ///
    /// # Errors
    /// [`TransportKind::BodyTooLarge`] over the cap, [`TransportKind::Malformed`] where it is no gzip
    /// though the head says so.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), TransportError> {
        if piece.is_empty() {
            return Ok(());
        }
        if let Body::GzipToCome(body) = &mut self.body {
            let body = std::mem::take(body);
            self.body = Body::Gzip(Box::new(MultiGzDecoder::new(body)));
        }
        match &mut self.body {
            Body::Plain(body) | Body::GzipToCome(body) => body.write_all(piece),
            Body::Gzip(decoder) => decoder.write_all(piece),
        }
        .map_err(|cause| fault(&cause))
    }

    /// The whole answer: the connection said that this was all. An inflated one has neither
    /// `content-encoding` nor `content-length`.
    ///
    /// # Errors
    /// [`TransportKind::Malformed`] where the gzip stream ends early, or its checksum is wrong.
    pub fn finish(self) -> Result<Response, TransportError> {
        let bytes = match self.body {
            Body::Plain(body) | Body::GzipToCome(body) => body.bytes,
            Body::Gzip(mut decoder) => {
                decoder.try_finish().map_err(|cause| fault(&cause))?;
                std::mem::take(&mut decoder.get_mut().bytes)
            }
        };
        Ok(Response::from_parts(self.head, bytes.into()))
    }
}

fn is_coded_strangely(head: &Parts) -> bool {
    head.headers.get_all(TRANSFER_ENCODING).iter().any(|coding| {
        let is_known =
            [&b"chunked"[..], b"identity"].iter().any(|known| coding.as_bytes().eq_ignore_ascii_case(known));
        !is_known || head.version != Version::HTTP_11
    })
}

fn is_gzip(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|coding| {
        let coding = coding.as_bytes().trim_ascii();
        coding.eq_ignore_ascii_case(b"gzip") || coding.eq_ignore_ascii_case(b"x-gzip")
    })
}

fn fault(cause: &io::Error) -> TransportError {
    if cause.kind() == io::ErrorKind::FileTooLarge {
        TransportError::new(TransportKind::BodyTooLarge, Delivery::Unknown)
    } else {
        malformed("the gzip stream of the body is damaged, or ends early")
    }
}

fn malformed(why: &'static str) -> TransportError {
    TransportError::new(TransportKind::Malformed, Delivery::Unknown).with_source(why)
}

#[derive(Default)]
struct Capped {
    bytes: Vec<u8>,
    cap: usize,
}

impl Write for Capped {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if piece.len() > self.cap.saturating_sub(self.bytes.len()) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("status", &self.head.status).finish_non_exhaustive()
    }
}
