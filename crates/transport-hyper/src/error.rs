use offerslook_client::tls;
use offerslook_core::{Delivery, TransportError, TransportKind, transport::Stage};

/// Translates an error of a connection that was made.
pub(crate) fn of_hyper(error: hyper::Error, delivery: Delivery) -> TransportError {
    let kind = match tls::classify(&error, Stage::Exchange).0 {
        tls_kind @ (TransportKind::Tls | TransportKind::Certificate) => tls_kind,
        _ if error.is_parse() => TransportKind::Malformed,
        other => other,
    };
    TransportError::new(kind, delivery).with_source(error)
}

/// Translates an error that came while connecting: nothing was sent.
pub(crate) fn of_connecting(
    error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    stage: Stage,
) -> TransportError {
    let error = error.into();
    TransportError::new(tls::classify(&*error, stage).0, Delivery::NotSent).with_source(error)
}
