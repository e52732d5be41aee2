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

    /// White space around it is trimmed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.contains(['?', '#']) {
            return Err(BaseUrlError::QueryOrFragment);
        }
        let uri: Uri = text.parse().map_err(|_| BaseUrlError::NotAUrl)?;
        let scheme = uri.scheme().ok_or(BaseUrlError::NotAUrl)?;
        let authority = uri.authority().ok_or(BaseUrlError::NotAUrl)?;
        if authority.as_str().contains('@') {
            return Err(BaseUrlError::UserInfo);
        }
        let host = authority.host();
        let behind_host = authority.as_str().strip_prefix(host).unwrap_or_default();
        if host.is_empty() || !(behind_host.is_empty() || is_port(behind_host)) {
            return Err(BaseUrlError::NotAUrl);
        }
        if *scheme == Scheme::HTTP && !is_loopback(host) {
            return Err(BaseUrlError::PlainHttp);
        } else if *scheme != Scheme::HTTP && *scheme != Scheme::HTTPS {
            return Err(BaseUrlError::NotAUrl);
        }
        let prefix = uri.path().trim_end_matches('/');
        if !prefix.split('/').skip(1).all(is_plain_segment) {
            return Err(BaseUrlError::Path);
        }
        Ok(Self {
            origin: format!("{scheme}://{}", authority.as_str().to_ascii_lowercase()),
            prefix: prefix.to_owned(),
        })
    }
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
