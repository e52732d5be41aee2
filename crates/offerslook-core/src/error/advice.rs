use super::{BuildError, Error, ErrorClass, StopCause, TransportError, TransportKind};

impl Error {
    /// Returns one sentence that tells a person what to do next.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Build(BuildError::UriTooLong { .. } | BuildError::TooManyIds { .. }) => {
                "Ask for fewer ids in one call."
            }
            Self::Build(BuildError::PathArgument { .. }) => {
                "Use another value: this one cannot be part of a path."
            }
            Self::Build(_) => "This is a bug in the program, not in its input: report it.",
            Self::Transport(error) => of_transport(error),
            Self::InDoubt(_) => "Check whether the change was made before you send it again.",
            Self::Stopped(StopCause::Requested) => "Start the run again to continue.",
            Self::Stopped(StopCause::DeadlinePassed) => "Allow more time, or ask for less at once.",
            Self::Exhausted { last, .. } => last.advice(),
            Self::QuotaStore(error) => error.advice(),
            Self::Incomplete(incomplete) => match incomplete.reason.error() {
                Some(error) => error.advice(),
                None => "Read the list again; it may be changing.",
            },
            Self::InvalidOfferId { .. } => "Leave that element out of the input.",
            Self::Api(_) | Self::Decode(_) | Self::MissingRow => self.class().map_or("", of_class),
        }
    }
}

fn of_transport(error: &TransportError) -> &'static str {
    match error.kind {
        TransportKind::UnknownHost => "Check the network name or the base URL, and this machine's DNS.",
        TransportKind::Connect => "Check the base URL and this machine's network, and try again.",
        TransportKind::Tls => {
            "Check that the base URL names the API's host and port, and that no proxy changes the connection."
        }
        TransportKind::Certificate => {
            "Check the base URL and this machine's clock; add a private certificate authority to the root certificates."
        }
        TransportKind::ConnectTimeout | TransportKind::Timeout => "Try again, or allow more time.",
        TransportKind::Proxy => "Check the proxy that the environment names, or add the host to NO_PROXY.",
        TransportKind::BodyTooLarge => "Ask for less in one call, and check the base URL.",
        TransportKind::Unsendable => "This is a bug in the program, not in its input: report it.",
        TransportKind::Interrupted | TransportKind::Malformed | TransportKind::NeverAnswered => {
            "Try again; if the error persists, check the base URL and any proxy."
        }
    }
}

fn of_class(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::RateLimited => {
            "Wait a little: all affiliates of the network share its rate limit (50 calls per 10 seconds by default)."
        }
        ErrorClass::Transient => "Try again later: the service, or a proxy in front of it, is failing.",
        ErrorClass::Authentication | ErrorClass::Forbidden => {
            "Check the e-mail address and the API key, and that this machine's IP address is on the key's allow-list."
        }
        ErrorClass::Redirect => "Check the base URL: it must be the API domain itself, with https.",
        ErrorClass::Foreign => "Check the base URL: something other than the API answered.",
        ErrorClass::Refused => {
            "Check the input against the message; if there is none, check the base URL too."
        }
        ErrorClass::Undecodable | ErrorClass::Unexpected => {
            "The service may have changed: report the response, and look for a newer version of this client."
        }
    }
}
