use std::fmt;

use offerslook_core::{Error, ErrorClass, StopCause};
use serde::{Deserialize, Serialize};

use crate::exit::Exit;

/// What an error is, in one stable word: the `kind` of a row's error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    RateLimited,
    Transient,
    Authentication,
    Forbidden,
    Redirect,
    Foreign,
    Refused,
    Undecodable,
    Unexpected,
    OutOfTime,
    Interrupted,
    /// A parameter was to be appended to a link that has one of that name.
    ParameterPresent,
    /// None of these, and any word of a newer version.
    #[serde(other)]
    Other,
}

impl Kind {
    pub(crate) fn of(error: &Error) -> Self {
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
            (_, Some(StopCause::DeadlinePassed)) => Self::OutOfTime,
            (_, Some(StopCause::Requested)) => Self::Interrupted,
            _ => Self::Other,
        }
    }

    /// What the process ends with where this error decides it. `answered` says whether any id was: a 403
    /// before that is about the credentials, one after it about what was asked.
    pub(crate) fn exit(self, answered: bool) -> Exit {
        match self {
            Self::Forbidden if answered => Exit::Refused,
            Self::Authentication | Self::Forbidden => Exit::Authentication,
            Self::Redirect | Self::Refused | Self::Unexpected => Exit::Refused,
            Self::Transient | Self::OutOfTime => Exit::Unavailable,
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

fn stop_cause(error: &Error) -> Option<StopCause> {
    match error {
        Error::Stopped(cause) => Some(*cause),
        Error::InDoubt(last) | Error::Exhausted { last, .. } => stop_cause(last),
        _ => None,
    }
}
