use std::fmt;

use offerslook_core::{Error, ErrorClass, StopCause, TransportKind};
use serde::{Deserialize, Serialize};

use crate::exit::Exit;

/// The class of an error, as one stable word: the `kind` of a row's error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    RateLimited,
    Transient,
    Authentication,
    Forbidden,
    /// The certificate of the service is not trusted.
    Certificate,
    Redirect,
    Foreign,
    Refused,
    Undecodable,
    Unexpected,
    OutOfTime,
    Interrupted,
    /// The store of the quota cannot be used.
    QuotaStore,
    /// A parameter was to be appended to a link that has one of that name.
    ParameterPresent,
    /// None of these, and any word of a newer version.
    #[serde(other)]
    Other,
}

impl Kind {
    pub(crate) fn of(error: &Error) -> Self {
        if is_about_certificate(error) {
            return Self::Certificate;
        }
        match (error.class(), stop_cause(error)) {
            (Some(ErrorClass::RateLimited), _) => Self::RateLimited,
            (Some(ErrorClass::Transient), _) => Self::Transient,
            (Some(ErrorClass::Authentication), _) => Self::Authentication,
            (Some(ErrorClass::Forbidden), _) => Self::Forbidden,
            (Some(ErrorClass::Redirect), _) => Self::Redirect,
            (Some(ErrorClass::Foreign), _) => Self::Foreign,
            (Some(ErrorClass::Refused), _) => Self::Refused,
            (Some(ErrorClass::Undecodable), _) => Self::Undecodable,
            (Some(ErrorClass::Unexpected), _) => Self::Unexpected,
            (None, _) if is_about_quota_store(error) => Self::QuotaStore,
            (_, Some(StopCause::DeadlinePassed)) => Self::OutOfTime,
            (_, Some(StopCause::Requested)) => Self::Interrupted,
            _ => Self::Other,
        }
    }

    /// Returns the exit code if this error decides it. `answered` says whether any id was answered: a 403 before that is
    /// about the credentials, one after it about the request.
    pub(crate) fn exit(self, answered: bool) -> Exit {
        match self {
            Self::Forbidden if answered => Exit::Refused,
            Self::Authentication | Self::Forbidden => Exit::Authentication,
            Self::Redirect | Self::Refused | Self::Unexpected => Exit::Refused,
            Self::QuotaStore => Exit::Usage,
            Self::Transient | Self::Certificate | Self::OutOfTime => Exit::Unavailable,
            Self::RateLimited => Exit::RateLimited,
            Self::Foreign | Self::Undecodable => Exit::NotUnderstood,
            Self::Interrupted => Exit::Interrupted,
            Self::ParameterPresent | Self::Other => Exit::Other,
        }
    }
}

/// The word that stands in the rows.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// Whether the certificate of the service was not trusted.
pub(crate) fn is_about_certificate(error: &Error) -> bool {
    match error {
        Error::Transport(error) => error.kind == TransportKind::Certificate,
        Error::InDoubt(last) | Error::Exhausted { last, .. } => is_about_certificate(last),
        Error::Incomplete(incomplete) => incomplete.reason.error().is_some_and(is_about_certificate),
        _ => false,
    }
}

fn is_about_quota_store(error: &Error) -> bool {
    match error {
        Error::QuotaStore(_) => true,
        Error::Incomplete(incomplete) => incomplete.reason.error().is_some_and(is_about_quota_store),
        _ => false,
    }
}

fn stop_cause(error: &Error) -> Option<StopCause> {
    match error {
        Error::Stopped(cause) => Some(*cause),
        Error::InDoubt(last) | Error::Exhausted { last, .. } => stop_cause(last),
        Error::Incomplete(incomplete) => incomplete.reason.error().and_then(stop_cause),
        _ => None,
    }
}
