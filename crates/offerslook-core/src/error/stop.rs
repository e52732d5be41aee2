use std::fmt;

/// Why a job ended before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StopCause {
    /// It was told to.
    Requested,
    /// It ran out of the time that it was given.
    DeadlinePassed,
}

impl fmt::Display for StopCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Requested => "stopped before the answer came",
            Self::DeadlinePassed => "out of time before the answer came",
        })
    }
}
