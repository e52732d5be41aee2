use std::{error::Error, io, iter};

use crate::error::{
    Delivery::{self, NotSent, Unknown},
    TransportError, TransportKind,
};

/// The step of an exchange that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The DNS lookup.
    Resolve,
    /// TCP.
    Connect,
    /// The connection to the proxy, or the tunnel through it.
    Proxy,
    /// The TLS handshake.
    Tls,
    /// Any of the steps before sending, for libraries that do not name the step.
    Connecting,
    /// Sending and receiving, or a step that the library does not name.
    Exchange,
}

/// Classifies an error by the stage in which it came and the [`io::Error`]s among its causes.
///
/// Before [`Stage::Exchange`] nothing was sent, and a timeout is a [`TransportKind::ConnectTimeout`]. In
/// [`Stage::Connecting`], a connection that is refused or a host that cannot be reached is [`TransportKind::Connect`], and
/// anything else is [`TransportKind::Tls`]. In
/// [`Stage::Exchange`] a refused connection still means that nothing was sent, a timeout is a
/// [`TransportKind::Timeout`], invalid data is [`TransportKind::Malformed`], and anything else is
/// [`TransportKind::Interrupted`].
///
/// ```
/// use std::io;
/// use offerslook_core::{Delivery, TransportKind, transport::{Stage, classify_io}};
///
/// let error = io::Error::from(io::ErrorKind::ConnectionReset);
/// assert_eq!(classify_io(&error, Stage::Connect), (TransportKind::Connect, Delivery::NotSent));
/// assert_eq!(classify_io(&error, Stage::Exchange), (TransportKind::Interrupted, Delivery::Unknown));
/// ```
#[must_use]
pub fn classify_io(error: &(dyn Error + 'static), stage: Stage) -> (TransportKind, Delivery) {
    let mut kinds = causes(error).filter_map(<dyn Error>::downcast_ref).map(io::Error::kind);
    let kind = match stage {
        Stage::Resolve => TransportKind::UnknownHost,
        Stage::Connect => TransportKind::Connect,
        Stage::Proxy => TransportKind::Proxy,
        Stage::Connecting if kinds.clone().any(is_of_tcp) => TransportKind::Connect,
        Stage::Tls | Stage::Connecting => TransportKind::Tls,
        Stage::Exchange => {
            return kinds.find_map(of_exchange).unwrap_or((TransportKind::Interrupted, Unknown));
        }
    };
    let is_timeout = kinds.any(|kind| matches!(kind, io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock));
    (if is_timeout { TransportKind::ConnectTimeout } else { kind }, NotSent)
}

impl TransportError {
    /// Creates the error of a failed read, write or connection attempt, classified as [`classify_io`] does.
    #[must_use]
    pub fn from_io(error: io::Error, stage: Stage) -> Self {
        let (kind, delivery) = classify_io(&error, stage);
        Self::new(kind, delivery).with_source(error)
    }
}

/// Creates the error of a failed read or write, in [`Stage::Exchange`].
impl From<io::Error> for TransportError {
    fn from(error: io::Error) -> Self {
        Self::from_io(error, Stage::Exchange)
    }
}

fn is_of_tcp(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::AddrNotAvailable
    )
}

fn of_exchange(kind: io::ErrorKind) -> Option<(TransportKind, Delivery)> {
    match kind {
        io::ErrorKind::ConnectionRefused => Some((TransportKind::Connect, NotSent)),
        // A socket with a read timeout reports either, depending on the system.
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Some((TransportKind::Timeout, Unknown)),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Some((TransportKind::Malformed, Unknown)),
        _ => None,
    }
}

/// Returns an error, its cause, the cause of that, and so on.
///
/// Unlike a walk along [`Error::source`], it visits the error that an [`io::Error`] wraps.
pub fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> + Clone {
    iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
}
