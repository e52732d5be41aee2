use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::ring,
    pki_types::{CertificateDer, ServerName, UnixTime},
};

/// What a person wants to know about the certificate of a server.
pub(super) struct Certificate {
    issuer: String,
    expiry: Timestamp,
}

/// How long before its end a certificate is warned about.
const SOON: SignedDuration = SignedDuration::from_hours(14 * 24);

impl Certificate {
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let (_, certificate) = x509_parser::parse_x509_certificate(der).ok()?;
        let issuer = certificate.issuer();
        let name = issuer.iter_common_name().next().and_then(|name| name.as_str().ok());
        let expiry = Timestamp::from_second(certificate.validity().not_after.timestamp()).ok()?;
        Some(Self { issuer: name.map_or_else(|| issuer.to_string(), str::to_owned), expiry })
    }

    /// Whether it ends soon, or has ended.
    pub(super) fn needs_renewal(&self) -> bool {
        self.expiry.duration_since(Timestamp::now()) < SOON
    }
}

impl std::fmt::Display for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let verb = if self.expiry < Timestamp::now() { "expired" } else { "expires" };
        write!(f, "issued by {}, {verb} on {}", self.issuer, self.expiry.strftime("%Y-%m-%d"))
    }
}

/// Looks at the certificate of a server, and then refuses the connection: it trusts nobody. For certificates that
/// were refused, of which rustls keeps nothing.
#[derive(Debug, Default)]
pub(super) struct Inspector(Mutex<Option<Vec<u8>>>);

impl Inspector {
    /// # Errors
    /// If rustls refuses the configuration.
    pub(super) fn config(self: &Arc<Self>) -> Result<Arc<ClientConfig>, Error> {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::<Self>::clone(self))
            .with_no_client_auth();
        Ok(Arc::new(config))
    }

    /// Returns the certificate that the server showed.
    pub(super) fn seen(&self) -> Option<Certificate> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.as_deref().and_then(Certificate::read)
    }
}

impl ServerCertVerifier for Inspector {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(end_entity.to_vec());
        Err(refused())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(refused())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(refused())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

fn refused() -> Error {
    CertificateError::ApplicationVerificationFailure.into()
}
