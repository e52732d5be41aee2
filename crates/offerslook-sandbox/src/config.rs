use std::path::PathBuf;

use secrecy::SecretString;

use crate::offers::Source;

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
    pub(crate) loaded_offers: Option<Source>,
    pub(crate) email: String,
    pub(crate) api_key: SecretString,
}

impl Default for SandboxConfig {
    /// 5,000 offers, seed 0, and an account that is plainly a sandbox's.
    fn default() -> Self {
        Self {
            offers: 5_000,
            seed: 0,
            loaded_offers: None,
            email: "affiliate@sandbox.example".to_owned(),
            api_key: "5a4db0005a4db0005a4db0005a4db000".into(),
        }
    }
}

impl SandboxConfig {
    /// The most offers that a sandbox makes: so many that a page of a list of them is still a matter of a moment.
    pub const MOST_OFFERS: u64 = 10_000_000;

    /// How many offers there are: ids 1 to `count`, at most [`SandboxConfig::MOST_OFFERS`]. The documented offers 16 and
    /// 102 are always there as well, and so are those that are loaded.
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

    /// A file with offers to load: see [the crate's documentation](crate#offers-from-a-file). It is read when the sandbox
    /// starts. It takes the place of an earlier file or text.
    #[must_use]
    pub fn offers_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.loaded_offers = Some(Source::File(path.into()));
        self
    }

    /// The text of such a file.
    #[must_use]
    pub fn offers_json(mut self, text: impl Into<String>) -> Self {
        self.loaded_offers = Some(Source::Json(text.into()));
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
}
