use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
    num::NonZeroU32,
    path::PathBuf,
    time::Duration,
};

use secrecy::SecretString;

use crate::{ApplicationRule, Certificate, Faults, offers::Source};

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
    pub(crate) email: SecretString,
    pub(crate) api_key: SecretString,
    pub(crate) network: Option<String>,
    pub(crate) allow_list: Option<BTreeSet<IpAddr>>,
    pub(crate) quota: Option<(NonZeroU32, Duration)>,
    pub(crate) port: u16,
    pub(crate) https: Option<Certificate>,
    pub(crate) faults: Faults,
    pub(crate) application_rule: ApplicationRule,
    pub(crate) application_rules: BTreeMap<u64, ApplicationRule>,
}

impl Default for SandboxConfig {
    /// 5,000 offers, seed 0, an account that is plainly a sandbox's, and the documented quota of 50 calls in
    /// 10 seconds.
    fn default() -> Self {
        Self {
            offers: 5_000,
            seed: 0,
            loaded_offers: None,
            email: "affiliate@sandbox.example".into(),
            api_key: "5a4db0005a4db0005a4db0005a4db000".into(),
            network: None,
            allow_list: None,
            quota: Some((NonZeroU32::MIN.saturating_add(49), Duration::from_secs(10))),
            port: 0,
            https: None,
            faults: Faults::default(),
            application_rule: ApplicationRule::default(),
            application_rules: BTreeMap::new(),
        }
    }
}

impl SandboxConfig {
    /// The most offers that a sandbox makes: so many that a page of a list of them is still a matter of a
    /// moment.
    pub const MOST_OFFERS: u64 = 1_000_000;

    /// How many offers there are: ids 1 to `count`, at most [`SandboxConfig::MOST_OFFERS`]. The documented
    /// offers 16 and 102 are always there as well, and so are those that are loaded.
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

    /// A file with offers to load: see [the crate's documentation](crate#offers-from-a-file). It is read when
    /// the sandbox starts. It takes the place of an earlier file or text.
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

    /// The affiliate's e-mail address, the user of HTTP Basic. It may not be empty or hold a colon or control
    /// character.
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = email.into().into();
        self
    }

    /// The API key, the password of HTTP Basic. It may not be empty or hold a control character.
    #[must_use]
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = api_key.into().into();
        self
    }

    /// The network whose host alone is served: the first label of the `Host` header must be this name, as in
    /// `acme.api.offerslook.com` or `acme.localhost:8080`. Without it, every host is. It has to be a label
    /// that a host name can begin with.
    #[must_use]
    pub fn network(mut self, name: impl Into<String>) -> Self {
        self.network = Some(name.into());
        self
    }

    /// The IP addresses that the key works from; none at all, if there are none in the list. Without it,
    /// every address is allowed. Clients on the same machine mostly come from 127.0.0.1.
    #[must_use]
    pub fn allow_list(mut self, addresses: impl IntoIterator<Item = IpAddr>) -> Self {
        self.allow_list = Some(addresses.into_iter().collect());
        self
    }

    /// The quota, as if the network had raised it: at most so many calls arrive in any window of this length;
    /// those over it are refused with 429.
    ///
    /// A call counts once its key, network and address have been found good, whatever becomes of it then. A
    /// call that is refused for the quota does not count.
    #[must_use]
    pub fn quota(mut self, calls: NonZeroU32, window: Duration) -> Self {
        self.quota = Some((calls, window));
        self
    }

    /// No quota: for tests that have better to do than wait.
    #[must_use]
    pub fn without_quota(mut self) -> Self {
        self.quota = None;
        self
    }

    /// The port of 127.0.0.1 that it listens on; 0, the default, is any free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// HTTPS instead of HTTP, with a certificate that was made for this sandbox alone.
    /// [`Sandbox::certificate_authority`](crate::Sandbox::certificate_authority) is what a client has to
    /// trust.
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

    /// What becomes of applications for offers that require approval. By default, they wait to be decided by
    /// hand.
    #[must_use]
    pub fn applications(mut self, rule: ApplicationRule) -> Self {
        self.application_rule = rule;
        self
    }

    /// What becomes of applications for these offers, whatever becomes of others.
    #[must_use]
    pub fn applications_for(
        mut self,
        offer_ids: impl IntoIterator<Item = u64>,
        rule: ApplicationRule,
    ) -> Self {
        self.application_rules.extend(offer_ids.into_iter().map(|id| (id, rule)));
        self
    }
}
