use std::time::{Duration, SystemTime};

use crate::{
    Response,
    error::{ApiError, Error, KeptBody},
};

use http::{
    HeaderMap, HeaderName, StatusCode,
    header::{DATE, RETRY_AFTER},
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

/// Returns the error of a response whose head asks every caller to pause: 429, or a failure with `Retry-After`. It shows
/// nothing of the body, which may repeat credentials.
pub(crate) fn pause_in_head(response: &Response) -> Option<Error> {
    let status = response.status();
    let retry_after = read(response.headers()).filter(|_| !status.is_success());
    let asks = status == StatusCode::TOO_MANY_REQUESTS || retry_after.is_some();
    asks.then(|| {
        let body = KeptBody::new(&[]);
        ApiError { status, code: None, message: String::new(), retry_after, body }.into()
    })
}
