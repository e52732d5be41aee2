use std::time::Duration;

/// How many clients the server talks to, and how long it waits for one.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// The most connections that are open at once. More wait until one of them ends.
    pub(crate) connections: usize,
    /// The longest handshake of TLS.
    pub(crate) handshake: Duration,
    /// The longest wait for the head of a request. It ends idle connections too.
    pub(crate) head: Duration,
    /// The longest wait for the next piece of a request's body.
    pub(crate) body: Duration,
    /// The longest wait for a client that reads nothing of its answer.
    pub(crate) answer: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let minute = Duration::from_mins(1);
        Self {
            connections: 1_024,
            handshake: Duration::from_secs(10),
            head: minute,
            body: minute,
            answer: minute,
        }
    }
}
