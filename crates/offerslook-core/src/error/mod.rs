//! What can go wrong with a call, how errors are classified, and what to do about each.
//!
//! [`ErrorClass`] holds the one table that classifies every response.

mod advice;
mod api;
mod api_code;
mod build;
mod class;
mod decode;
mod id_error;
mod incomplete;
mod kept_body;
mod kind;
mod stop;
mod store;
mod transport;

use std::{fmt, sync::Arc, time::Duration};

pub use api::ApiError;
pub use api_code::ApiCode;
pub use build::BuildError;
pub use class::{ErrorClass, NextStep};
pub use decode::{DecodeError, DecodeFault};
pub use id_error::{IdError, NoLink};
pub use incomplete::{Incomplete, IncompleteReason};
pub use kept_body::KeptBody;
pub(crate) use kept_body::one_line;
pub use stop::StopCause;
pub use store::{StoreError, StoreErrorKind};
pub use transport::{Delivery, TransportError, TransportKind};

use crate::types::Secrets;

/// Why a call has no result, or why a run ended early.
///
/// `Display` says in one line what happened, and never shows credentials. [`Error::advice`] says what to do next.
/// Cloning is cheap: the parts are shared.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be built. Nothing was sent.
    Build(BuildError),
    /// No complete response arrived.
    Transport(TransportError),
    /// The API answered with a failure.
    Api(Arc<ApiError>),
    /// The response has a success status but cannot be decoded.
    Decode(Arc<DecodeError>),
    /// A change was sent, and it is unknown whether it was made. Holds the error that left it in doubt.
    InDoubt(Arc<Error>),
    /// The response to a change has no row for this id.
    MissingRow,
    /// The run was stopped before the call was answered.
    Stopped(StopCause),
    /// Every attempt failed.
    Exhausted {
        /// How many times the call was sent.
        attempts: u32,
        /// The error of the last attempt.
        last: Arc<Error>,
    },
    /// The store of the shared quota gave no slot for the call.
    QuotaStore(StoreError),
    /// A listing ended without all of its rows.
    Incomplete(Incomplete),
    /// An element of the input is not an offer id.
    InvalidOfferId {
        /// The value.
        value: u64,
        /// Its position in the input, from 0 on.
        position: u64,
    },
}

impl Error {
    /// Returns the class of this error; see [`ErrorClass`]. `None` if no call failed: a request that could not be
    /// built, a stopped run, invalid input.
    #[must_use]
    pub fn class(&self) -> Option<ErrorClass> {
        match self {
            Self::Build(_) | Self::Stopped(_) | Self::InvalidOfferId { .. } => None,
            Self::Transport(error) => Some(error.class()),
            Self::Api(error) => Some(error.class()),
            Self::Decode(error) => Some(error.class()),
            Self::MissingRow => Some(ErrorClass::Undecodable),
            Self::QuotaStore(error) => error.class(),
            Self::InDoubt(last) | Self::Exhausted { last, .. } => last.class(),
            Self::Incomplete(incomplete) => incomplete.reason.error().and_then(Self::class),
        }
    }

    /// Returns `true` if the service did not accept the credentials or this machine's address.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        matches!(self.class(), Some(ErrorClass::Authentication | ErrorClass::Forbidden))
    }

    /// Returns `true` if the shared rate limit was exceeded.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.class() == Some(ErrorClass::RateLimited)
    }

    /// Returns `true` if the same call may succeed later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.class().is_some_and(|class| class.next_step(false) == NextStep::Retry)
    }

    /// Returns how long the service asked to wait before the next call.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after,
            _ => self.cause()?.retry_after(),
        }
    }

    /// Returns the body of the response that failed, if there was a response.
    #[must_use]
    pub fn body(&self) -> Option<&KeptBody> {
        match self {
            Self::Api(error) => Some(&error.body),
            Self::Decode(error) => Some(&error.body),
            _ => self.cause()?.body(),
        }
    }

    /// Returns `true` if the service is known not to have acted on the call: it was never reached, or it rejected the
    /// call before any work (429, or 503 with `Retry-After`).
    #[must_use]
    pub fn is_known_undone(&self) -> bool {
        match self {
            Self::Build(_) | Self::InvalidOfferId { .. } | Self::QuotaStore(_) => true,
            Self::Transport(error) => error.delivery == Delivery::NotSent,
            Self::Api(error) => {
                self.is_rate_limited() || (error.status.as_u16() == 503 && error.retry_after.is_some())
            }
            Self::Exhausted { last, .. } => last.is_known_undone(),
            Self::Decode(_)
            | Self::MissingRow
            | Self::Stopped(_)
            | Self::InDoubt(_)
            | Self::Incomplete(_) => false,
        }
    }

    /// Removes these secrets from every text that the service sent, [`body`](Self::body) included.
    #[must_use]
    pub fn redacted(mut self, secrets: &Secrets) -> Self {
        self.redact(secrets);
        self
    }

    fn redact(&mut self, secrets: &Secrets) {
        match self {
            Self::Api(error) => Arc::make_mut(error).redact(secrets),
            Self::Decode(error) => Arc::make_mut(error).redact(secrets),
            Self::InDoubt(last) | Self::Exhausted { last, .. } => Arc::make_mut(last).redact(secrets),
            Self::Incomplete(incomplete) => {
                if let IncompleteReason::PageFailed { error, .. } = &mut incomplete.reason {
                    Arc::make_mut(error).redact(secrets);
                }
            }
            Self::Build(_)
            | Self::Transport(_)
            | Self::MissingRow
            | Self::Stopped(_)
            | Self::QuotaStore(_)
            | Self::InvalidOfferId { .. } => {}
        }
    }

    /// The error inside this one, whose text is part of this one's.
    fn cause(&self) -> Option<&Self> {
        match self {
            Self::InDoubt(last) | Self::Exhausted { last, .. } => Some(last),
            Self::Incomplete(incomplete) => incomplete.reason.error(),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::InDoubt(last) => write!(f, "the change may or may not have been made: {last}"),
            Self::MissingRow => f.write_str("the response has no row for this id"),
            Self::Stopped(cause) => cause.fmt(f),
            Self::Exhausted { attempts: 1, last } => write!(f, "{last} (after 1 attempt)"),
            Self::Exhausted { attempts, last } => write!(f, "{last} (after {attempts} attempts)"),
            Self::QuotaStore(error) => error.fmt(f),
            Self::Incomplete(incomplete) => incomplete.fmt(f),
            Self::InvalidOfferId { value, position } => {
                write!(f, "{value} at position {position} of the input is not an offer id: ids start at 1")
            }
        }
    }
}

impl std::error::Error for Error {
    /// Returns the error of the HTTP library. The errors in between are skipped: `Display` prints them.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            _ => self.cause()?.source(),
        }
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(Arc::new(error))
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(Arc::new(error))
    }
}
