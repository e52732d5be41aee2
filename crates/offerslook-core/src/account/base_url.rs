use std::{fmt, str::FromStr};

use http::{Uri, uri::Scheme};
use percent_encoding::percent_decode_str;

use super::{Network, loopback::is_loopback};

/// The base URL of a network's API: scheme, host, port and path prefix, without a trailing slash.
///
/// Plain http is refused unless the host is this machine, since anyone on the network path could read the API key. See
/// [`BaseUrl::insecure_http`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    origin: String,
    prefix: String,
}

impl BaseUrl {
    /// Returns scheme, host and port: `https://acme.api.offerslook.com`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the prefix of every path of the API, often empty: `/proxied`.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Parses a base URL that may be plain http to any host.
    ///
    /// **Anyone on the network path can then read the API key.** Use this only for a host that does not support https,
    /// in a network that you trust.
    ///
    /// ```
    /// use offerslook_core::BaseUrl;
    ///
    /// assert!("http://gateway.internal".parse::<BaseUrl>().is_err());
    /// assert!(BaseUrl::insecure_http("http://gateway.internal")?.is_insecure());
    /// # Ok::<(), offerslook_core::BaseUrlError>(())
    /// ```
    ///
    /// # Errors
    /// Every [`BaseUrlError`] but [`BaseUrlError::PlainHttp`].
    pub fn insecure_http(text: &str) -> Result<Self, BaseUrlError> {
        let text = text.trim();
        if text.contains(['?', '#']) {
            return Err(BaseUrlError::QueryOrFragment);
        }
        let uri: Uri = text.parse().map_err(|_| BaseUrlError::NotAUrl)?;
        let origin = origin(&uri)?;
        let prefix = uri.path().trim_end_matches('/');
        if !prefix.split('/').skip(1).all(is_plain_segment) {
            return Err(BaseUrlError::Path);
        }
        Ok(Self { origin, prefix: prefix.to_owned() })
    }

    /// Returns `true` for plain http to a host that is not this machine: anyone on the network path can read the API
    /// key.
    #[must_use]
    pub fn is_insecure(&self) -> bool {
        let uri = self.origin.parse::<Uri>();
        uri.is_ok_and(|uri| uri.scheme() == Some(&Scheme::HTTP) && !uri.host().is_some_and(is_loopback))
    }
}

impl From<Network> for BaseUrl {
    fn from(network: Network) -> Self {
        Self { origin: format!("https://{network}.api.offerslook.com"), prefix: String::new() }
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.prefix)
    }
}

/// Why a string is not a base URL. The string is not repeated, since it may contain a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// It is not an absolute http or https URL with a host.
    #[error("the base URL is not a URL such as https://acme.api.offerslook.com")]
    NotAUrl,
    /// Plain http to another machine.
    #[error(
        "the base URL is plain http, which would expose the API key: use https:// (http is allowed for this machine only)"
    )]
    PlainHttp,
    /// It has a user name or password.
    #[error(
        "the base URL contains a user name or password: leave it out, and give the e-mail address and the API key \
         separately"
    )]
    UserInfo,
    /// It has a query or a fragment.
    #[error("the base URL contains a query (?) or a fragment (#): leave it out")]
    QueryOrFragment,
    /// Its path has an empty segment, one of dots, however they are encoded, or an invalid character.
    #[error("the path of the base URL is not valid: write it as in https://example.com/offerslook")]
    Path,
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    /// Trims white space.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let base_url = Self::insecure_http(text)?;
        if base_url.is_insecure() { Err(BaseUrlError::PlainHttp) } else { Ok(base_url) }
    }
}

/// Returns the origin in lower case, without the slash.
fn origin(uri: &Uri) -> Result<String, BaseUrlError> {
    let scheme = uri.scheme().ok_or(BaseUrlError::NotAUrl)?;
    let authority = uri.authority().ok_or(BaseUrlError::NotAUrl)?;
    if authority.as_str().contains('@') {
        return Err(BaseUrlError::UserInfo);
    }
    let host = authority.host();
    let behind_host = authority.as_str().strip_prefix(host).unwrap_or_default();
    let is_web = *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS;
    if !is_web || host.is_empty() || !(behind_host.is_empty() || is_port(behind_host)) {
        return Err(BaseUrlError::NotAUrl);
    }
    Ok(format!("{scheme}://{}", authority.as_str().to_ascii_lowercase()))
}

/// Whether it is a colon and a port. `u16::from_str` accepts a leading plus sign, which no port has.
fn is_port(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|port| {
        port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
    })
}

fn is_plain_segment(segment: &str) -> bool {
    // A proxy may decode `%2e` to a dot, and leave the path.
    let mut decoded = percent_decode_str(segment);
    !decoded.clone().all(|byte| byte == b'.')
        && !decoded.any(|byte| b"%/\\".contains(&byte) || byte.is_ascii_control())
        && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@".contains(&byte))
}
