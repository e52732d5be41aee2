//! What hyper's errors mean.

use std::{error::Error, io};

use hyper_util::client::legacy;
use offerslook_core::{Delivery, TransportError, TransportKind};

use crate::connector::ConnectFault;

/// Why no head of an answer came. `is_connected`: whether there was a connection to send the request on.
pub(crate) fn of_call(error: legacy::Error, is_connected: bool) -> TransportError {
    if let Some(fault) = causes(&error).find_map(|cause| cause.downcast_ref::<ConnectFault>()) {
        return fault.clone().into();
    }
    // Cancelled is what hyper calls a request that it hands back before it wrote any of it.
    let is_unwritten = causes(&error)
        .any(|cause| cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled));
    let delivery = if is_connected && !is_unwritten { Delivery::Unknown } else { Delivery::NotSent };
    TransportError::new(kind(&error), delivery).with_source(error)
}

/// Why the body of an answer did not come whole.
pub(crate) fn of_body(error: hyper::Error) -> TransportError {
    TransportError::new(kind(&error), Delivery::Unknown).with_source(error)
}

fn kind(error: &(dyn Error + 'static)) -> TransportKind {
    if is_caused_by::<rustls::Error>(error) {
        return TransportKind::Tls;
    }
    causes(error).find_map(kind_of_one).unwrap_or(TransportKind::Interrupted)
}

fn kind_of_one(cause: &(dyn Error + 'static)) -> Option<TransportKind> {
    if cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse) {
        return Some(TransportKind::Malformed);
    }
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
