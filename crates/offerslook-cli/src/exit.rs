use std::process::ExitCode;

/// What the process ends with. The codes are documented in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Every id has a link.
    Success,
    /// What no other code stands for: an output that cannot be written, say.
    Other,
    /// The command line, the environment or a file that they name is at fault. Nothing was sent.
    Usage,
    /// Every id was answered or refused, and some have no link.
    SomeWithoutLink,
    /// The key, the e-mail address or this machine's IP address is not accepted.
    Authentication,
    /// The API does not do what was asked.
    Refused,
    /// The network or the service failed, or the time was up.
    Unavailable,
    /// The rate limit outlasted the retries.
    RateLimited,
    /// An answer could not be understood.
    NotUnderstood,
    /// By Ctrl-C or a request to terminate.
    Interrupted,
}

impl Exit {
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Other => 1,
            Self::Usage => 2,
            Self::SomeWithoutLink => 3,
            Self::Authentication => 4,
            Self::Refused => 5,
            Self::Unavailable => 6,
            Self::RateLimited => 7,
            Self::NotUnderstood => 8,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}
