use std::time::{Duration, SystemTime};

use http::{
    HeaderMap, HeaderName,
    header::{DATE, RETRY_AFTER},
};

use super::{envelope::without_byte_order_mark, error_envelope::code_alone};
use crate::{
    Response,
    error::{ApiCode, ApiError, Error, KeptBody},
};

/// Reads `Retry-After`: seconds, or a date, which is compared with the `Date` of the response, since there is no other
/// clock here.
pub(super) fn read(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than fit are still a long wait.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    Some(until.duration_since(date(headers, DATE)?).unwrap_or_default())
}

fn date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

/// Returns the error of a response that asks every caller to pause: a rate limit, or a failure with `Retry-After`. It
/// shows no message and no body, which may repeat credentials.
pub(crate) fn pause_asked(response: &Response) -> Option<Error> {
    let status = response.status();
    let code = if status.is_success() { code_alone(without_byte_order_mark(response.body())) } else { None };
    if status.is_success() && code.as_ref().is_none_or(ApiCode::is_success) {
        return None;
    }
    let (retry_after, body) = (read(response.headers()), KeptBody::new(&[]));
    let error = Error::from(ApiError { status, code, message: String::new(), retry_after, body });
    (retry_after.is_some() || error.is_rate_limited()).then_some(error)
}
