use std::{
    io::{self, Read, Write},
    net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs},
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use http::{Uri, uri::Scheme};
use offerslook_client::tls;
use offerslook_core::{
    Settings,
    transport::{Proxies, Proxy, Tunnel},
};
use rustls::{ClientConfig, ClientConnection, pki_types::ServerName};

use super::{
    certificate::{Certificate, Inspector},
    report::{Check, Report},
};
use crate::{
    exit::Exit,
    failure::{Failure, reason},
    options::CallOptions,
    session::Session,
};

/// What a connection is made to, and how.
struct Route {
    uri: Uri,
    proxy: Option<Proxy>,
    timeout: Duration,
}

/// Connects as a transport does, step by step. Returns whether there is a connection.
pub(super) fn check(session: &Session, options: &CallOptions, report: &mut Report) -> Result<bool, Failure> {
    let base_url = session.account().base_url();
    let settings = session.client.jobs().options().transport().clone();
    let Ok(uri) = base_url.origin().parse::<Uri>() else { return Ok(false) };
    let proxies = Proxies::from_variables(|name| std::env::var(name).ok());
    let proxy = match proxies.for_uri(&uri) {
        Ok(proxy) => proxy.cloned(),
        Err(error) => {
            report.add(Check::failed("proxy", Failure::usage(error, "")))?;
            return Ok(false);
        }
    };
    let timeout = options.connect_timeout.unwrap_or(settings.connect_timeout);
    let route = Route { uri, proxy, timeout };
    let steps = route.check(&settings, report);
    let (is_connected, missing) = steps?;
    for check in missing {
        report.add(Check::skipped(check, "there is no connection"))?;
    }
    Ok(is_connected)
}

impl Route {
    /// Returns whether there is a connection, and the checks that could not be made.
    fn check(&self, settings: &Settings, report: &mut Report) -> Result<(bool, &[&'static str]), Failure> {
        let addresses = match self.resolve() {
            Ok(addresses) => addresses,
            Err(cause) => {
                report.add(Check::failed("dns", self.failure("cannot be resolved", &cause, RESOLVE)))?;
                return Ok((false, &["tcp", "proxy", "tls"]));
            }
        };
        report.add(Check::ok("dns", self.resolved(&addresses)))?;
        let mut stream = match self.connect(&addresses) {
            Ok(stream) => stream,
            Err(cause) => {
                report.add(Check::failed("tcp", self.failure("cannot be reached", &cause, CONNECT)))?;
                return Ok((false, &["proxy", "tls"]));
            }
        };
        let peer = stream.peer_addr().map(|peer| peer.to_string()).unwrap_or_default();
        report.add(Check::ok("tcp", format!("connected to {peer}")))?;
        match self.open_tunnel(&mut stream) {
            Ok(check) => report.add(check)?,
            Err(cause) => {
                let failure = self.failure("does not open a tunnel", &cause, PROXY);
                report.add(Check::failed("proxy", failure))?;
                return Ok((false, &["tls"]));
            }
        }
        let check = self.check_tls(settings, stream, &addresses);
        let is_connected = check.is_ok();
        report.add(check.unwrap_or_else(|failure| Check::failed("tls", failure)))?;
        Ok((is_connected, &[]))
    }

    /// The host that is connected to: that of the proxy, if there is one.
    fn next_hop(&self) -> (&str, u16) {
        let uri = self.proxy.as_ref().map_or(&self.uri, Proxy::uri);
        let default = if uri.scheme() == Some(&Scheme::HTTP) { 80 } else { 443 };
        (bare_host(uri), uri.port_u16().unwrap_or(default))
    }

    fn resolve(&self) -> io::Result<Vec<SocketAddr>> {
        let (host, port) = self.next_hop();
        let name = (host.to_owned(), port);
        let (sender, answer) = mpsc::channel();
        // A lookup cannot be ended: its thread may outlive the wait for it.
        thread::Builder::new().spawn(move || sender.send(name.to_socket_addrs()))?;
        let addresses: Vec<_> =
            answer.recv_timeout(self.timeout).map_err(|_| io::ErrorKind::TimedOut)??.collect();
        if addresses.is_empty() { Err(io::Error::other("it has no address")) } else { Ok(addresses) }
    }

    fn resolved(&self, addresses: &[SocketAddr]) -> String {
        let (host, _) = self.next_hop();
        if host.parse::<IpAddr>().is_ok() {
            return format!("{host} is an IP address");
        }
        let ips: Vec<_> = addresses.iter().map(|address| address.ip().to_string()).collect();
        format!("{host} is {}", ips.join(", "))
    }

    fn connect(&self, addresses: &[SocketAddr]) -> io::Result<TcpStream> {
        let mut failure = io::Error::other("it has no address");
        for address in addresses {
            match TcpStream::connect_timeout(address, self.timeout) {
                Ok(stream) => {
                    stream.set_read_timeout(Some(self.timeout))?;
                    stream.set_write_timeout(Some(self.timeout))?;
                    return Ok(stream);
                }
                Err(cause) => failure = cause,
            }
        }
        Err(failure)
    }

    /// Asks the proxy for a connection to the service, if there is a proxy.
    fn open_tunnel(&self, stream: &mut TcpStream) -> io::Result<Check> {
        let Some(proxy) = &self.proxy else {
            return Ok(Check::ok("proxy", "none: calls go straight to the service"));
        };
        let (host, _) = self.next_hop();
        if proxy.uri().scheme() != Some(&Scheme::HTTP) {
            return Ok(Check::ok(
                "proxy",
                format!("{host}, over TLS: the calls below show whether it works"),
            ));
        }
        let mut tunnel = Tunnel::new(proxy, &self.uri);
        stream.write_all(tunnel.request())?;
        let mut buffer = [0; 4096];
        loop {
            let length = stream.read(&mut buffer)?;
            let received = tunnel.received(buffer.get(..length).unwrap_or_default());
            if received.map_err(io::Error::other)? {
                return Ok(Check::ok("proxy", format!("{host} opened a tunnel")));
            }
        }
    }

    fn check_tls(
        &self,
        settings: &Settings,
        stream: TcpStream,
        addresses: &[SocketAddr],
    ) -> Result<Check, Failure> {
        if self.uri.scheme() == Some(&Scheme::HTTP) {
            return Ok(Check::skipped("tls", "the base URL is plain http"));
        }
        if self.proxy.as_ref().is_some_and(|proxy| proxy.uri().scheme() != Some(&Scheme::HTTP)) {
            return Ok(Check::skipped("tls", "it is inside the connection to the proxy"));
        }
        let base_url = self.uri.to_string();
        let config = base_url.parse().map_err(|error| Failure::usage(error, "")).and_then(|base_url| {
            tls::config(settings, &base_url).map_err(|error| Failure::usage(error, ""))
        })?;
        match self.shake_hands(config, stream) {
            Ok(certificate) => Ok(tls_check(certificate.as_ref())),
            Err(cause) => {
                let inspected = self.inspect(addresses);
                let seen = inspected.map_or_else(String::new, |certificate| format!(" ({certificate})"));
                let what = format!("{}: {}{seen}", bare_host(&self.uri), why(&*cause));
                Err(Failure::new(Exit::Unavailable, what, TLS))
            }
        }
    }

    fn shake_hands(
        &self,
        config: Arc<ClientConfig>,
        mut stream: TcpStream,
    ) -> Result<Option<Certificate>, Box<dyn std::error::Error>> {
        let name = ServerName::try_from(bare_host(&self.uri).to_owned())?;
        let mut connection = ClientConnection::new(config, name)?;
        while connection.is_handshaking() {
            connection.complete_io(&mut stream)?;
        }
        let chain = connection.peer_certificates().unwrap_or_default();
        Ok(chain.first().and_then(|certificate| Certificate::read(certificate)))
    }

    /// Looks at a certificate that is not trusted, on a connection of its own.
    fn inspect(&self, addresses: &[SocketAddr]) -> Option<Certificate> {
        let inspector = Arc::<Inspector>::default();
        let mut stream = self.connect(addresses).ok()?;
        self.open_tunnel(&mut stream).ok()?;
        // It always fails: the inspector refuses every certificate.
        let _ = self.shake_hands(inspector.config().ok()?, stream);
        inspector.seen()
    }

    fn failure(&self, what: &str, cause: &io::Error, advice: &str) -> Failure {
        let (host, port) = self.next_hop();
        Failure::new(Exit::Unavailable, format_args!("{host}:{port} {what}: {}", reason(cause)), advice)
    }
}

const RESOLVE: &str = "Check the network name or the base URL, and this machine's DNS.";
const CONNECT: &str = "Check the base URL, this machine's network and its firewall.";
const PROXY: &str = "Check the proxy that the environment names, or add the host to NO_PROXY.";
const TLS: &str =
    "Check the base URL and this machine's clock; --cacert FILE adds a private certificate authority.";

fn tls_check(certificate: Option<&Certificate>) -> Check {
    match certificate {
        None => Check::ok("tls", "the certificate is trusted"),
        Some(certificate) if certificate.needs_renewal() => Check::warning(
            "tls",
            format!("the certificate is trusted: {certificate}"),
            "Ask the network to renew it: no call succeeds once it has expired.",
        ),
        Some(certificate) => Check::ok("tls", format!("the certificate is trusted: {certificate}")),
    }
}

/// What is wrong with a handshake, as a person says it: rustls is exact to the second.
fn why(error: &(dyn std::error::Error + 'static)) -> String {
    use rustls::{CertificateError as Fault, Error};

    let inner = error.downcast_ref::<io::Error>().and_then(|error| error.get_ref());
    match inner.and_then(|inner| inner.downcast_ref::<Error>()) {
        Some(Error::InvalidCertificate(fault)) => match fault {
            Fault::Expired | Fault::ExpiredContext { .. } => "the certificate has expired".to_owned(),
            Fault::NotValidYet | Fault::NotValidYetContext { .. } => {
                "the certificate is not valid yet".to_owned()
            }
            Fault::NotValidForName | Fault::NotValidForNameContext { .. } => {
                "the certificate is for another host".to_owned()
            }
            Fault::UnknownIssuer => "nobody that this machine trusts vouches for the certificate".to_owned(),
            other => format!("the certificate is not valid: {other}"),
        },
        _ => format!("there is no secure connection: {error}"),
    }
}

/// The host, without the brackets of an IPv6 address.
fn bare_host(uri: &Uri) -> &str {
    uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
}
