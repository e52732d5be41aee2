use http::{
    HeaderValue, Method, Uri, Version,
    header::{ACCEPT_ENCODING, CONTENT_LENGTH, EXPECT, HOST, TRANSFER_ENCODING, UPGRADE},
    uri::Scheme,
};

use crate::{
    Request,
    account::{InsecureHttp, loopback::is_loopback},
    error::{TransportError, TransportKind},
};

/// The request as it is sent: with all its headers, and without extensions.
pub(super) fn outgoing(request: Request) -> Result<Request, TransportError> {
    if let Some(reason) = reason_not_to_send(&request) {
        return Err(TransportError::from(TransportKind::Unsendable)
            .with_host(request.uri().host())
            .with_source(reason));
    }
    let mut request = request;
    let length = request.body().len();
    let has_length = length > 0 || matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH);
    let host = host(request.uri());
    request.extensions_mut().clear();
    let headers = request.headers_mut();
    headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
    if has_length {
        headers.entry(CONTENT_LENGTH).or_insert(length.into());
    }
    if let Some(host) = host {
        headers.entry(HOST).or_insert(host);
    }
    Ok(request)
}

/// The value of `host`, without the default port.
fn host(uri: &Uri) -> Option<HeaderValue> {
    let authority = uri.authority()?;
    let default_port = if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
    let is_default = authority.port_u16().is_none_or(|port| port == default_port);
    HeaderValue::from_str(if is_default { authority.host() } else { authority.as_str() }).ok()
}

fn reason_not_to_send(request: &Request) -> Option<&'static str> {
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
        Some("the URI has no host, or an invalid port")
    } else if *scheme != Scheme::HTTPS && *scheme != Scheme::HTTP {
        Some("the URI is neither https nor http")
    } else if *scheme == Scheme::HTTP && !may_be_plain(request, host) {
        Some(
            "plain http to another machine would expose the API key: use https, or opt in with BaseUrl::insecure_http",
        )
    } else if request.version() != Version::HTTP_11 {
        Some("the version is not HTTP/1.1")
    } else if request.method() == Method::CONNECT {
        Some("the method is CONNECT")
    } else if [EXPECT, TRANSFER_ENCODING, UPGRADE].iter().any(|name| request.headers().contains_key(name)) {
        Some("the request has an expect, transfer-encoding or upgrade header")
    } else if request.headers().get_all(CONTENT_LENGTH).iter().any(|length| !is(length, request.body().len()))
    {
        Some("the content-length is not the length of the body")
    } else {
        None
    }
}

/// Whether plain http is allowed: to this machine always, elsewhere only if the account opted in.
fn may_be_plain(request: &Request, host: &str) -> bool {
    is_loopback(host) || request.extensions().get::<InsecureHttp>().is_some()
}

fn is(value: &HeaderValue, length: usize) -> bool {
    value.to_str().is_ok_and(|text| text.parse() == Ok(length))
}
