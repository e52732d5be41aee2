use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
    num::NonZeroU32,
    path::PathBuf,
    time::Duration,
};

use secrecy::SecretString;

use crate::{
    ApplicationRule, Certificate, Faults, RouteError,
    custom_routes::CustomRoutes,
    offers::{Offers, OffersFile},
};

/// The configuration of a [`Sandbox`](crate::Sandbox).
///
/// ```
/// let config = offerslook_sandbox::SandboxConfig::default()
///     .offers(10_000)
///     .seed(7)
///     .email("me@sandbox.example");
/// ```
#[derive(Debug, Clone)]
#[must_use]
#[non_exhaustive]
pub struct SandboxConfig {
    pub(crate) offers: u64,
    pub(crate) seed: u64,
    pub(crate) offers_file: Option<OffersFile>,
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
    pub(crate) custom_routes: CustomRoutes,
}

impl Default for SandboxConfig {
    /// 5,000 offers, seed 0, a fixed account, and the documented quota of 50 calls in 10 seconds.
    fn default() -> Self {
        Self {
            offers: 5_000,
            seed: 0,
            offers_file: None,
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
            custom_routes: CustomRoutes::default(),
        }
    }
}

impl SandboxConfig {
    /// The maximum number of generated offers. A page of a list of this many offers still takes only a
    /// moment.
    pub const MAX_OFFERS: u64 = Offers::MAX_COUNT;

    /// Sets the number of offers: their ids are 1 to `count`, at most [`SandboxConfig::MAX_OFFERS`]. The
    /// documented offers 16 and 102 and the offers of a file exist in any case.
    pub fn offers(mut self, count: u64) -> Self {
        self.offers = count;
        self
    }

    /// Sets the seed of the generated offers. The same seed gives the same offers in every process.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Loads offers from [a file](crate#offers-from-a-file) when the sandbox starts. Replaces an earlier file
    /// or text.
    pub fn offers_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.offers_file = Some(OffersFile::Path(path.into()));
        self
    }

    /// Loads offers from the text of such a file.
    pub fn offers_json(mut self, text: impl Into<String>) -> Self {
        self.offers_file = Some(OffersFile::Text(text.into()));
        self
    }

    /// Adds a custom route, for an endpoint that the sandbox does not have. It serves the JSON text
    /// unchanged, with status 200, to every request with this method and a path of this template.
    ///
    /// In a template, `{name}` stands for any one segment. The checks, the quota, the log of arrivals and
    /// [faults](crate::Rule::on) treat a custom route as they treat an endpoint.
    ///
    /// ```
    /// use offerslook_sandbox::{Fault, Faults, Route, Rule, SandboxConfig};
    ///
    /// # fn main() -> Result<(), offerslook_sandbox::RouteError> {
    /// let things = r#"{"code": 0, "message": "Success", "data": {"thing": {"id": 7}}}"#;
    /// let rule = Rule::new(Fault::KeyRevoked).on(Route::custom("GET", "/aff/v1/things/{id}")?).after(3);
    /// let config = SandboxConfig::default()
    ///     .route("GET", "/aff/v1/things/{id}", things)?
    ///     .faults(Faults::default().rule(rule));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// - [`RouteError::Method`] for a method other than GET, POST, PUT, PATCH and DELETE;
    /// - [`RouteError::Path`] for an invalid template, and for a path of the control API;
    /// - [`RouteError::Json`] for text that is not JSON;
    /// - [`RouteError::Overlap`] if an endpoint or an earlier custom route matches some of the same requests.
    pub fn route(mut self, method: &str, path: &str, json: impl Into<String>) -> Result<Self, RouteError> {
        self.custom_routes.add(method, path, json.into())?;
        Ok(self)
    }

    /// Sets the affiliate's e-mail address, the user of HTTP Basic. It must not be empty or contain a colon
    /// or a control character.
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = email.into().into();
        self
    }

    /// Sets the API key, the password of HTTP Basic. It must not be empty or contain a control character.
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = api_key.into().into();
        self
    }

    /// Serves the hosts of this network only: the first label of the `Host` header must be this name, as in
    /// `acme.api.offerslook.com` or `acme.localhost:8080`. The name must be a valid DNS label. By default,
    /// the sandbox serves every host.
    pub fn network(mut self, name: impl Into<String>) -> Self {
        self.network = Some(name.into());
        self
    }

    /// Accepts the key from these IP addresses only; an empty list accepts none. By default, every address is
    /// allowed. Clients on the same machine usually come from 127.0.0.1.
    pub fn allow_list(mut self, addresses: impl IntoIterator<Item = IpAddr>) -> Self {
        self.allow_list = Some(addresses.into_iter().collect());
        self
    }

    /// Sets the quota: at most this many calls in any window of this length. A call over the quota gets 429.
    ///
    /// A call counts if it passes the checks of key, network and address. A call over the quota does not
    /// count.
    pub fn quota(mut self, calls: NonZeroU32, window: Duration) -> Self {
        self.quota = Some((calls, window));
        self
    }

    /// Removes the quota.
    pub fn without_quota(mut self) -> Self {
        self.quota = None;
        self
    }

    /// Sets the port on 127.0.0.1; 0, the default, takes a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Serves HTTPS instead of HTTP, with a new certificate. Clients have to trust
    /// [`Sandbox::certificate_authority`](crate::Sandbox::certificate_authority).
    pub fn https(mut self, certificate: Certificate) -> Self {
        self.https = Some(certificate);
        self
    }

    /// Sets the faults at the start. [`Sandbox::set_faults`](crate::Sandbox::set_faults) changes them later.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// Sets how applications for offers that require approval are decided; by default, manually.
    pub fn applications(mut self, rule: ApplicationRule) -> Self {
        self.application_rule = rule;
        self
    }

    /// Sets how applications for these offers are decided, whatever the general rule.
    pub fn applications_for(
        mut self,
        offer_ids: impl IntoIterator<Item = u64>,
        rule: ApplicationRule,
    ) -> Self {
        self.application_rules.extend(offer_ids.into_iter().map(|id| (id, rule)));
        self
    }
}
