use std::fmt;

/// Why a run ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StopCause {
    /// The caller stopped it.
    Requested,
    /// Its deadline passed.
    DeadlinePassed,
}

impl fmt::Display for StopCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Requested => "stopped before the response arrived",
            Self::DeadlinePassed => "the deadline passed before the response arrived",
        })
    }
}
