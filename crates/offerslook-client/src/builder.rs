use std::{
    env, fmt,
    hash::{BuildHasher, RandomState},
    marker::PhantomData,
};

use http::Uri;
use offerslook_core::{
    Account, Proxies, Settings, SetupError,
    job::{Jobs, Options, Quota},
};

/// Builds a client: [`Client`](crate::Client) or [`blocking::Client`](crate::blocking::Client).
pub struct ClientBuilder<C> {
    account: Account,
    pub(crate) options: Options,
    quota: Quota,
    client: PhantomData<fn() -> C>,
}

/// What every client is made of, beside its transport.
pub(crate) struct Parts {
    pub(crate) jobs: Jobs,
    pub(crate) settings: Settings,
}

impl<C> ClientBuilder<C> {
    pub(crate) fn new(account: Account) -> Self {
        Self { account, options: Options::default(), quota: Quota::default(), client: PhantomData }
    }

    /// Sets the options of the jobs, and the settings of the transport. Default: [`Options::default`].
    #[must_use]
    pub fn options(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// Sets the quota, which any number of clients may share, or any number of programs if it is kept in a store
    /// ([`Quota::stored`]). Default: a quota of the documented rate, 50 calls in 10 seconds, for this client and its
    /// clones alone.
    #[must_use]
    pub fn quota(self, quota: Quota) -> Self {
        Self { quota, ..self }
    }

    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    /// The settings of the transport, with the proxies that the environment names.
    pub(crate) fn settings(&self) -> Result<Settings, SetupError> {
        let mut settings = self.options.transport().clone();
        let proxies = settings.proxies.take().unwrap_or_else(|| {
            Proxies::from_variables(|name| Some(env::var_os(name)?.to_string_lossy().into_owned()))
        });
        if let Ok(uri) = self.account.base_url().origin().parse::<Uri>() {
            proxies.for_uri(&uri)?;
        }
        settings.proxies = Some(proxies);
        Ok(settings)
    }

    pub(crate) fn into_parts(self, settings: Settings) -> Parts {
        // The hasher of the standard library has a random seed.
        let jobs = Jobs::new(self.account, self.options, self.quota, RandomState::new().hash_one(()));
        Parts { jobs, settings }
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("account", &self.account).finish_non_exhaustive()
    }
}
