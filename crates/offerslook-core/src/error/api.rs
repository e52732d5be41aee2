use std::{fmt, time::Duration};

use http::StatusCode;

use super::{ApiCode, ErrorClass, KeptBody};
use crate::types::Secrets;

/// A failure that the API reported: by the HTTP status, by the `code` of its envelope, or by both.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status.
    pub status: StatusCode,
    /// The `code` of the envelope, if there was one.
    pub code: Option<ApiCode>,
    /// The `message` of the envelope, on one line and truncated to 300 characters. Empty if there was none.
    pub message: String,
    /// How long the service asked to wait before the next call.
    pub retry_after: Option<Duration>,
    /// The body of the response.
    pub body: KeptBody,
}

impl ApiError {
    /// Returns the class of this error; see [`ErrorClass`].
    #[must_use]
    pub fn class(&self) -> ErrorClass {
        let by_code = self.code.as_ref().and_then(ApiCode::status).and_then(ErrorClass::of_status_in_code);
        let code_says_failure = self.code.as_ref().is_some_and(|code| !code.is_success());
        ErrorClass::of_failure(self.status, by_code, code_says_failure)
    }

    pub(super) fn redact(&mut self, secrets: &Secrets) {
        let word = match &mut self.code {
            Some(ApiCode::Word(word)) => Some(word),
            _ => None,
        };
        for text in [&mut self.message].into_iter().chain(word) {
            *text = secrets.redact(text).into_owned();
        }
        self.body.redact(secrets);
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the API answered HTTP {}", self.status.as_u16())?;
        if let Some(code) = &self.code {
            write!(f, ", code {code}")?;
        }
        if self.message.is_empty() { Ok(()) } else { write!(f, ": {}", self.message) }
    }
}

impl std::error::Error for ApiError {}
