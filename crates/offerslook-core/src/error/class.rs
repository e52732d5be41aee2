use http::StatusCode;

/// The class of a failed call: of its response, or of the lack of one. Every failed call has exactly one.
///
/// | response (the first row that matches) | class |
/// |---|---|
/// | 2xx, `code` 0, payload decodes | success: no error |
/// | 429 | [`RateLimited`](Self::RateLimited) |
/// | 408; 5xx; transport error; 2xx with truncated JSON | [`Transient`](Self::Transient) |
/// | 401, 407 | [`Authentication`](Self::Authentication) |
/// | 403 | [`Forbidden`](Self::Forbidden) |
/// | 3xx | [`Redirect`](Self::Redirect) |
/// | 2xx with an HTML page or without an envelope; a body over the limit | [`Foreign`](Self::Foreign) |
/// | a `code` of 3 or 5 digits that starts with 401, 403, 408, 429 or 5 | as that status |
/// | 400, 404, 405, 409, 410, 413, 414, 422, 431; any other `code` ≠ 0 | [`Refused`](Self::Refused) |
/// | 2xx, `code` 0, payload does not decode | [`Undecodable`](Self::Undecodable) |
/// | anything else; a certificate that is not trusted | [`Unexpected`](Self::Unexpected) |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// The rate limit was exceeded.
    RateLimited,
    /// The network or the service failed. The same call may succeed later.
    Transient,
    /// The service did not accept the credentials.
    Authentication,
    /// The service denied access. Before the first success this is taken for [`Authentication`](Self::Authentication),
    /// afterwards for a refusal of what was asked.
    Forbidden,
    /// The service redirects elsewhere. Credentials are not sent there.
    Redirect,
    /// Something other than the API answered, or the response is too large.
    Foreign,
    /// The API refused what was asked.
    Refused,
    /// The response says success, but its payload does not decode.
    Undecodable,
    /// A failure of no known kind, or one that a retry cannot change.
    Unexpected,
}

/// What a job does about a failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Send the call again later.
    Retry,
    /// Bisect the ids to find the one at fault.
    Bisect,
    /// Stop: every further call would fail the same way.
    Stop,
}

impl ErrorClass {
    /// Classifies a response that is not a success by its status or its `code`.
    pub(super) fn of_failure(status: StatusCode, by_code: Option<Self>, code_says_failure: bool) -> Self {
        match (status.as_u16(), by_code) {
            (429, _) => Self::RateLimited,
            (408 | 500..=599, _) => Self::Transient,
            (401 | 407, _) => Self::Authentication,
            (403, _) => Self::Forbidden,
            (300..=399, _) => Self::Redirect,
            (_, Some(class)) => class,
            (400 | 404 | 405 | 409 | 410 | 413 | 414 | 422 | 431, _) => Self::Refused,
            _ if code_says_failure => Self::Refused,
            _ => Self::Unexpected,
        }
    }

    /// Classifies a `code` by the HTTP status that it starts with, if that is more specific than a refusal.
    pub(super) fn of_status_in_code(status: i64) -> Option<Self> {
        match status {
            401 => Some(Self::Authentication),
            403 => Some(Self::Forbidden),
            408 | 500..=599 => Some(Self::Transient),
            429 => Some(Self::RateLimited),
            _ => None,
        }
    }

    /// Returns what a job does whose calls may be repeated. `succeeded`: whether any of them has succeeded.
    #[must_use]
    pub fn next_step(self, succeeded: bool) -> NextStep {
        match self {
            Self::RateLimited | Self::Transient => NextStep::Retry,
            Self::Forbidden if succeeded => NextStep::Bisect,
            Self::Refused | Self::Undecodable => NextStep::Bisect,
            Self::Authentication | Self::Forbidden | Self::Redirect | Self::Foreign | Self::Unexpected => {
                NextStep::Stop
            }
        }
    }
}
