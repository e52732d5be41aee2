use std::str::FromStr;

use base64::{Engine, prelude::BASE64_STANDARD};
use http::{HeaderValue, Uri, uri::Authority};
use percent_encoding::percent_decode_str;

/// The address of a proxy, and the credentials for it. Its `Debug` form shows no credentials.
///
/// Its text form is `http://proxy.example:3128`, or `https://…` for a proxy that itself speaks TLS. A user name and
/// password may stand before the host, percent-encoded. The default scheme is http.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    uri: Uri,
    authorization: Option<HeaderValue>,
}

/// Why a string is not a valid proxy. The string is not repeated, since it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProxyError {
    /// The string is not the address of a proxy.
    #[error(
        "this is not the address of a proxy: write it as http://proxy.example:3128; in a user name or \
         password, percent-encode everything but letters and digits"
    )]
    NotAnAddress,
    /// A kind of proxy that is not supported.
    #[error("{scheme} proxies are not supported: use an http or https proxy, or unset the variable")]
    Scheme {
        /// The scheme.
        scheme: String,
    },
}

/// A variable of the environment that names a proxy which cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{variable}: {fault}")]
pub struct UnusableProxy {
    /// The name of the variable.
    pub variable: &'static str,
    /// What is wrong with its value.
    pub fault: ProxyError,
}

impl Proxy {
    /// Returns scheme, host and port, without credentials.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns the value of `proxy-authorization`, marked as sensitive.
    #[must_use]
    pub fn authorization(&self) -> Option<&HeaderValue> {
        self.authorization.as_ref()
    }
}

impl FromStr for Proxy {
    type Err = ProxyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (scheme, rest) = text.trim().split_once("://").unwrap_or(("http", text.trim()));
        let scheme = scheme.to_ascii_lowercase();
        let default_port = match scheme.as_str() {
            "http" => 80,
            "https" => 443,
            other if other.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                return Err(ProxyError::Scheme { scheme });
            }
            _ => return Err(ProxyError::NotAnAddress),
        };
        let place = rest.strip_suffix('/').unwrap_or(rest);
        if place.contains(['/', '?', '#']) {
            // To a URL these end the host, to a person who writes a password they may not.
            return Err(ProxyError::NotAnAddress);
        }
        let (login, place) =
            place.rsplit_once('@').map_or((None, place), |(login, place)| (Some(login), place));
        let place: Authority = place.parse().map_err(|_| ProxyError::NotAnAddress)?;
        let host = place.host();
        let port = if place.as_str() == host { Some(default_port) } else { place.port_u16() };
        let port = port.filter(|port| *port != 0 && !host.is_empty()).ok_or(ProxyError::NotAnAddress)?;
        Ok(Self {
            uri: format!("{scheme}://{host}:{port}/").parse().map_err(|_| ProxyError::NotAnAddress)?,
            authorization: login.map(basic).transpose()?,
        })
    }
}

fn basic(login: &str) -> Result<HeaderValue, ProxyError> {
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    let mut pair: Vec<u8> = percent_decode_str(user).collect();
    pair.push(b':');
    pair.extend(percent_decode_str(password));
    let mut value = HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(pair)))
        .map_err(|_| ProxyError::NotAnAddress)?;
    value.set_sensitive(true);
    Ok(value)
}
