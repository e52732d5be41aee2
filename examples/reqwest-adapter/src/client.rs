use std::{
    env,
    hash::{BuildHasher, RandomState},
    time::Instant,
};

use http::Uri;
use offerslook_core::{
    Account, Proxies, Settings, SetupError,
    job::{Jobs, Options},
};
use reqwest::redirect::Policy;

use crate::tls;

/// Calls the API of one account. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    pub(crate) http: reqwest::Client,
    pub(crate) jobs: std::sync::Arc<Jobs>,
    pub(crate) proxies: Proxies,
    /// The moment from which the jobs count.
    pub(crate) epoch: Instant,
}

impl Client {
    /// A client with the default options.
    ///
    /// # Errors
    /// Where no certificate authorities are found, or the environment names a proxy that cannot be used.
    pub fn new(account: Account) -> Result<Self, SetupError> {
        Self::with_options(account, Options::default())
    }

    /// A client with these options.
    ///
    /// # Errors
    /// As [`Client::new`], and where one of the given certificate authorities cannot be read.
    pub fn with_options(account: Account, options: Options) -> Result<Self, SetupError> {
        let settings = &options.transport;
        let proxies = match &settings.proxies {
            Some(proxies) => proxies.clone(),
            None => Proxies::from_variables(|name| Some(env::var_os(name)?.to_string_lossy().into_owned()))?,
        };
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::config(&account, settings)?)
            .http1_only()
            .http1_max_headers(Settings::MAX_HEADERS)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .pool_idle_timeout(Settings::IDLE_TIMEOUT)
            .pool_max_idle_per_host(Settings::MAX_IDLE_CONNECTIONS)
            // The whole call has a limit of its own; who is not connected by then is told so.
            .connect_timeout(settings.connect_timeout.min(settings.timeout / 4 * 3))
            .no_proxy()
            .proxy(proxy(&account, &proxies))
            .build()
            .map_err(|error| SetupError::Tls { cause: error.to_string() })?;
        // The hasher of the standard library is seeded at random.
        let jobs = Jobs::new(account, options, RandomState::new().hash_one(()));
        Ok(Self { http, jobs: jobs.into(), proxies, epoch: Instant::now() })
    }

    /// What makes jobs for this client to [`run`](Client::run). They share its quota.
    #[must_use]
    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }
}

/// The core's rules, asked for each call; the login is that of the account's proxy.
fn proxy(account: &Account, rules: &Proxies) -> reqwest::Proxy {
    let base_url: Option<Uri> = account.base_url().origin().parse().ok();
    let login = base_url.and_then(|uri| rules.for_uri(&uri)?.authorization().cloned());
    let rules = rules.clone();
    let proxy = reqwest::Proxy::custom(move |url| {
        let uri: Uri = url.as_str().parse().ok()?;
        Some(rules.for_uri(&uri)?.uri().to_string())
    });
    match login {
        Some(login) => proxy.custom_http_auth(login),
        None => proxy,
    }
}
