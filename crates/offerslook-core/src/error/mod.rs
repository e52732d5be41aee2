//! What can go wrong with a call, what it means, and what a person should do about it.
//!
//! [`ErrorClass`] is the one table that sorts every answer.

mod advice;
mod api;
mod api_code;
mod build;
mod class;
mod decode;
mod kept_body;
mod stop;
mod transport;

use std::time::Duration;

pub use api::ApiError;
pub use api_code::ApiCode;
pub use build::BuildError;
pub use class::{ErrorClass, NextStep};
pub use decode::{DecodeError, DecodeFault};
pub use kept_body::KeptBody;
pub(crate) use kept_body::one_line;
pub use stop::StopCause;
pub use transport::{Delivery, TransportError, TransportKind};

use crate::types::Secrets;

/// Why a call has no result.
///
/// Its `Display` form says what happened, in one line, and never holds credentials.
/// [`Error::advice`] says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be built; nothing was sent.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// No whole answer came back.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The API answered that it did not do it.
    #[error(transparent)]
    Api(#[from] Box<ApiError>),
    /// The answer says success, or nothing, but cannot be understood.
    #[error(transparent)]
    Decode(#[from] Box<DecodeError>),
    /// A change was sent and may have been made or not: the last error tells why nobody knows.
    #[error("the change may have been made or not: {0}")]
    InDoubt(Box<Error>),
    /// The API answered for other ids of the same change, but not for this one.
    #[error("the answer has no row for this id")]
    NoRow,
    /// The job ended before the call was answered.
    #[error("{0}")]
    Stopped(StopCause),
    /// All attempts failed.
    #[error("{last} (after {attempts} attempts)")]
    Exhausted {
        /// How many times the call was sent.
        attempts: u32,
        /// The error of the last attempt.
        last: Box<Error>,
    },
}

impl Error {
    /// What the answer, or its lack, means: the row of the table that it falls in. `None` for a call
    /// that was never sent.
    #[must_use]
    pub fn class(&self) -> Option<ErrorClass> {
        match self {
            Self::Build(_) | Self::Stopped(_) => None,
            Self::Transport(error) => Some(error.class()),
            Self::Api(error) => Some(error.class()),
            Self::Decode(error) => Some(error.class()),
            Self::NoRow => Some(ErrorClass::Undecodable),
            Self::InDoubt(last) | Self::Exhausted { last, .. } => last.class(),
        }
    }

    /// Whether the service does not accept the credentials, or this machine's address.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        matches!(self.class(), Some(ErrorClass::Authentication | ErrorClass::Forbidden))
    }

    /// Whether the shared quota was used up.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.class() == Some(ErrorClass::RateLimited)
    }

    /// Whether the same call may succeed a little later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.class().is_some_and(|meaning| meaning.next_step(false) == NextStep::Retry)
    }

    /// How long the service asked to wait before the next call.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after,
            Self::InDoubt(last) | Self::Exhausted { last, .. } => last.retry_after(),
            Self::Build(_) | Self::Transport(_) | Self::Decode(_) | Self::NoRow | Self::Stopped(_) => None,
        }
    }

    /// The bytes of the bad answer, where there was one.
    #[must_use]
    pub fn body(&self) -> Option<&KeptBody> {
        match self {
            Self::Api(error) => Some(&error.body),
            Self::Decode(error) => Some(&error.body),
            Self::InDoubt(last) | Self::Exhausted { last, .. } => last.body(),
            Self::Build(_) | Self::Transport(_) | Self::NoRow | Self::Stopped(_) => None,
        }
    }

    /// The same without these secrets in any text that the service sent. The kept [`Error::body`] stays as it came.
    #[must_use]
    pub fn redacted(mut self, secrets: &Secrets) -> Self {
        self.redact(secrets);
        self
    }

    fn redact(&mut self, secrets: &Secrets) {
        match self {
            Self::Api(error) => error.redact(secrets),
            Self::Decode(error) => error.redact(secrets),
            Self::InDoubt(last) | Self::Exhausted { last, .. } => last.redact(secrets),
            Self::Build(_) | Self::Transport(_) | Self::NoRow | Self::Stopped(_) => {}
        }
    }

    /// Whether it is known that the service did not act on the call: it was not reached, or it turned
    /// the call away before any work (429, or 503 with `Retry-After`).
    #[must_use]
    pub fn is_known_undone(&self) -> bool {
        match self {
            Self::Build(_) => true,
            Self::Transport(error) => error.delivery == Delivery::NotSent,
            Self::Api(error) => {
                self.is_rate_limited() || (error.status.as_u16() == 503 && error.retry_after.is_some())
            }
            Self::Decode(_) | Self::NoRow | Self::Stopped(_) | Self::InDoubt(_) => false,
            Self::Exhausted { last, .. } => last.is_known_undone(),
        }
    }
}
