use std::time::Duration;

use bytes::Bytes;

use super::Proxies;

/// How an adapter works: the same settings, with the same defaults, for all of them.
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
    /// How long one call may take, from the look-up of the name to the last byte of the answer. 30 seconds.
    pub timeout: Duration,
    /// How long it may take to be connected: look-up of the name, TCP, proxy and TLS together. 10 seconds.
    pub connect_timeout: Duration,
    /// How large the body of an answer may be, in bytes after inflating. 32 MiB; exactly that many pass.
    pub max_body_bytes: usize,
    /// Certificate authorities that are trusted beside the system's: PEM, one or more certificates each.
    pub root_certificates: Vec<Bytes>,
    /// Which calls go through a proxy. `None` asks the environment when the client is built.
    pub proxies: Option<Proxies>,
}

impl Settings {
    /// How long a connection that no call uses is kept for the next one.
    pub const IDLE_TIMEOUT: Duration = Duration::from_secs(15);
    /// How many connections that no call uses are kept.
    pub const MAX_IDLE_CONNECTIONS: usize = 32;
    /// How large the head of an answer may be: status line and headers, in bytes.
    pub const MAX_HEAD_BYTES: usize = 64 * 1024;
    /// How many headers an answer may have.
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
