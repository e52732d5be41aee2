use super::{Error, ErrorClass, IdError, StopCause, TransportError, TransportKind};

impl Error {
    /// Returns the kind of this error as one stable word, for programs that have no `match`: scripts, other languages.
    ///
    /// - the words of the classes (see [`ErrorClass`]): `rate_limited`, `transient`, `authentication`, `forbidden`,
    ///   `redirect`, `foreign`, `refused`, `undecodable`, `unexpected`; and `certificate`, for one that is not trusted
    /// - `in_doubt`: a change may or may not have been made
    /// - `incomplete`: a list is not complete, though every page was read
    /// - `quota_store`: the store of a shared quota cannot be used
    /// - `interrupted`, `out_of_time`: the run was stopped, or its deadline passed
    /// - `invalid_offer_id`, `unbuildable`: the input is at fault, and nothing was sent for it
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Build(_) => "unbuildable",
            Self::Transport(TransportError { kind: TransportKind::Certificate, .. }) => "certificate",
            Self::InDoubt(_) => "in_doubt",
            Self::Stopped(StopCause::Requested) => "interrupted",
            Self::Stopped(StopCause::DeadlinePassed) => "out_of_time",
            Self::Exhausted { last, .. } => last.kind(),
            Self::Incomplete(incomplete) => incomplete.reason.error().map_or("incomplete", Self::kind),
            Self::InvalidOfferId { .. } => "invalid_offer_id",
            Self::QuotaStore(error) => error.class().map_or("quota_store", ErrorClass::word),
            Self::Transport(_) | Self::Api(_) | Self::Decode(_) | Self::MissingRow => {
                self.class().map_or("unexpected", ErrorClass::word)
            }
        }
    }
}

impl IdError {
    /// Returns the kind of this outcome as one stable word: `unapproved` (answered without a URL), `absent` (proved to
    /// have no row), `unproved` (no row, and no proof), `not_attempted` (the run ended first), `in_doubt`, or the
    /// [kind](Error::kind) of the error for which the id was refused or its call failed.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NoLink(_) => "unapproved",
            Self::NoRow => "absent",
            Self::Unanswered => "unproved",
            Self::Refused(error) | Self::Failed(error) => error.kind(),
            Self::InDoubt(_) => "in_doubt",
            Self::NotAttempted(_) => "not_attempted",
        }
    }
}

impl ErrorClass {
    fn word(self) -> &'static str {
        match self {
            Self::RateLimited => "rate_limited",
            Self::Transient => "transient",
            Self::Authentication => "authentication",
            Self::Forbidden => "forbidden",
            Self::Redirect => "redirect",
            Self::Foreign => "foreign",
            Self::Refused => "refused",
            Self::Undecodable => "undecodable",
            Self::Unexpected => "unexpected",
        }
    }
}
