use std::fmt;

use offerslook_core::Error;
use serde::{
    Deserialize, Serialize,
    de::{
        IntoDeserializer,
        value::{Error as ValueError, StrDeserializer},
    },
};

use crate::exit::Exit;

/// The kind of an error, as the stable word of [`Error::kind`]: the `kind` of a row's error.
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
        // That a change is in doubt is the status of its row; this is why.
        let error = if let Error::InDoubt(last) = error { last } else { error };
        let word: StrDeserializer<'_, ValueError> = error.kind().into_deserializer();
        Self::deserialize(word).unwrap_or(Self::Other)
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
