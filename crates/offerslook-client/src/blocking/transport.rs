use offerslook_core::{BaseUrl, Response, Settings, SetupError, TransportError, transport::Exchange};

/// Sends one request and receives its response, blocking.
///
/// [`Exchange`] describes the contract step by step. The client does the rest: it names the host in errors, runs the
/// calls of a job on a pool of threads, and turns a panic into an error.
pub trait Transport: Send + Sync + 'static {
    /// Creates a transport with these settings, for calls to this base URL. Proxies that the environment names are
    /// already in the settings.
    ///
    /// # Errors
    /// [`SetupError`] if a certificate authority, a proxy or the TLS library cannot be used.
    fn new(settings: &Settings, base_url: &BaseUrl) -> Result<Self, SetupError>
    where
        Self: Sized;

    /// Sends the request of this exchange once and receives the whole response, whatever its status.
    ///
    /// It must return within [`Exchange::timeout`]. [`read_body`](super::read_body) helps with that.
    ///
    /// # Errors
    /// [`TransportError`] if no complete response arrived. Its kind says what happened, and its delivery whether the service
    /// may have seen the request.
    fn exchange(&self, exchange: &Exchange) -> Result<Response, TransportError>;

    /// Returns the same transport with connections of its own, so that [`Transport::abort`] ends only their calls.
    ///
    /// `None`, the default, is for transports that cannot end their calls from another thread.
    fn fork(&self) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }

    /// Ends all calls that are being made. It is only called on a [`fork`](Transport::fork), which is not used again.
    fn abort(&self) {}
}
