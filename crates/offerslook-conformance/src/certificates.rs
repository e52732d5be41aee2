//! Throw-away certificate authorities, and servers' certificates that are good or bad.

use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// A host that is not this machine, and has no address: only a proxy can be asked for it.
pub const ELSEWHERE: &str = "api.offerslook.invalid";

/// An authority, and the servers that it vouches for.
pub struct Authority {
    pem: Bytes,
    issuer: Issuer<'static, KeyPair>,
}

static TRUSTED: LazyLock<Authority> = LazyLock::new(Authority::new);

/// The authority that [`given::patient`](crate::given::patient) settings trust.
#[must_use]
pub fn trusted() -> &'static Authority {
    &TRUSTED
}

/// Another authority: it vouches for no server.
#[must_use]
pub fn another() -> Authority {
    Authority::new()
}

/// A server for this machine that nothing is wrong with.
#[must_use]
pub fn good() -> Arc<ServerConfig> {
    static GOOD: LazyLock<Arc<ServerConfig>> = LazyLock::new(|| trusted().server("127.0.0.1"));
    Arc::clone(&GOOD)
}

/// A server for [`ELSEWHERE`] that nothing is wrong with.
#[must_use]
pub fn elsewhere() -> Arc<ServerConfig> {
    static SERVER: LazyLock<Arc<ServerConfig>> = LazyLock::new(|| trusted().server(ELSEWHERE));
    Arc::clone(&SERVER)
}

/// A server of an authority that nobody trusts.
#[must_use]
pub fn untrusted() -> Arc<ServerConfig> {
    Authority::new().server("127.0.0.1")
}

/// A server for another host.
#[must_use]
pub fn of_another_host() -> Arc<ServerConfig> {
    trusted().server("another.example")
}

/// A server whose time is over.
#[must_use]
pub fn expired() -> Arc<ServerConfig> {
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    params.not_before = date_time_ymd(2001, 1, 1);
    params.not_after = date_time_ymd(2002, 1, 1);
    trusted().server_with(&params)
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem().into();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// Its own certificate.
    #[must_use]
    pub fn pem(&self) -> Bytes {
        self.pem.clone()
    }

    fn server(&self, host: &str) -> Arc<ServerConfig> {
        self.server_with(&CertificateParams::new([host.to_owned()]).unwrap())
    }

    fn server_with(&self, params: &CertificateParams) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        Arc::new(config)
    }
}
