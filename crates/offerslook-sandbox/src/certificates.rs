use std::io;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// What the certificate of a [`Sandbox`](crate::Sandbox) that serves HTTPS is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Certificate {
    /// For 127.0.0.1 and localhost, and nothing is wrong with it.
    Good,
    /// For the right host, but its time is over.
    Expired,
    /// For another host.
    WrongHost,
    /// Signed by another authority than the one that the sandbox names.
    UnknownAuthority,
}

/// What a server needs for TLS, and a client to trust it. The keys behind it exist in memory alone.
pub(crate) struct Identity {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
    /// The certificate of the authority, in PEM.
    pub(crate) authority: String,
}

impl Identity {
    pub(crate) fn new(certificate: Certificate) -> io::Result<Self> {
        issue(certificate).map_err(|error| {
            io::Error::other(format!("the sandbox's certificate could not be made: {error}"))
        })
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
