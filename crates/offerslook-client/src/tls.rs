//! The configuration of rustls, and the classification of its errors.

use std::{
    error::Error,
    sync::{Arc, OnceLock},
};

use offerslook_core::{
    BaseUrl, Delivery, Settings, SetupError, TransportKind,
    transport::{Stage, causes, classify_io},
};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};

/// Configures rustls with the ring provider, whatever the default of the process. It trusts the certificate authorities
/// of the system and those in the settings.
///
/// # Errors
/// - [`SetupError::NoRootCertificates`] if there is none to trust, and the base URL is https.
/// - [`SetupError::RootCertificate`] if one of those in the settings cannot be read.
/// - [`SetupError::Tls`] if rustls refuses the configuration.
pub fn config(settings: &Settings, base_url: &BaseUrl) -> Result<Arc<ClientConfig>, SetupError> {
    let system = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(system.certs);
    for (pem, position) in settings.root_certificates.iter().zip(1..) {
        add(&mut roots, pem).map_err(|cause| SetupError::RootCertificate { position, cause })?;
    }
    if roots.is_empty() && base_url.origin().starts_with("https:") {
        let cause = system.errors.first().map(ToString::to_string).unwrap_or_default();
        return Err(SetupError::NoRootCertificates { cause });
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| SetupError::Tls { cause: error.to_string() })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// The [`config`] of a transport, made when it is needed.
///
/// If the base URL is https, that is at once, and so it is with certificate authorities in the settings: a mistake shows
/// during setup. A client of a plain http service, such as the sandbox, seldom needs it, and saves the milliseconds that
/// it takes to read the certificate authorities of the system.
#[derive(Debug)]
pub struct LazyConfig {
    settings: Settings,
    base_url: BaseUrl,
    made: OnceLock<Arc<ClientConfig>>,
}

impl LazyConfig {
    /// Makes the configuration if it is needed at once.
    ///
    /// # Errors
    /// Those of [`config`].
    pub fn new(settings: &Settings, base_url: &BaseUrl) -> Result<Self, SetupError> {
        let lazy = Self { settings: settings.clone(), base_url: base_url.clone(), made: OnceLock::new() };
        if base_url.origin().starts_with("https:") || !settings.root_certificates.is_empty() {
            lazy.get()?;
        }
        Ok(lazy)
    }

    /// Returns the configuration.
    ///
    /// # Errors
    /// Those of [`config`], if it was not made yet.
    pub fn get(&self) -> Result<Arc<ClientConfig>, SetupError> {
        if let Some(made) = self.made.get() {
            return Ok(Arc::clone(made));
        }
        let made = config(&self.settings, &self.base_url)?;
        Ok(Arc::clone(self.made.get_or_init(|| made)))
    }
}

fn add(roots: &mut RootCertStore, pem: &[u8]) -> Result<(), String> {
    let before = roots.len();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots.add(certificate.map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
    }
    if roots.len() == before { Err("it contains no certificate".to_owned()) } else { Ok(()) }
}

/// Classifies an error as [`classify_io`] does, and a [`rustls::Error`] among its causes as [`TransportKind::Tls`] or
/// [`TransportKind::Certificate`].
///
/// A certificate that is not trusted means that nothing was sent, in any stage.
#[must_use]
pub fn classify(error: &(dyn Error + 'static), stage: Stage) -> (TransportKind, Delivery) {
    let (kind, delivery) = classify_io(error, stage);
    match causes(error).find_map(<dyn Error>::downcast_ref::<rustls::Error>) {
        Some(rustls::Error::InvalidCertificate(_)) => (TransportKind::Certificate, Delivery::NotSent),
        Some(_) => (TransportKind::Tls, delivery),
        None => (kind, delivery),
    }
}
