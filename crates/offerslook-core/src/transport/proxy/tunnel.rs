use std::fmt;

use http::Uri;
use httparse::Status;

use super::Proxy;

/// The CONNECT handshake with a proxy.
///
/// 1. Write [`Tunnel::request`] to the connection with the proxy.
/// 2. Pass everything that is read from it to [`Tunnel::received`] until that returns `true`: the tunnel is open. No
///    byte of the host is lost, since the host does not speak first in TLS.
pub struct Tunnel {
    request: Vec<u8>,
    response: Vec<u8>,
}

/// Why a proxy did not open a tunnel. Nothing was sent to the host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TunnelError {
    /// It refused.
    #[error("the proxy answered HTTP {status}{}", hint(*.status))]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// Its response is not HTTP.
    #[error("the proxy's answer is not HTTP")]
    NotHttp,
    /// It closed the connection.
    #[error("the proxy closed the connection before it answered")]
    Closed,
}

fn hint(status: u16) -> &'static str {
    if status == 407 { ": it wants a user name and password, or others" } else { "" }
}

impl Tunnel {
    /// Prepares a tunnel through `proxy` to the host of `target`.
    #[must_use]
    pub fn new(proxy: &Proxy, target: &Uri) -> Self {
        let host = target.host().unwrap_or_default();
        let port = target.port_u16().unwrap_or(443);
        let agent = concat!("offerslook/", env!("CARGO_PKG_VERSION"));
        let mut request =
            format!("CONNECT {host}:{port} HTTP/1.1\r\nhost: {host}:{port}\r\nuser-agent: {agent}\r\n")
                .into_bytes();
        if let Some(authorization) = proxy.authorization() {
            request.extend_from_slice(b"proxy-authorization: ");
            request.extend_from_slice(authorization.as_bytes());
            request.extend_from_slice(b"\r\n");
        }
        request.extend_from_slice(b"\r\n");
        Self { request, response: Vec::new() }
    }

    /// Returns the bytes to write to the proxy. They may hold the proxy's password.
    #[must_use]
    pub fn request(&self) -> &[u8] {
        &self.request
    }

    /// Takes what was read from the proxy (an empty slice for the end of the connection), and returns whether the
    /// tunnel is open.
    ///
    /// # Errors
    /// - [`TunnelError::Refused`] if the proxy answers with a status other than 2xx.
    /// - [`TunnelError::NotHttp`] if its response is not HTTP, or its head is larger than 16 KiB.
    /// - [`TunnelError::Closed`] if the connection ends first.
    pub fn received(&mut self, piece: &[u8]) -> Result<bool, TunnelError> {
        const MAX_HEAD_BYTES: usize = 16 * 1024;
        const MAX_HEADERS: usize = 100;
        if piece.is_empty() {
            return Err(TunnelError::Closed);
        }
        self.response.extend_from_slice(piece);
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut answer = httparse::Response::new(&mut headers);
        let head = answer.parse(&self.response).map_err(|_| TunnelError::NotHttp)?;
        match (head, answer.code) {
            (Status::Complete(length), Some(status)) if length <= MAX_HEAD_BYTES => match status {
                200..=299 => Ok(true),
                status => Err(TunnelError::Refused { status }),
            },
            (Status::Partial, _) if self.response.len() <= MAX_HEAD_BYTES => Ok(false),
            _ => Err(TunnelError::NotHttp),
        }
    }
}

impl fmt::Debug for Tunnel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tunnel").field("response_bytes", &self.response.len()).finish_non_exhaustive()
    }
}
