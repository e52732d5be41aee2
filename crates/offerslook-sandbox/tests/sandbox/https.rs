use std::{
    io::{self, Read, Write},
    net::TcpStream,
    sync::Arc,
};

use offerslook_sandbox::{Certificate, Sandbox, SandboxConfig};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, Error, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};

use crate::client::{LIMIT, authorization, sandbox};

fn serving(certificate: Certificate) -> Sandbox {
    Sandbox::start(SandboxConfig::default().https(certificate)).unwrap()
}

/// A connection after its handshake, which trusts the sandbox's authority.
pub(crate) fn connect(
    sandbox: &Sandbox,
    host: &str,
) -> Result<StreamOwned<ClientConnection, TcpStream>, Error> {
    let mut roots = RootCertStore::empty();
    let authority = sandbox.certificate_authority().unwrap();
    roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()).unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let tls =
        ClientConnection::new(Arc::new(config), ServerName::try_from(host.to_owned()).unwrap()).unwrap();
    let tcp = TcpStream::connect(sandbox.base_url().strip_prefix("https://").unwrap()).unwrap();
    tcp.set_read_timeout(Some(LIMIT)).unwrap();
    let mut stream = StreamOwned::new(tls, tcp);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock).map_err(|error| {
            error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()).cloned().unwrap()
        })?;
    }
    Ok(stream)
}

fn refusal(certificate: Certificate) -> CertificateError {
    let error = connect(&serving(certificate), "127.0.0.1").err().unwrap();
    let Error::InvalidCertificate(error) = error else { unreachable!("{error}") };
    error
}

#[test]
fn a_good_certificate_is_valid_for_loopback() {
    let sandbox = serving(Certificate::Good);
    assert!(sandbox.base_url().starts_with("https://127.0.0.1:"));
    for host in ["127.0.0.1", "localhost"] {
        let mut stream = connect(&sandbox, host).unwrap();
        assert_eq!(stream.conn.alpn_protocol(), Some(b"http/1.1".as_slice()));
        let request = format!(
            "GET /aff/v1/offers/16/tracking_links HTTP/1.1\r\nhost: {host}\r\nauthorization: {}\r\n\
             connection: close\r\n\r\n",
            authorization(&sandbox)
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
    assert_eq!(sandbox.arrivals().total, 2);
}

#[test]
fn each_bad_certificate_has_its_own_error() {
    let expired = refusal(Certificate::Expired);
    assert!(matches!(expired, CertificateError::ExpiredContext { .. }), "{expired:?}");
    let wrong_host = refusal(Certificate::WrongHost);
    assert!(matches!(wrong_host, CertificateError::NotValidForNameContext { .. }), "{wrong_host:?}");
    assert_eq!(refusal(Certificate::UnknownAuthority), CertificateError::UnknownIssuer);
}

#[test]
fn every_sandbox_has_its_own_authority() {
    let (one, other) = (serving(Certificate::Good), serving(Certificate::Good));
    assert_ne!(one.certificate_authority(), other.certificate_authority());
    assert_eq!(sandbox().certificate_authority(), None);
}

#[test]
fn plain_http_is_refused() {
    let sandbox = serving(Certificate::Good);
    let mut stream = TcpStream::connect(sandbox.base_url().strip_prefix("https://").unwrap()).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let end: io::Result<usize> = stream.read_to_end(&mut answer);
    assert!(end.is_ok() || end.is_err_and(|error| error.kind() == io::ErrorKind::ConnectionReset));
    assert!(!answer.starts_with(b"HTTP"));
    assert_eq!(sandbox.arrivals().total, 0);
    assert!(connect(&sandbox, "localhost").is_ok());
}
