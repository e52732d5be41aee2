use http::{Uri, uri::Scheme};

use super::{Proxy, exceptions::Exception};
use crate::{account::loopback::is_loopback, transport::SetupError};

/// Which calls go through a proxy. The default is none.
///
/// ```
/// use offerslook_core::transport::Proxies;
///
/// let proxies = Proxies::from_variables(|name| match name {
///     "HTTPS_PROXY" => Some("http://proxy.example:3128".to_owned()),
///     "NO_PROXY" => Some(".internal.example".to_owned()),
///     _ => None,
/// })?;
/// assert!(proxies.for_uri(&"https://acme.api.offerslook.com/".parse()?).is_some());
/// assert!(proxies.for_uri(&"https://api.internal.example/".parse()?).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    proxy: Option<Proxy>,
    exceptions: Vec<Exception>,
}

impl Proxies {
    /// The rules that variables of the environment make, looked up by `look_up`:
    ///
    /// - `HTTPS_PROXY`, else `ALL_PROXY` (upper case before lower case): the proxy of https calls. One that
    ///   is set but empty means none. `HTTP_PROXY` is not used: plain http never leaves this machine.
    /// - `NO_PROXY`: what is called directly. Entries are separated by commas or spaces: `*` for all; a
    ///   name, with everything below it (`example.com`, `.example.com` and `*.example.com` are the same);
    ///   an IP address or a network (`10.0.0.0/8`); each with or without a port.
    ///
    /// # Errors
    /// [`SetupError::Proxy`], where a variable does not name an http or https proxy.
    pub fn from_variables(look_up: impl Fn(&str) -> Option<String>) -> Result<Self, SetupError> {
        let proxy = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
            .into_iter()
            .find_map(|variable| Some((variable, look_up(variable)?)))
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(variable, value)| value.parse().map_err(|fault| SetupError::Proxy { variable, fault }))
            .transpose()?;
        let exceptions = look_up("NO_PROXY").or_else(|| look_up("no_proxy")).unwrap_or_default();
        Ok(Self { proxy, exceptions: Exception::read_all(&exceptions) })
    }

    /// The proxy of calls to this URI. Only https is proxied, and never to this machine.
    #[must_use]
    pub fn for_uri(&self, uri: &Uri) -> Option<&Proxy> {
        let host = uri.host()?;
        let port = uri.port_u16().unwrap_or(443);
        let direct = uri.scheme() != Some(&Scheme::HTTPS)
            || is_loopback(host)
            || self.exceptions.iter().any(|exception| exception.covers(host, port));
        self.proxy.as_ref().filter(|_| !direct)
    }
}
