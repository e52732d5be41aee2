use http::{HeaderMap, StatusCode};
use serde::de::{DeserializeOwned, Error as _};

use super::{
    envelope::{Envelope, read_payload, text_of, without_byte_order_mark},
    error_envelope::{ErrorEnvelope, JsonState},
    retry_after,
    row_by_row::row_by_row,
};
use crate::{
    Response,
    account::Account,
    endpoint::{Endpoint, Payload},
    error::{ApiCode, ApiError, DecodeError, DecodeFault, Error, KeptBody, one_line},
    types::{Secrets, content::ContentError},
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
    let (status, body) = (response.status(), response.body().as_ref());
    let is_empty = status == StatusCode::NO_CONTENT && body.is_empty();
    let body = if E::SPEC.payload == Payload::Nothing && is_empty { br#"{"code": 0}"# } else { body };
    parse_body(E::SPEC.payload, status, response.headers(), body, secrets)
}

/// Parses a response, whichever endpoint it is of: compiled once for each type of output.
fn parse_body<T: DeserializeOwned>(
    payload: Payload,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    secrets: impl FnOnce() -> Secrets,
) -> Result<T, Error> {
    let text = text_of(body);
    let strict = status.is_success().then(|| Envelope::<T>::read(payload, &text));
    let code = match strict {
        Some(Ok(envelope)) if envelope.is_success() => return Ok(envelope.data),
        Some(Ok(envelope)) => envelope.code,
        Some(Err(_)) | None => None,
    };
    let secrets = secrets();
    let fault = if status.is_success() && code.is_none() {
        match parse_rows::<T>(payload, &text, &secrets) {
            Ok(output) => return Ok(output),
            Err(fault) => fault,
        }
    } else {
        None
    };
    Err(failure(status, headers, body, code, fault).redacted(&secrets))
}

/// Parses a response that was not read in one pass: takes longer, sets rows aside, and knows where decoding fails.
fn parse_rows<T: DeserializeOwned>(
    payload: Payload,
    text: &str,
    secrets: &Secrets,
) -> Result<T, Option<DecodeFault>> {
    let fault = |error: ContentError, names: &str| {
        let cause = one_line(&format!("{}{names}", error.cause));
        Some(DecodeFault::Payload { path: one_line(&error.path), cause })
    };
    let envelope = Envelope::keep(text).map_err(|error| fault(ContentError::custom(error), ""))?;
    if !envelope.is_success() {
        return Err(None);
    }
    let names = named(envelope.data.names());
    let output = match payload {
        Payload::List(key) => row_by_row(key, envelope.data, secrets),
        Payload::Object(_) | Payload::Whole | Payload::Nothing => read_payload(payload, envelope.data),
    };
    output.map_err(|error| {
        let names = if error.path.is_empty() { &names } else { "" };
        fault(error.within("data"), names)
    })
}

/// Names the fields of `data`, for a person; nothing where there are none.
fn named<'n>(mut names: impl Iterator<Item = &'n str>) -> String {
    const MAX_NAMED: usize = 4;
    const MAX_CHARS: usize = 40;
    let short = |name: &str| format!("`{}`", one_line(&name.chars().take(MAX_CHARS).collect::<String>()));
    let first: Vec<String> = names.by_ref().take(MAX_NAMED).map(short).collect();
    match names.count() {
        _ if first.is_empty() => String::new(),
        0 => format!("; found {}", first.join(", ")),
        more => format!("; found {} and {more} more", first.join(", ")),
    }
}

const NO_CODE: DecodeFault = DecodeFault::NotTheEnvelope("it has no code that can be read");

fn failure(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    code: Option<ApiCode>,
    fault: Option<DecodeFault>,
) -> Error {
    // A message that is no text, or in another encoding, must not hide the code.
    let text = String::from_utf8_lossy(without_byte_order_mark(body));
    let (envelope, state) = ErrorEnvelope::read(&text);
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
        JsonState::Whole | JsonState::BrokenObject => fault.unwrap_or(NO_CODE),
    };
    DecodeError { status, fault, body: kept }.into()
}
