//! What hyper's errors mean.

use std::{error::Error, io};

use offerslook_core::{Delivery, TransportError, TransportKind};

/// Why no whole answer came over a connection.
pub(crate) fn of(error: hyper::Error, delivery: Delivery) -> TransportError {
    let kind = if is_caused_by::<rustls::Error>(&error) {
        TransportKind::Tls
    } else if error.is_parse() {
        TransportKind::Malformed
    } else {
        causes(&error).find_map(kind_of_io).unwrap_or(TransportKind::Interrupted)
    };
    TransportError::new(kind, delivery).with_source(error)
}

fn kind_of_io(cause: &(dyn Error + 'static)) -> Option<TransportKind> {
    match cause.downcast_ref::<io::Error>()?.kind() {
        // What hyper has to say of a chunk.
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Some(TransportKind::Malformed),
        io::ErrorKind::TimedOut => Some(TransportKind::Timeout),
        _ => None,
    }
}

/// Whether an error of this type is behind it.
pub(crate) fn is_caused_by<E: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    causes(error).any(<dyn Error>::is::<E>)
}

/// The error, what caused it, and so on.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            // An I/O error passes over what it wraps.
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
}
