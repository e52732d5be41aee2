use super::{BuildError, Error, ErrorClass, StopCause, TransportError, TransportKind};

impl Error {
    /// One sentence for a person: what to do next.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Build(BuildError::UriTooLong { .. } | BuildError::TooManyIds { .. }) => {
                "Ask for fewer ids in one call."
            }
            Self::Build(BuildError::PathArgument { .. }) => {
                "Give another value: this one cannot stand in an address."
            }
            Self::Build(_) => "This is a fault of the program, not of its input: report it.",
            Self::Transport(error) => of_transport(error),
            Self::InDoubt(_) => {
                "Look up the state of what was to be changed before you ask for the change again."
            }
            Self::Stopped(StopCause::Requested) => "Start it again to go on.",
            Self::Stopped(StopCause::DeadlinePassed) => "Allow more time, or ask for less at a time.",
            Self::Exhausted { last, .. } => last.advice(),
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
        TransportKind::UnknownHost => {
            "Check the network name or the base URL, and this machine's name service."
        }
        TransportKind::Connect => "Check the base URL and this machine's network, and try again.",
        TransportKind::Tls => {
            "Check the base URL and this machine's clock; a private certificate authority must be named."
        }
        TransportKind::Certificate => {
            "Check the base URL and this machine's clock; name a private certificate authority with the root certificates."
        }
        TransportKind::ConnectTimeout | TransportKind::Timeout => "Try again, or allow more time.",
        TransportKind::Proxy => "Check the proxy that the environment names, or except the host from it.",
        TransportKind::BodyTooLarge => "Ask for less in one call, and check the base URL.",
        TransportKind::Unsendable => "This is a fault of the program, not of its input: report it.",
        TransportKind::Interrupted | TransportKind::Malformed | TransportKind::NeverAnswered => {
            "Try again; if it stays so, check the base URL and any proxy in between."
        }
    }
}

fn of_class(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::RateLimited => {
            "Wait a little: the quota (50 calls in 10 seconds unless raised) is shared by all affiliates of the network."
        }
        ErrorClass::Transient => "Try again later: the service, or something before it, is in trouble.",
        ErrorClass::Authentication | ErrorClass::Forbidden => {
            "Check the e-mail address and the API key, and that this machine's IP address is on the key's allow-list."
        }
        ErrorClass::Redirect => "Check the base URL: it must be the API domain itself, with https.",
        ErrorClass::Foreign => "Check the base URL: something other than the API answers there.",
        ErrorClass::Refused => {
            "Check what was asked for against the message; where there is none, check the base URL too."
        }
        ErrorClass::Undecodable | ErrorClass::Unexpected => {
            "The service may have changed: report the answer, and look for a newer version of this client."
        }
    }
}
