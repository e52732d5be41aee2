use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::Deserializer;
use serde_path_to_error::Track;

use super::{
    envelope::{Envelope, RowMode, without_byte_order_mark},
    error_envelope::{ErrorEnvelope, JsonState, keys_of_data},
    retry_after,
    row_by_row::plain_path,
};
use crate::{
    Response,
    account::Account,
    endpoint::{Endpoint, Payload},
    error::{ApiCode, ApiError, DecodeError, DecodeFault, Error, KeptBody, one_line},
    types::Secrets,
};

impl Account {
    /// Parses the response to a call.
    ///
    /// Unlike [`parse`], it redacts the credentials of this account, should the service repeat them, from errors and
    /// from unusable rows.
    ///
    /// ```
    /// # use offerslook_core::{Account, Credentials, Network, Response, affiliate::batches::GetTrackingLinks};
    /// # let credentials = Credentials::affiliate("me@example.com", "0123456789abcdef")?;
    /// # let account = Account::new("acme".parse::<Network>()?.into(), credentials);
    /// let call = GetTrackingLinks::new("16".parse()?);
    /// let response = Response::new(r#"{"code": 401, "message": "no such key: 0123456789abcdef"}"#.into());
    /// let error = account.parse(&call, &response).unwrap_err();
    /// assert_eq!(error.to_string(), "the API answered HTTP 200, code 401: no such key: [redacted]");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`parse`].
    pub fn parse<E: Endpoint>(&self, _: &E, response: &Response) -> Result<E::Output, Error> {
        parse_redacted::<E>(response, || self.secrets())
    }
}

/// Parses the response to a call of this endpoint.
///
/// A response that says success is decoded in one pass. Only after a failure are its rows decoded one by one, and
/// its `code` and `message` looked for. Nothing is redacted: see [`Account::parse`].
///
/// # Errors
/// [`Error::Api`] where the status or the `code` says failure, and [`Error::Decode`] where they say success but the
/// rest cannot be read. [`ErrorClass`](crate::ErrorClass) has the whole table.
pub fn parse<E: Endpoint>(response: &http::Response<impl AsRef<[u8]>>) -> Result<E::Output, Error> {
    parse_redacted::<E>(response, Secrets::default)
}

/// Parses as [`parse`] does, and redacts these secrets. They are determined only after a failure.
pub(crate) fn parse_redacted<E: Endpoint>(
    response: &http::Response<impl AsRef<[u8]>>,
    secrets: impl FnOnce() -> Secrets,
) -> Result<E::Output, Error> {
    let (status, body, payload) = (response.status(), response.body().as_ref(), E::SPEC.payload);
    let is_empty = status == StatusCode::NO_CONTENT && body.is_empty();
    let json = if payload == Payload::Nothing && is_empty {
        br#"{"code": 0}"#
    } else {
        without_byte_order_mark(body)
    };
    let strict = status.is_success().then(|| read_envelope::<E::Output>(payload, RowMode::Strict, json));
    let code = match strict {
        Some(Ok(envelope)) if envelope.is_success() => return Ok(envelope.payload),
        Some(Ok(envelope)) => envelope.code,
        Some(Err(_)) | None => None,
    };
    let secrets = secrets();
    if status.is_success() && code.is_none() && matches!(payload, Payload::List(_)) {
        match read_envelope::<E::Output>(payload, RowMode::OneByOne(&secrets), json) {
            Ok(envelope) if envelope.is_success() => return Ok(envelope.payload),
            Ok(_) | Err(_) => {}
        }
    }
    let error = failure(status, response.headers(), body, code, || payload_fault::<E::Output>(payload, json));
    Err(error.redacted(&secrets))
}

fn read_envelope<'de, T: Deserialize<'de>>(
    payload: Payload,
    rows: RowMode<'_>,
    json: &'de [u8],
) -> serde_json::Result<Envelope<T>> {
    // All bytes are validated at once, which takes less than string by string. What is not UTF-8 may be in a field that
    // nobody reads.
    let Ok(text) = std::str::from_utf8(json) else {
        return read_tracked(payload, rows, json, &mut Track::new());
    };
    let mut deserializer = Deserializer::from_str(text);
    let envelope = Envelope::read(payload, rows, &mut deserializer)?;
    deserializer.end()?;
    Ok(envelope)
}

/// Reads an envelope and keeps track of the path.
fn read_tracked<'de, T: Deserialize<'de>>(
    payload: Payload,
    rows: RowMode<'_>,
    json: &'de [u8],
    track: &mut Track,
) -> serde_json::Result<Envelope<T>> {
    let mut deserializer = Deserializer::from_slice(json);
    let tracked = serde_path_to_error::Deserializer::new(&mut deserializer, track);
    let envelope = Envelope::read(payload, rows, tracked)?;
    deserializer.end()?;
    Ok(envelope)
}

/// Finds out where decoding fails, by doing it again and keeping track of the path.
fn payload_fault<'de, T: Deserialize<'de>>(payload: Payload, json: &'de [u8]) -> Option<DecodeFault> {
    let mut track = Track::new();
    let mut cause = read_tracked::<T>(payload, RowMode::Strict, json, &mut track).err()?.to_string();
    let path = plain_path(&track.path());
    let keys = if path == "data" { keys_of_data(json) } else { None };
    if let Some(found) = keys {
        cause = format!("{cause}; found {found}");
    }
    Some(DecodeFault::Payload { path: one_line(&path), cause: one_line(&cause) })
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
    let (envelope, state) = ErrorEnvelope::read(text.as_bytes());
    let code = code.or(envelope.code);
    let kept = KeptBody::new(body);
    let says_success = code.as_ref().is_none_or(ApiCode::is_success);
    // The code may be what is missing of a truncated response.
    let says_success = says_success || matches!(state, JsonState::EndsEarly);
    if !(status.is_success() && says_success) {
        return ApiError {
            status,
            code,
            message: one_line(&envelope.message.unwrap_or_default()),
            retry_after: retry_after::read(headers),
            body: kept,
        }
        .into();
    }
    let fault = match state {
        JsonState::EndsEarly => DecodeFault::EndsEarly,
        JsonState::Html => DecodeFault::Html,
        JsonState::NoObject => DecodeFault::NotTheEnvelope("it is no JSON object"),
        JsonState::Whole if code.is_none() => NO_CODE,
        JsonState::Whole | JsonState::BrokenObject => payload_fault().unwrap_or(NO_CODE),
    };
    DecodeError { status, fault, body: kept }.into()
}
