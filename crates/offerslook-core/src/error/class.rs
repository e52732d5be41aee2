use http::StatusCode;

/// What an answer means: every answer, and every lack of one, has exactly one meaning.
///
/// | answer (the first row that fits) | meaning |
/// |---|---|
/// | 2xx, `code` 0, payload decodes | success: no error at all |
/// | 429 | [`RateLimited`](Self::RateLimited) |
/// | 408; 5xx; transport error; 2xx with JSON that ends early | [`Transient`](Self::Transient) |
/// | 401, 407 | [`Authentication`](Self::Authentication) |
/// | 403 | [`Forbidden`](Self::Forbidden) |
/// | 3xx | [`Redirect`](Self::Redirect) |
/// | 2xx that is an HTML page or no envelope; a body over the cap | [`Foreign`](Self::Foreign) |
/// | a `code` of 3 or 5 digits that starts with 401, 403 or 429 | as that status |
/// | 400, 404, 405, 409, 410, 413, 414, 422, 431; any other `code` ≠ 0 | [`Refused`](Self::Refused) |
/// | 2xx, `code` 0, payload does not decode | [`Undecodable`](Self::Undecodable) |
/// | anything else | [`Unexpected`](Self::Unexpected) |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// The quota was used up.
    RateLimited,
    /// The network or the service failed; later it may not.
    Transient,
    /// The credentials are not accepted.
    Authentication,
    /// Before the first success the same as [`Authentication`](Self::Authentication); after it, a refusal
    /// of what was asked.
    Forbidden,
    /// The service points elsewhere. Credentials are not sent on.
    Redirect,
    /// It is not the API that answers, or its answer cannot be used.
    Foreign,
    /// The API does not do what was asked.
    Refused,
    /// The answer says success, but one cannot tell what.
    Undecodable,
    /// Nothing that this client knows.
    Unexpected,
}

/// What a job does about a failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Send it again, later.
    Retry,
    /// Find the culprit among what was asked: ask for half of it.
    Bisect,
    /// Stop: every further call would end the same way.
    Stop,
}

impl ErrorClass {
    /// Classifies an answer that is not a success by its status or its `code`.
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

    /// Classifies a `code` by the HTTP status that it begins with, where that tells more than a refusal.
    pub(super) fn of_status_in_code(status: i64) -> Option<Self> {
        match status {
            401 => Some(Self::Authentication),
            403 => Some(Self::Forbidden),
            408 | 500..=599 => Some(Self::Transient),
            429 => Some(Self::RateLimited),
            _ => None,
        }
    }

    /// What a job that may repeat its calls does. `succeeded` says whether any call of it did before.
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
