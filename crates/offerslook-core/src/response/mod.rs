//! The one way from an answer to a typed result.

mod drift;
mod envelope;
mod retry_after;

pub use drift::{Drift, DriftKind, parse_with_drift};
use std::sync::Arc;

use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::Deserializer;

use crate::{
    endpoint::{Endpoint, Payload},
    error::{ApiCode, ApiError, DecodeError, DecodeFault, Error, KeptBody, one_line},
};
use envelope::{Envelope, Glance, Reading};

/// Reads the answer to a call: the typed payload, or why there is none.
///
/// A good answer is decoded in one pass. Only a failure looks again: for the `code` and the `message`,
/// and for the place where decoding failed.
///
/// # Errors
/// As [`crate::error::ErrorClass`] sorts the answers.
pub fn parse<E: Endpoint>(response: &http::Response<impl AsRef<[u8]>>) -> Result<E::Output, Error> {
    let body = response.body().as_ref();
    let json = without_byte_order_mark(body);
    if E::SPEC.payload == Payload::Nothing
        && response.status() == StatusCode::NO_CONTENT
        && body.is_empty()
        && let Ok(nothing) = read_envelope::<E::Output>(Payload::Nothing, b"{}")
    {
        return Ok(nothing.payload);
    }
    let mut code = None;
    if response.status().is_success()
        && let Ok(envelope) = read_envelope::<E::Output>(E::SPEC.payload, json)
    {
        code = envelope.code;
        if code.as_ref().is_some_and(ApiCode::is_success) {
            return Ok(envelope.payload);
        }
    }
    Err(failure(response.status(), response.headers(), body, code, || {
        payload_fault::<E::Output>(E::SPEC.payload, json)
    }))
}

fn read_envelope<'de, T: Deserialize<'de>>(
    payload: Payload,
    json: &'de [u8],
) -> serde_json::Result<Envelope<T>> {
    let mut deserializer = Deserializer::from_slice(json);
    let envelope = Envelope::read(payload, &mut deserializer)?;
    deserializer.end()?;
    Ok(envelope)
}

/// Where decoding fails, found by doing it again and keeping track.
fn payload_fault<'de, T: Deserialize<'de>>(payload: Payload, json: &'de [u8]) -> Option<DecodeFault> {
    let mut track = serde_path_to_error::Track::new();
    let mut deserializer = Deserializer::from_slice(json);
    let outcome =
        Envelope::<T>::read(payload, serde_path_to_error::Deserializer::new(&mut deserializer, &mut track));
    let cause = outcome.and_then(|_| deserializer.end()).err()?;
    // A dot is how it writes the whole, a question mark what it does not know.
    let path = track.path().to_string();
    Some(DecodeFault::Payload {
        path: one_line(path.trim_end_matches(['.', '?'])),
        cause: one_line(&cause.to_string()),
    })
}

const NO_CODE: DecodeFault = DecodeFault::NotTheEnvelope("it has no code that can be read");

fn failure(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    code: Option<ApiCode>,
    payload_fault: impl FnOnce() -> Option<DecodeFault>,
) -> Error {
    // A message that is no text, or in another encoding, must not hide the code.
    let text = String::from_utf8_lossy(without_byte_order_mark(body));
    let (glance, reading) = Glance::at(text.as_bytes());
    let code = code.or(glance.code);
    let kept = KeptBody::new(body);
    let says_success = code.as_ref().is_none_or(ApiCode::is_success);
    // Of an answer that is cut short, the code may be what is missing.
    let says_success = says_success || matches!(reading, Reading::EndsEarly);
    if !(status.is_success() && says_success) {
        return Error::Api(Arc::new(ApiError {
            status,
            code,
            message: one_line(&glance.message.unwrap_or_default()),
            retry_after: retry_after::read(headers),
            body: kept,
        }));
    }
    let fault = match reading {
        Reading::EndsEarly => DecodeFault::EndsEarly,
        Reading::Html => DecodeFault::Html,
        Reading::NoObject => DecodeFault::NotTheEnvelope("it is no JSON object"),
        Reading::Whole if code.is_none() => NO_CODE,
        Reading::Whole | Reading::BrokenObject => payload_fault().unwrap_or(NO_CODE),
    };
    Error::Decode(Arc::new(DecodeError { status, fault, body: kept }))
}

fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}
