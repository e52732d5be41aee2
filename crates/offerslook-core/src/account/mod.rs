//! The account of an affiliate: the base URL of a network, and credentials.

mod base_url;
mod credentials;
pub(crate) mod loopback;
mod network;
mod variables;

use std::fmt;

use bytes::Bytes;
use http::{
    HeaderValue,
    header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT},
};

pub use base_url::{BaseUrl, BaseUrlError};
pub use credentials::{ApiKey, Credentials, CredentialsError};
pub use network::{Network, NetworkError};
pub use variables::AccountError;

use crate::{
    Request,
    endpoint::{Encoded, Encoder, Endpoint, Spec, Verb},
    error::BuildError,
    types::Secrets,
};

/// The maximum length of the URI of a request, in bytes. Many servers refuse longer ones.
pub const MAX_URI_BYTES: usize = 7_999;

/// Permits a transport to send a request over plain http to a host that is not this machine.
///
/// It is an extension of the request. Only [`Account::request`] sets it, for a base URL of [`BaseUrl::insecure_http`].
#[derive(Clone, Copy, Debug)]
pub struct InsecureHttp(());

/// The account of an affiliate: a base URL and credentials, which are validated once. It builds requests and parses
/// responses.
///
/// Its `Debug` form does not show the credentials.
///
/// ```
/// use offerslook_core::{Account, Credentials, Network, affiliate::batches::GetTrackingLinks};
///
/// let network: Network = "acme".parse()?;
/// let account = Account::new(network.into(), Credentials::affiliate("me@example.com", "0123456789abcdef")?);
/// let request = account.request(&GetTrackingLinks::new("16,102".parse()?))?;
/// assert_eq!(
///     request.uri(),
///     "https://acme.api.offerslook.com/aff/v1/batches/offers/tracking_links/16,102"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Account {
    base_url: BaseUrl,
    authorization: HeaderValue,
}

impl Account {
    /// Creates an account from the base URL of its network, and its credentials. A [`Network`] is a base URL with
    /// `.into()`.
    ///
    /// ```
    /// use offerslook_core::{Account, Credentials};
    ///
    /// let credentials = Credentials::affiliate("me@example.com", "0123456789abcdef")?;
    /// let account = Account::new("https://acme.api.offerslook.com".parse()?, credentials);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(base_url: BaseUrl, credentials: Credentials) -> Self {
        Self { base_url, authorization: credentials.into_header() }
    }

    /// Returns the base URL.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.base_url
    }

    /// Builds the request for a call. To send it again, send a clone.
    ///
    /// # Errors
    /// [`BuildError::UriTooLong`] over [`MAX_URI_BYTES`], and [`BuildError::TooManyIds`]. The other variants are bugs of
    /// the endpoint.
    pub fn request<E: Endpoint>(&self, call: &E) -> Result<Request, BuildError> {
        let mut encoder = Encoder::new(E::SPEC, self.base_url.prefix());
        call.encode(&mut encoder);
        self.finish(E::SPEC, encoder)
    }

    /// Returns the credentials, to be redacted from what the service sends.
    pub(crate) fn secrets(&self) -> Secrets {
        Secrets::of_authorization(self.authorization.to_str().unwrap_or_default())
    }

    fn finish(&self, spec: Spec, encoder: Encoder) -> Result<Request, BuildError> {
        let Encoded { target, body } = encoder.finish()?;
        let uri = format!("{}{}", self.base_url.origin(), target);
        if uri.len() > MAX_URI_BYTES {
            return Err(BuildError::UriTooLong { endpoint: spec.name, bytes: uri.len(), max: MAX_URI_BYTES });
        }
        let mut request = http::Request::builder()
            .method(spec.verb)
            .uri(uri)
            .header(AUTHORIZATION, self.authorization.clone())
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, concat!("offerslook/", env!("CARGO_PKG_VERSION")));
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        } else if matches!(spec.verb, Verb::Post | Verb::Put) {
            // Some servers answer 411 to a POST without a body and without a length.
            request = request.header(CONTENT_LENGTH, "0");
        }
        if self.base_url.is_insecure() {
            request = request.extension(InsecureHttp(()));
        }
        request
            .body(body.unwrap_or_else(Bytes::new))
            .map_err(|cause| BuildError::Request { endpoint: spec.name, cause: cause.to_string() })
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}
