use std::{error, fmt, sync::Arc};

use super::ErrorClass;

/// Why no complete response arrived. Every transport reports the same failure in the same way.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TransportError {
    /// What happened.
    pub kind: TransportKind,
    /// Whether the request may have reached the service.
    pub delivery: Delivery,
    /// The host, if it is known.
    pub host: Option<Box<str>>,
    /// The error of the HTTP library.
    pub source: Option<Arc<dyn error::Error + Send + Sync>>,
}

/// What happened to a call without a complete response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportKind {
    /// The name of the host could not be resolved.
    UnknownHost,
    /// The host refused the connection, or is unreachable.
    Connect,
    /// No secure connection: no common protocol, or the handshake failed.
    Tls,
    /// The host's certificate is not trusted.
    Certificate,
    /// The connection (DNS, TCP and TLS) took too long.
    ConnectTimeout,
    /// The call took too long.
    Timeout,
    /// The proxy did not connect to the host.
    Proxy,
    /// The connection was closed before the response was complete.
    Interrupted,
    /// The body of the response is over the limit.
    BodyTooLarge,
    /// The response is not valid HTTP, or not what its headers announce.
    Malformed,
    /// The transport cannot send such a request.
    Unsendable,
    /// The driver never reported a result.
    NeverAnswered,
}

/// Whether a request may have reached the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// It did not reach the service, which cannot have acted on it.
    NotSent,
    /// It may have reached the service.
    Unknown,
}

impl TransportKind {
    /// Returns the delivery that this kind implies: not sent if the failure comes before the request is sent.
    ///
    /// ```
    /// use offerslook_core::{Delivery, TransportKind};
    ///
    /// assert_eq!(TransportKind::Connect.delivery(), Delivery::NotSent);
    /// assert_eq!(TransportKind::Interrupted.delivery(), Delivery::Unknown);
    /// ```
    #[must_use]
    pub fn delivery(self) -> Delivery {
        match self {
            Self::UnknownHost
            | Self::Connect
            | Self::Tls
            | Self::Certificate
            | Self::ConnectTimeout
            | Self::Proxy
            | Self::Unsendable => Delivery::NotSent,
            Self::Timeout
            | Self::Interrupted
            | Self::BodyTooLarge
            | Self::Malformed
            | Self::NeverAnswered => Delivery::Unknown,
        }
    }
}

/// Creates an error with the delivery that its kind implies.
impl From<TransportKind> for TransportError {
    fn from(kind: TransportKind) -> Self {
        Self::new(kind, kind.delivery())
    }
}

impl TransportError {
    /// Creates an error of this kind, where more is known of the delivery than the kind implies.
    #[must_use]
    pub fn new(kind: TransportKind, delivery: Delivery) -> Self {
        Self { kind, delivery, host: None, source: None }
    }

    /// Adds the host. Only the host: a URL may contain secrets.
    #[must_use]
    pub fn with_host(self, host: Option<&str>) -> Self {
        Self { host: host.map(Into::into), ..self }
    }

    /// Adds the error of the HTTP library.
    #[must_use]
    pub fn with_source(self, source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into().into()), ..self }
    }

    /// Returns the class of this error; see [`ErrorClass`].
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
            TransportKind::UnknownHost => write!(f, "the host {host} cannot be resolved"),
            TransportKind::Connect => write!(f, "cannot connect to {host}"),
            TransportKind::Tls => write!(f, "cannot establish a secure connection to {host}"),
            TransportKind::Certificate => write!(f, "the certificate of {host} is not trusted"),
            TransportKind::ConnectTimeout => write!(f, "connecting to {host} timed out"),
            TransportKind::Timeout => write!(f, "the call to {host} timed out"),
            TransportKind::Proxy => write!(f, "the proxy did not connect to {host}"),
            TransportKind::Interrupted => {
                write!(f, "the connection to {host} was closed before the response was complete")
            }
            TransportKind::BodyTooLarge => write!(f, "the response from {host} is too large"),
            TransportKind::Malformed => write!(f, "the response from {host} is not valid HTTP"),
            TransportKind::Unsendable => write!(f, "this transport cannot send the request to {host}"),
            TransportKind::NeverAnswered => write!(f, "the call to {host} was never answered"),
        }
    }
}

impl error::Error for TransportError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}
