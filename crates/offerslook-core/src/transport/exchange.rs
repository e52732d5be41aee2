use std::{
    fmt,
    sync::atomic::{AtomicU8, Ordering},
    time::Duration,
};

use http::Method;

use super::{BodyReader, Proxy, Settings, body_reader::Head, outgoing_request::outgoing};
use crate::{
    Request,
    error::{TransportError, TransportKind},
};

/// One request to send and its response to receive, with its limits.
///
/// A transport gets an exchange and returns the response or a [`TransportError`]. What it has to do:
///
/// 1. Call [`Exchange::connecting`] if it can tell when sending begins. A transport whose library does not tell skips
///    this step and the next one.
/// 2. Reuse an idle connection (see [`Settings::IDLE_TIMEOUT`] and [`Settings::MAX_IDLE_CONNECTIONS`]), or connect within
///    [`Exchange::connect_timeout`], through [`Exchange::proxy`] if there is one. Call [`Exchange::sending`] before the
///    first byte of the request is written.
/// 3. Send [`Exchange::request`] as it is: it has all its headers. Send it once. Follow no redirect, and turn off the
///    library's own retries, its headers and its decompression.
/// 4. Pass the head of the response to [`Exchange::response`], the body to the [`BodyReader`] that it returns, and
///    return what [`BodyReader::finish`] returns, whatever the status.
/// 5. Be done within [`Exchange::timeout`], and return [`Exchange::timed_out`] otherwise, however fast and however much
///    the service sends. Async transports leave this to the client, which drops the future: they let other tasks run
///    while data comes without a break.
/// 6. Translate the library's errors. [`classify_io`](super::classify_io) does it for I/O errors. Say
///    [`Delivery::NotSent`](crate::Delivery::NotSent) only if the service cannot have seen any part of the request.
pub struct Exchange {
    request: Request,
    proxy: Option<Proxy>,
    timeout: Duration,
    connect_timeout: Duration,
    max_body_bytes: usize,
    phase: AtomicU8,
}

/// The values of `Exchange::phase`, which the transport reports.
const UNKNOWN: u8 = 0;
const CONNECTING: u8 = 1;
const SENDING: u8 = 2;

impl Exchange {
    /// The longest timeout. Longer ones are clamped, since some clocks cannot represent them.
    pub const MAX_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

    /// Prepares the exchange of this request.
    ///
    /// The request gets the headers that it lacks: `host`, `accept-encoding: gzip`, and `content-length` for a body or
    /// where a body is usual. Its extensions are removed. Proxies are those of the settings; `None` there means none.
    ///
    /// # Errors
    /// - [`TransportKind::Unsendable`] if transports would differ, or would send credentials in plain text: anything
    ///   but an absolute https URI (or http to this machine, or with an account that opted in) without a user name,
    ///   HTTP/1.1, a method other than CONNECT, a true `content-length`, and no `expect`, `transfer-encoding` or
    ///   `upgrade`.
    /// - [`TransportKind::Proxy`] if the proxy for this URI cannot be used.
    /// - [`TransportKind::ConnectTimeout`] if one of the two timeouts is zero.
    pub fn new(request: Request, settings: &Settings) -> Result<Self, TransportError> {
        let proxy = match settings.proxies.as_ref().map(|proxies| proxies.for_uri(request.uri())) {
            Some(Err(error)) => {
                return Err(TransportError::from(TransportKind::Proxy)
                    .with_host(request.uri().host())
                    .with_source(error));
            }
            Some(Ok(proxy)) => proxy.cloned(),
            None => None,
        };
        let exchange = Self {
            request: outgoing(request)?,
            proxy,
            timeout: settings.timeout.min(Self::MAX_TIMEOUT),
            connect_timeout: settings.connect_timeout.min(settings.timeout).min(Self::MAX_TIMEOUT),
            max_body_bytes: settings.max_body_bytes,
            phase: AtomicU8::new(UNKNOWN),
        };
        exchange.checked()
    }

    /// Shortens the timeout to what is left of a deadline.
    ///
    /// # Errors
    /// [`TransportKind::ConnectTimeout`] if nothing is left.
    pub fn within(mut self, left: Duration) -> Result<Self, TransportError> {
        self.timeout = self.timeout.min(left);
        self.connect_timeout = self.connect_timeout.min(left);
        self.checked()
    }

    fn checked(self) -> Result<Self, TransportError> {
        if self.connect_timeout.is_zero() {
            return Err(
                TransportError::from(TransportKind::ConnectTimeout).with_host(self.request.uri().host())
            );
        }
        Ok(self)
    }

    /// Returns the request, ready to be sent.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Returns the proxy to use, if any.
    #[must_use]
    pub fn proxy(&self) -> Option<&Proxy> {
        self.proxy.as_ref()
    }

    /// Returns the maximum duration of the exchange, from the DNS lookup to the last byte of the response. Never zero.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Returns the maximum duration of DNS, TCP, the proxy and TLS together. Never zero, and never longer than the
    /// timeout.
    #[must_use]
    pub fn connect_timeout(&self) -> Duration {
        self.connect_timeout
    }

    /// Declares that nothing is sent before [`Exchange::sending`] is called.
    pub fn connecting(&self) {
        self.phase.store(CONNECTING, Ordering::Release);
    }

    /// Declares that from now on the service may see a part of the request.
    pub fn sending(&self) {
        self.phase.store(SENDING, Ordering::Release);
    }

    /// Returns the error of an exchange that has timed out: not sent if the transport was
    /// [`connecting`](Exchange::connecting), unknown otherwise.
    #[must_use]
    pub fn timed_out(&self) -> TransportError {
        let kind = match self.phase.load(Ordering::Acquire) {
            CONNECTING => TransportKind::ConnectTimeout,
            _ => TransportKind::Timeout,
        };
        TransportError::from(kind).with_host(self.request.uri().host())
    }

    /// Starts to read the response with this head: [`http::response::Parts`], or a pair of status and headers.
    ///
    /// # Errors
    /// [`TransportKind::Malformed`] if the head exceeds [`Settings::MAX_HEAD_BYTES`] or [`Settings::MAX_HEADERS`],
    /// announces a `content-length` that is not one number, or a transfer coding that was not asked for.
    pub fn response(&self, head: impl Into<Head>) -> Result<BodyReader, TransportError> {
        BodyReader::new(head.into(), self.max_body_bytes, self.request.method() == Method::HEAD)
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("method", self.request.method())
            .field("host", &self.request.uri().host())
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
