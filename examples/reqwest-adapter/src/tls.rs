use std::sync::Arc;

use offerslook_core::{Account, Settings, SetupError};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};

/// TLS with the ring provider, whatever the process's default, trusting the system's certificate
/// authorities and the extra ones. An account on plain http does without any.
pub(crate) fn config(account: &Account, settings: &Settings) -> Result<ClientConfig, SetupError> {
    let system = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(system.certs);
    for (pem, position) in settings.root_certificates.iter().zip(1..) {
        add(&mut roots, pem).map_err(|cause| SetupError::RootCertificate { position, cause })?;
    }
    if roots.is_empty() && account.base_url().origin().starts_with("https:") {
        let cause = system.errors.first().map(ToString::to_string).unwrap_or_default();
        return Err(SetupError::NoRootCertificates { cause });
    }
    Ok(ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| SetupError::Tls { cause: error.to_string() })?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

fn add(roots: &mut RootCertStore, pem: &[u8]) -> Result<(), String> {
    let before = roots.len();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots.add(certificate.map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
    }
    if roots.len() == before { Err("there is no certificate in it".to_owned()) } else { Ok(()) }
}
