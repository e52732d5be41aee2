use std::sync::{Arc, Mutex, PoisonError};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::ring,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use time::{Duration, OffsetDateTime};
use yasna::{ASN1Result, BERReader, BERReaderSeq, Tag, models::ObjectIdentifier, tags::TAG_UTCTIME};

/// What a person wants to know about the certificate of a server.
pub(super) struct Certificate {
    issuer: String,
    expiry: OffsetDateTime,
}

/// How long before its end a certificate is warned about.
const SOON: Duration = Duration::days(14);

impl Certificate {
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let parts = yasna::parse_der(der, |certificate| {
            certificate.read_sequence(|parts| {
                let read = parts.next().read_sequence(issuer_and_end)?;
                skip_rest(parts)?;
                Ok(read)
            })
        });
        let (issuer, expiry) = parts.ok()?;
        Some(Self { issuer, expiry })
    }

    /// Whether it ends soon, or has ended.
    pub(super) fn needs_renewal(&self) -> bool {
        self.expiry - OffsetDateTime::now_utc() < SOON
    }
}

impl std::fmt::Display for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let verb = if self.expiry < OffsetDateTime::now_utc() { "expired" } else { "expires" };
        write!(f, "issued by {}, {verb} on {}", self.issuer, self.expiry.date())
    }
}

/// Reads what RFC 5280 puts first into a certificate: version, serial number, algorithm, issuer and validity.
#[allow(
    clippy::redundant_closure_for_method_calls,
    reason = "the methods are not general enough over lifetimes"
)]
fn issuer_and_end(parts: &mut BERReaderSeq<'_, '_>) -> ASN1Result<(String, OffsetDateTime)> {
    parts.read_optional(|version| version.read_tagged(Tag::context(0), |version| version.read_u8()))?;
    let _serial_number = parts.next().read_der()?;
    let _algorithm = parts.next().read_der()?;
    let names = parts.next().collect_sequence_of(|names| names.collect_set_of(name))?;
    let end = parts.next().read_sequence(|validity| {
        let _start = validity.next().read_der()?;
        let end = validity.next();
        Ok(if end.lookahead_tag()? == TAG_UTCTIME {
            *end.read_utctime()?.datetime()
        } else {
            *end.read_generalized_time()?.datetime()
        })
    })?;
    skip_rest(parts)?;
    let names: Vec<_> = names.into_iter().flatten().collect();
    let of_kind = |kind: &[u64]| names.iter().find(|(found, _)| found.components() == kind);
    let issuer = of_kind(COMMON_NAME).or_else(|| of_kind(ORGANIZATION));
    Ok((issuer.map_or_else(|| "an authority without a name".to_owned(), |(_, name)| name.clone()), end))
}

const COMMON_NAME: &[u64] = &[2, 5, 4, 3];
const ORGANIZATION: &[u64] = &[2, 5, 4, 10];

/// One part of the name of an issuer, and its kind.
fn name(part: BERReader<'_, '_>) -> ASN1Result<(ObjectIdentifier, String)> {
    part.read_sequence(|part| {
        let kind = part.next().read_oid()?;
        let text = part.next().read_tagged_der()?;
        Ok((kind, String::from_utf8_lossy(text.value()).into_owned()))
    })
}

#[allow(
    clippy::redundant_closure_for_method_calls,
    reason = "the methods are not general enough over lifetimes"
)]
fn skip_rest(parts: &mut BERReaderSeq<'_, '_>) -> ASN1Result<()> {
    while parts.read_optional(|part| part.read_der())?.is_some() {}
    Ok(())
}

/// Looks at the certificate of a server, and then refuses the connection: it trusts nobody. For certificates that
/// were refused, of which rustls keeps nothing.
#[derive(Debug, Default)]
pub(super) struct Inspector(Mutex<Option<Vec<u8>>>);

impl Inspector {
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
