use http::{Uri, uri::Scheme};

use super::{Proxy, UnusableProxy, exceptions::Exception};
use crate::account::loopback::is_loopback;

/// The rules that decide which calls go through a proxy. The default is none.
///
/// ```
/// use offerslook_core::transport::Proxies;
///
/// let proxies = Proxies::from_variables(|name| match name {
///     "HTTPS_PROXY" => Some("http://proxy.example:3128".to_owned()),
///     "NO_PROXY" => Some(".internal.example".to_owned()),
///     _ => None,
/// });
/// assert!(proxies.for_uri(&"https://acme.api.offerslook.com/".parse()?)?.is_some());
/// assert!(proxies.for_uri(&"https://api.internal.example/".parse()?)?.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    proxy: Option<Result<Proxy, UnusableProxy>>,
    exceptions: Vec<Exception>,
}

impl Proxies {
    /// Reads the rules from environment variables, looked up by `look_up`:
    ///
    /// - `HTTPS_PROXY`, else `ALL_PROXY` (upper case before lower case): the proxy of https calls. One that is set but
    ///   empty means none. `HTTP_PROXY` is not used: plain http is not proxied.
    /// - `NO_PROXY`: hosts to call directly. Entries are separated by commas or spaces: `*` for all; a name, with
    ///   everything below it (`example.com`, `.example.com` and `*.example.com` are the same); an IP address or a
    ///   network (`10.0.0.0/8`); each with or without a port.
    ///
    /// A variable that does not name an http or https proxy is an error only where that proxy would be used.
    #[must_use]
    pub fn from_variables(look_up: impl Fn(&str) -> Option<String>) -> Self {
        let proxy = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
            .into_iter()
            .find_map(|variable| Some((variable, look_up(variable)?)))
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(variable, value)| value.parse().map_err(|fault| UnusableProxy { variable, fault }));
        let exceptions = look_up("NO_PROXY").or_else(|| look_up("no_proxy")).unwrap_or_default();
        Self { proxy, exceptions: Exception::read_all(&exceptions) }
    }

    /// Returns the proxy for calls to this URI. Only https is proxied, and never to this machine.
    ///
    /// # Errors
    /// [`UnusableProxy`] if the variable that names the proxy of this URI is not valid.
    pub fn for_uri(&self, uri: &Uri) -> Result<Option<&Proxy>, UnusableProxy> {
        let host = uri.host().unwrap_or_default();
        let port = uri.port_u16().unwrap_or(443);
        let is_direct = uri.scheme() != Some(&Scheme::HTTPS)
            || is_loopback(host)
            || self.exceptions.iter().any(|exception| exception.covers(host, port));
        match &self.proxy {
            Some(proxy) if !is_direct => proxy.as_ref().map(Some).map_err(Clone::clone),
            _ => Ok(None),
        }
    }
}
