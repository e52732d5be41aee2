use offerslook_core::{BaseUrl, Response, Settings, SetupError, TransportError, transport::Exchange};

use crate::Runtime;

/// Sends one request and receives its response, asynchronously.
///
/// [`Exchange`] describes the contract step by step. The client does the rest: it enforces the total timeout by dropping
/// the future, names the host in errors, spawns the calls of a job as tasks, and turns a panic into an error.
pub trait Transport: Send + Sync + 'static {
    /// The runtime that the futures of this transport need.
    type Runtime: Runtime;

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
    /// Dropping the future must close the connection of the call.
    ///
    /// # Errors
    /// [`TransportError`] if no complete response arrived. Its kind says what happened, and its delivery whether the service
    /// may have seen the request.
    fn exchange(&self, exchange: &Exchange) -> impl Future<Output = Result<Response, TransportError>> + Send;
}
