use std::fmt;

use http::Uri;

use super::Proxy;

/// A connection to a proxy that is being made a tunnel to a host: what to write to it, and what comes back.
///
/// Write [`Tunnel::request`], then hand every piece that is read to [`Tunnel::hear`] until it says that the
/// tunnel is open. The proxy says nothing after that until the host does.
pub struct Tunnel {
    request: Vec<u8>,
    heard: Vec<u8>,
}

/// Why a proxy opened no tunnel. Nothing went to the host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TunnelError {
    /// It said no.
    #[error("the proxy answered HTTP {status}{}", hint(*.status))]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// It does not speak HTTP.
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
    /// A tunnel through `proxy` to the host of `target`.
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
        Self { request, heard: Vec::new() }
    }

    /// What to write to the proxy. It may hold the proxy's password.
    #[must_use]
    pub fn request(&self) -> &[u8] {
        &self.request
    }

    /// Takes what was read from the proxy, nothing for the end of the connection, and tells whether the
    /// tunnel is open.
    ///
    /// # Errors
    /// Where the proxy refused, or is none.
    pub fn hear(&mut self, piece: &[u8]) -> Result<bool, TunnelError> {
        const LONGEST_HEAD: usize = 16 * 1024;
        const MAX_HEADERS: usize = 100;
        if piece.is_empty() {
            return Err(TunnelError::Closed);
        }
        self.heard.extend_from_slice(piece);
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut answer = httparse::Response::new(&mut headers);
        let whole = answer.parse(&self.heard).map_err(|_| TunnelError::NotHttp)?.is_complete();
        match answer.code {
            Some(200..=299) if whole => Ok(true),
            Some(status) if whole => Err(TunnelError::Refused { status }),
            _ if self.heard.len() > LONGEST_HEAD => Err(TunnelError::NotHttp),
            _ => Ok(false),
        }
    }
}

impl fmt::Debug for Tunnel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tunnel").field("heard_bytes", &self.heard.len()).finish_non_exhaustive()
    }
}
