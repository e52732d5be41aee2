use secrecy::SecretString;

use crate::{Certificate, Faults};

/// What a [`Sandbox`](crate::Sandbox) holds and whom it lets in.
///
/// ```
/// let config = offerslook_sandbox::SandboxConfig::default()
///     .offers(10_000)
///     .seed(7)
///     .email("me@sandbox.example");
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SandboxConfig {
    pub(crate) offers: u64,
    pub(crate) seed: u64,
    pub(crate) email: String,
    pub(crate) api_key: SecretString,
    pub(crate) port: u16,
    pub(crate) https: Option<Certificate>,
    pub(crate) faults: Faults,
}

impl Default for SandboxConfig {
    /// 5,000 offers, seed 0, and an account that is plainly a sandbox's.
    fn default() -> Self {
        Self {
            offers: 5_000,
            seed: 0,
            email: "affiliate@sandbox.example".to_owned(),
            api_key: "5a4db0005a4db0005a4db0005a4db000".into(),
            port: 0,
            https: None,
            faults: Faults::default(),
        }
    }
}

impl SandboxConfig {
    /// How many offers there are: ids 1 to `count`. The documented offers 16 and 102 are always there as well.
    #[must_use]
    pub fn offers(mut self, count: u64) -> Self {
        self.offers = count;
        self
    }

    /// The seed of the generated offers. The same seed gives the same offers, in every process.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The affiliate's e-mail address, the user of HTTP Basic. It may not be empty or hold a colon or control character.
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = email.into();
        self
    }

    /// The API key, the password of HTTP Basic. It may not be empty or hold a control character.
    #[must_use]
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = api_key.into().into();
        self
    }

    /// The port of 127.0.0.1 that it listens on; 0, the default, is any free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// HTTPS instead of HTTP, with a certificate that was made for this sandbox alone.
    /// [`Sandbox::certificate_authority`](crate::Sandbox::certificate_authority) is what a client has to trust.
    #[must_use]
    pub fn https(mut self, certificate: Certificate) -> Self {
        self.https = Some(certificate);
        self
    }

    /// What goes wrong from the start. [`Sandbox::set_faults`](crate::Sandbox::set_faults) changes it later.
    #[must_use]
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }
}
