use std::{fmt, str::FromStr};

use http::{Uri, uri::Scheme};
use percent_encoding::percent_decode_str;

use super::{Network, loopback::is_loopback};

/// Where a network's API is served: scheme, host, port and path prefix. Without a slash at its end.
///
/// Plain http is refused unless the host is this machine, because the API key would travel readable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    origin: String,
    prefix: String,
}

impl BaseUrl {
    /// Scheme, host and port: `https://acme.api.offerslook.com`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The path that stands before every path of the API, often empty: `/proxied`.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Parses a base URL that may be plain http to any host.
    ///
    /// **The API key then travels readable**: everybody on the way can take it. The service accepts https as well, so
    /// this is for hosts that do not, in networks that you trust.
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

    /// Returns `true` if the API key would travel readable: plain http to a host that is not this machine.
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

/// Why text is no base URL. The text is not repeated: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// It does not parse as an absolute http or https URL with a host.
    #[error("the base URL is not a URL such as https://acme.api.offerslook.com")]
    NotAUrl,
    /// Plain http to another machine.
    #[error(
        "the base URL is plain http, which would send the API key readable: write https:// (http is for this machine only)"
    )]
    PlainHttp,
    /// A name or password before the host.
    #[error(
        "the base URL holds a user name or password: leave it out, and give the e-mail and the API key by themselves"
    )]
    UserInfo,
    /// A `?` or a `#`.
    #[error("the base URL holds a query (?) or a fragment (#): leave it out")]
    QueryOrFragment,
    /// A `.` or `..` segment, however it is written, an empty one, or a character that is not plain in a
    /// path.
    #[error("the path of the base URL is not a plain one: write it such as https://example.com/offerslook")]
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

/// Whether it is a colon and a port. `u16::from_str` takes a leading plus sign, which no port has.
fn is_port(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|port| {
        port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
    })
}

fn is_plain_segment(segment: &str) -> bool {
    // What stands between here and the service may take `%2e` for a dot, and climb out of the path.
    let mut decoded = percent_decode_str(segment);
    !decoded.clone().all(|byte| byte == b'.')
        && !decoded.any(|byte| b"%/\\".contains(&byte) || byte.is_ascii_control())
        && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@".contains(&byte))
}
