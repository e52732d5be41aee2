//! Throw-away certificate authorities, and server certificates that are valid or not.

use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// A host that only a proxy can reach: its name has no address.
pub const PROXIED_HOST: &str = "api.offerslook.invalid";

/// A certificate authority.
pub struct Authority {
    pem: Bytes,
    issuer: Issuer<'static, KeyPair>,
}

static TRUSTED: LazyLock<Authority> = LazyLock::new(Authority::new);
static VALID: LazyLock<Arc<ServerConfig>> = LazyLock::new(|| TRUSTED.server("127.0.0.1"));
static VALID_FOR_PROXIED_HOST: LazyLock<Arc<ServerConfig>> = LazyLock::new(|| TRUSTED.server(PROXIED_HOST));

/// The authority that [`fixtures::settings`](crate::fixtures::settings) trust.
#[must_use]
pub fn trusted() -> &'static Authority {
    &TRUSTED
}

/// A valid certificate for loopback.
#[must_use]
pub fn valid() -> Arc<ServerConfig> {
    Arc::clone(&VALID)
}

/// A valid certificate for [`PROXIED_HOST`].
#[must_use]
pub fn valid_for_proxied_host() -> Arc<ServerConfig> {
    Arc::clone(&VALID_FOR_PROXIED_HOST)
}

/// A certificate of an authority that nobody trusts.
#[must_use]
pub fn untrusted() -> Arc<ServerConfig> {
    Authority::new().server("127.0.0.1")
}

/// A certificate for another host.
#[must_use]
pub fn wrong_host() -> Arc<ServerConfig> {
    TRUSTED.server("another.example")
}

/// A certificate that has expired.
#[must_use]
pub fn expired() -> Arc<ServerConfig> {
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    params.not_before = date_time_ymd(2001, 1, 1);
    params.not_after = date_time_ymd(2002, 1, 1);
    TRUSTED.server_with(&params)
}

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem().into();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// Returns the authority's own certificate.
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
