use std::time::Duration;

use bytes::Bytes;

use super::Proxies;

/// The limits, certificate authorities and proxies of a transport, with the same defaults for all transports.
///
/// ```
/// use std::time::Duration;
/// use offerslook_core::transport::Settings;
///
/// let mut settings = Settings::default();
/// settings.timeout = Duration::from_secs(5);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// Timeout of one call, from the DNS lookup to the last byte of the response. Default: 30 seconds.
    pub timeout: Duration,
    /// Timeout of DNS, TCP, the proxy and TLS together. Default: 10 seconds.
    pub connect_timeout: Duration,
    /// Maximum size of the body of a response, in bytes after inflating. Default: 32 MiB.
    pub max_body_bytes: usize,
    /// Certificate authorities to trust besides the system's: PEM, one or more certificates each.
    pub root_certificates: Vec<Bytes>,
    /// Which calls go through a proxy. By default, the client reads the environment when it is built.
    pub proxies: Option<Proxies>,
}

impl Settings {
    /// How long an idle connection is kept.
    pub const IDLE_TIMEOUT: Duration = Duration::from_secs(15);
    /// Maximum number of idle connections.
    pub const MAX_IDLE_CONNECTIONS: usize = 32;
    /// Maximum size of the head of a response, in bytes: status line and headers.
    pub const MAX_HEAD_BYTES: usize = 64 * 1024;
    /// Maximum number of headers of a response.
    pub const MAX_HEADERS: usize = 128;
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_body_bytes: 32 * 1024 * 1024,
            root_certificates: Vec::new(),
            proxies: None,
        }
    }
}
