//! What reqwest's errors mean.

use std::{error::Error, io};

use http::Uri;
use hyper_util::client::legacy::connect::{HttpConnector, proxy::Tunnel};
use offerslook_core::{
    Delivery::{NotSent, Unknown},
    TransportError,
    TransportKind::{
        self, Connect, ConnectTimeout, Interrupted, Malformed, Proxy, Tls, UnknownHost, Unsendable,
    },
};
use rustls::pki_types::InvalidDnsNameError;
use tower_service::Service;

/// It has no name of its own.
type TunnelError = <Tunnel<HttpConnector> as Service<Uri>>::Error;

/// Why no whole answer came.
pub(crate) fn of(error: reqwest::Error, is_proxied: bool) -> TransportError {
    // The URL is none of the error's business.
    let error = error.without_url();
    let (kind, delivery) = if error.is_builder() {
        (Unsendable, NotSent)
    } else if error.is_connect() {
        (of_connecting(&error, is_proxied), NotSent)
    } else if is_malformed(&error) {
        (Malformed, Unknown)
    } else if has_cause::<rustls::Error>(&error) {
        (Tls, Unknown)
    } else {
        (Interrupted, Unknown)
    };
    TransportError::new(kind, delivery).with_source(error)
}

fn of_connecting(error: &reqwest::Error, is_proxied: bool) -> TransportKind {
    let refused = [
        io::ErrorKind::ConnectionRefused,
        io::ErrorKind::HostUnreachable,
        io::ErrorKind::NetworkUnreachable,
        io::ErrorKind::AddrNotAvailable,
    ];
    if error.is_timeout() {
        ConnectTimeout
    } else if is_proxied {
        // What is behind the tunnel is not the proxy's.
        if has_cause::<TunnelError>(error) { Proxy } else { Tls }
    } else if error.is_dns() || has_cause::<InvalidDnsNameError>(error) {
        UnknownHost
    } else if io_causes(error).any(|cause| refused.contains(&cause)) {
        Connect
    } else {
        Tls
    }
}

fn is_malformed(error: &reqwest::Error) -> bool {
    causes(error).filter_map(<dyn Error>::downcast_ref).any(hyper::Error::is_parse)
        // What hyper has to say of a chunk.
        || io_causes(error).any(|kind| matches!(kind, io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput))
            && !has_cause::<rustls::Error>(error)
}

fn io_causes(error: &reqwest::Error) -> impl Iterator<Item = io::ErrorKind> {
    causes(error).filter_map(<dyn Error>::downcast_ref).map(io::Error::kind)
}

fn has_cause<E: Error + 'static>(error: &reqwest::Error) -> bool {
    causes(error).any(<dyn Error>::is::<E>)
}

/// The error, what caused it, and so on.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let first: &(dyn Error + 'static) = error;
    std::iter::successors(Some(first), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            // An I/O error passes over what it wraps.
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
}
