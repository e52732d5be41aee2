use super::{ProxyError, UnusableProxy};

/// Why a client could not be built. Nothing was sent. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The system trusts no certificate authority, so no certificate can be verified.
    #[error(
        "this system has no certificate authorities to trust{}: install its ca-certificates package, point \
         SSL_CERT_FILE at a PEM file, or name a certificate authority in the settings", in_brackets(.cause)
    )]
    NoRootCertificates {
        /// The first error met while loading them, or nothing.
        cause: String,
    },
    /// One of the extra certificate authorities cannot be read.
    #[error(
        "the extra certificate authority {position} cannot be used ({cause}): give a PEM file with one or more \
         CERTIFICATE blocks"
    )]
    RootCertificate {
        /// Its position among the extra ones, counted from 1.
        position: usize,
        /// What is wrong with it.
        cause: String,
    },
    /// A variable of the environment names a proxy that cannot be used, and the client would need it.
    #[error("{variable}: {fault}")]
    Proxy {
        /// The name of the variable.
        variable: &'static str,
        /// What is wrong with its value.
        fault: ProxyError,
    },
    /// The TLS library cannot be configured.
    #[error("TLS cannot be set up ({cause}): report it, this is a bug in the program")]
    Tls {
        /// The error of the TLS library.
        cause: String,
    },
}

impl From<UnusableProxy> for SetupError {
    fn from(UnusableProxy { variable, fault }: UnusableProxy) -> Self {
        Self::Proxy { variable, fault }
    }
}

fn in_brackets(cause: &str) -> String {
    if cause.is_empty() { String::new() } else { format!(" ({cause})") }
}
