use std::{error::Error, fmt, sync::Arc};

use offerslook_core::{Delivery, TransportError, TransportKind};

use crate::fault::is_caused_by;

/// Why there is no connection. Nothing of the request went out.
#[derive(Clone, Debug)]
pub(crate) struct ConnectFault {
    kind: TransportKind,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl ConnectFault {
    pub(super) fn new(kind: TransportKind, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, cause: Some(cause.into().into()) }
    }

    pub(super) fn timeout() -> Self {
        Self { kind: TransportKind::ConnectTimeout, cause: None }
    }

    /// What a connector of the caller's met.
    pub(super) fn of_custom(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let cause = cause.into();
        let is_tls = is_caused_by::<rustls::Error>(&*cause);
        Self::new(if is_tls { TransportKind::Tls } else { TransportKind::Connect }, cause)
    }

    /// The same fault, met on the way to a proxy.
    pub(super) fn of_the_proxy(self) -> Self {
        Self { kind: TransportKind::Proxy, ..self }
    }
}

impl From<ConnectFault> for TransportError {
    fn from(fault: ConnectFault) -> Self {
        let error = Self::new(fault.kind, Delivery::NotSent);
        match fault.cause {
            Some(cause) => error.with_source(Box::new(cause)),
            None => error,
        }
    }
}

impl fmt::Display for ConnectFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no connection")
    }
}

impl Error for ConnectFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let cause: &(dyn Error + 'static) = self.cause.as_deref()?;
        Some(cause)
    }
}
