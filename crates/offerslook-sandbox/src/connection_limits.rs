use std::time::Duration;

#[derive(Clone, Copy)]
pub(crate) struct ConnectionLimits {
    /// Maximum number of open connections. Further ones wait until one of them closes.
    pub(crate) max_connections: usize,
    /// Timeout of a TLS handshake.
    pub(crate) handshake: Duration,
    /// Timeout of the head of a request. It closes idle connections too.
    pub(crate) head: Duration,
    /// Timeout of the next piece of a request body.
    pub(crate) body: Duration,
    /// Timeout of a client that stops reading its response.
    pub(crate) response: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        let minute = Duration::from_mins(1);
        Self {
            max_connections: 1_024,
            handshake: Duration::from_secs(10),
            head: minute,
            body: minute,
            response: minute,
        }
    }
}
