use http::{
    HeaderValue, Method, Version,
    header::{ACCEPT_ENCODING, CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING, UPGRADE},
    uri::Scheme,
};

use crate::account::loopback::is_loopback;
use crate::{
    Request,
    error::{Delivery, TransportError, TransportKind},
};

/// The request as it goes out: with `accept-encoding: gzip` unless it says otherwise, and without the
/// extensions that only mean something inside the program.
///
/// # Errors
/// [`TransportKind::Unsendable`] where adapters would differ, or would send credentials readable: anything
/// but an absolute https URI (or http to this machine) without user name, HTTP/1.1, a method other than
/// CONNECT, a true `content-length`, and no `expect`, `transfer-encoding` or `upgrade`.
pub fn sendable(request: Request) -> Result<Request, TransportError> {
    if let Some(fault) = fault(&request) {
        return Err(TransportError::new(TransportKind::Unsendable, Delivery::NotSent)
            .with_host(request.uri().host())
            .with_source(fault));
    }
    let mut request = request;
    request.extensions_mut().clear();
    request.headers_mut().entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
    Ok(request)
}

fn fault(request: &Request) -> Option<&'static str> {
    let uri = request.uri();
    let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
        return Some("the URI is not absolute");
    };
    let host = authority.host();
    if authority.as_str().contains('@') {
        Some("the URI holds a user name")
    } else if host.is_empty()
        || authority.as_str() != host && authority.port_u16().is_none_or(|port| port == 0)
    {
        Some("the URI names no host, or no valid port")
    } else if *scheme != Scheme::HTTPS && *scheme != Scheme::HTTP {
        Some("the URI is neither https nor http")
    } else if *scheme == Scheme::HTTP && !is_loopback(host) {
        Some("plain http is for this machine only")
    } else if request.version() != Version::HTTP_11 {
        Some("the version is not HTTP/1.1")
    } else if request.method() == Method::CONNECT {
        Some("the method is CONNECT")
    } else if [EXPECT, TRANSFER_ENCODING, UPGRADE].iter().any(|name| request.headers().contains_key(name)) {
        Some("a header asks for more than a plain exchange")
    } else if request.headers().get_all(CONTENT_LENGTH).iter().any(|length| !is(length, request.body().len()))
    {
        Some("the content-length is not the length of the body")
    } else {
        None
    }
}

fn is(value: &HeaderValue, length: usize) -> bool {
    value.to_str().is_ok_and(|text| text.parse() == Ok(length))
}
