use std::{io, sync::Arc};

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tokio_rustls::TlsAcceptor;

/// The certificate of a [`Sandbox`](crate::Sandbox) that serves HTTPS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Certificate {
    /// A valid certificate for 127.0.0.1 and localhost.
    Good,
    /// A certificate for the right host that has expired.
    Expired,
    /// A valid certificate for another host.
    WrongHost,
    /// A certificate that another authority signed than the one that the sandbox names.
    UnknownAuthority,
}

/// The certificate chain and key of a server, and the authority that clients have to trust. The keys exist in
/// memory only.
pub(crate) struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    /// The certificate of the authority, in PEM.
    pub(crate) authority: String,
}

impl Identity {
    pub(crate) fn new(certificate: Certificate) -> io::Result<Self> {
        issue(certificate).map_err(|error| {
            io::Error::other(format!("the sandbox could not create its certificate: {error}"))
        })
    }

    pub(crate) fn acceptor(self) -> io::Result<TlsAcceptor> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(self.chain, self.key))
            .map_err(io::Error::other)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

fn issue(certificate: Certificate) -> Result<Identity, rcgen::Error> {
    let named = Authority::new("OffersLook sandbox")?;
    let other;
    let signer = if certificate == Certificate::UnknownAuthority {
        other = Authority::new("Unknown authority")?;
        &other
    } else {
        &named
    };
    let hosts: &[&str] = match certificate {
        Certificate::WrongHost => &["another.example"],
        _ => &["127.0.0.1", "localhost"],
    };
    let mut params = CertificateParams::new(hosts.iter().copied().map(str::to_owned).collect::<Vec<_>>())?;
    params.distinguished_name = name("OffersLook sandbox server");
    if certificate == Certificate::Expired {
        params.not_before = date_time_ymd(2001, 1, 1);
        params.not_after = date_time_ymd(2002, 1, 1);
    }
    let key = KeyPair::generate()?;
    let leaf = params.signed_by(&key, &signer.issuer)?;
    Ok(Identity {
        chain: vec![leaf.der().clone()],
        key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        authority: named.pem,
    })
}

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new(common_name: &str) -> Result<Self, rcgen::Error> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::default();
        params.distinguished_name = name(common_name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let pem = params.self_signed(&key)?.pem();
        Ok(Self { issuer: Issuer::new(params, key), pem })
    }
}

fn name(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    name
}
