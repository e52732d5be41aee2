use super::ProxyError;

/// Why a client could not be built. Nothing was sent. No secret shows in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// No certificate authority to check the service's certificate against.
    #[error(
        "this system has no certificate authorities to trust{}: install its ca-certificates package, point \
         SSL_CERT_FILE at a PEM file, or name a certificate authority in the settings", in_brackets(.cause)
    )]
    NoRootCertificates {
        /// What the look for them met, if anything.
        cause: String,
    },
    /// An extra certificate authority that cannot be used.
    #[error(
        "the extra certificate authority {position} cannot be used ({cause}): give a PEM file with one or more \
         CERTIFICATE blocks"
    )]
    RootCertificate {
        /// Which of the given ones, counted from 1.
        position: usize,
        /// What is wrong with it.
        cause: String,
    },
    /// A variable of the environment names a proxy that cannot be used.
    #[error("{variable}: {fault}")]
    Proxy {
        /// The variable's name.
        variable: &'static str,
        /// What is wrong with its value.
        fault: ProxyError,
    },
    /// TLS itself does not work here.
    #[error("TLS cannot be set up ({cause}): this is a fault of the program, report it")]
    Tls {
        /// What the library underneath said.
        cause: String,
    },
}

fn in_brackets(cause: &str) -> String {
    if cause.is_empty() { String::new() } else { format!(" ({cause})") }
}
