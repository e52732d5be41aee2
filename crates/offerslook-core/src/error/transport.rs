use std::{error, fmt};

use super::ErrorClass;

/// Why no whole answer came back. The same fault gives the same error in every adapter.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TransportError {
    /// What happened.
    pub kind: TransportKind,
    /// Whether the request can have reached the service.
    pub delivery: Delivery,
    /// The host that was called, where it is known.
    pub host: Option<Box<str>>,
    /// What the library underneath said.
    pub source: Option<std::sync::Arc<dyn error::Error + Send + Sync>>,
}

/// What happened to a call that has no whole answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportKind {
    /// The host's name has no address.
    UnknownHost,
    /// No connection to the host: refused, unreachable.
    Connect,
    /// The TLS handshake failed.
    Tls,
    /// The certificate of the host is not trusted.
    Certificate,
    /// The connection was not there in time: name look-up, TCP and TLS together.
    ConnectTimeout,
    /// The call was not over in time.
    Timeout,
    /// The proxy did not let the call through.
    Proxy,
    /// The connection ended before the answer did.
    Interrupted,
    /// The answer's body is larger than the cap.
    BodyTooLarge,
    /// What came back is not HTTP, or not what its headers announce.
    Malformed,
    /// The adapter cannot send such a request.
    Unsendable,
    /// The driver never told what became of the call.
    NeverAnswered,
}

/// Whether a request can have reached the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// It was not sent: the service cannot have acted on it.
    NotSent,
    /// It may have been received.
    Unknown,
}

impl TransportError {
    /// An error of this kind.
    #[must_use]
    pub fn new(kind: TransportKind, delivery: Delivery) -> Self {
        Self { kind, delivery, host: None, source: None }
    }

    /// Adds the host that was called: the host alone, since a whole URL may hold secrets.
    #[must_use]
    pub fn with_host(self, host: Option<&str>) -> Self {
        Self { host: host.map(Into::into), ..self }
    }

    /// Adds what the library underneath said.
    #[must_use]
    pub fn with_source(self, source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into().into()), ..self }
    }

    /// The row of the table.
    #[must_use]
    pub fn class(&self) -> ErrorClass {
        match self.kind {
            TransportKind::BodyTooLarge => ErrorClass::Foreign,
            TransportKind::Unsendable | TransportKind::Certificate => ErrorClass::Unexpected,
            _ => ErrorClass::Transient,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.host.as_deref().unwrap_or("the service");
        match self.kind {
            TransportKind::UnknownHost => write!(f, "the host {host} cannot be found"),
            TransportKind::Connect => write!(f, "cannot connect to {host}"),
            TransportKind::Tls => write!(f, "no secure connection to {host}"),
            TransportKind::Certificate => write!(f, "the certificate of {host} is not trusted"),
            TransportKind::ConnectTimeout => write!(f, "no connection to {host} in time"),
            TransportKind::Timeout => write!(f, "no whole answer from {host} in time"),
            TransportKind::Proxy => write!(f, "the proxy does not connect to {host}"),
            TransportKind::Interrupted => write!(f, "the connection to {host} ended before the answer did"),
            TransportKind::BodyTooLarge => write!(f, "the answer from {host} is too large"),
            TransportKind::Malformed => write!(f, "the answer from {host} is not valid HTTP"),
            TransportKind::Unsendable => write!(f, "this transport cannot send the request to {host}"),
            TransportKind::NeverAnswered => write!(f, "the call to {host} was given up: nothing came of it"),
        }
    }
}

impl error::Error for TransportError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}
