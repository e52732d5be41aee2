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

use crate::{Client, Transport, blocking};

/// Builds a client: [`Client`](crate::Client) or [`blocking::Client`](crate::blocking::Client).
pub struct ClientBuilder<C> {
    account: Account,
    options: Options,
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

    /// Sets the quota, which any number of clients may share. Default: a quota of the documented rate, 50 calls in 10
    /// seconds, for this client and its clones alone.
    #[must_use]
    pub fn quota(self, quota: Quota) -> Self {
        Self { quota, ..self }
    }

    /// The settings of the transport, with the proxies that the environment names.
    fn settings(&self) -> Result<Settings, SetupError> {
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

    fn into_parts(self, settings: Settings) -> Parts {
        // The hasher of the standard library has a random seed.
        let jobs = Jobs::new(self.account, self.options, self.quota, RandomState::new().hash_one(()));
        Parts { jobs, settings }
    }
}

impl<T: Transport> ClientBuilder<Client<T>> {
    /// Builds the client and its transport.
    ///
    /// # Errors
    /// See [`SetupError`].
    pub fn build(self) -> Result<Client<T>, SetupError> {
        let settings = self.settings()?;
        let transport = T::new(&settings, self.account.base_url())?;
        Ok(Client::from_parts(self.into_parts(settings), transport))
    }

    /// Builds the client on a transport of your own. The environment is not read.
    pub fn build_with(self, transport: T) -> Client<T> {
        let settings = self.options.transport().clone();
        Client::from_parts(self.into_parts(settings), transport)
    }
}

impl<T: blocking::Transport> ClientBuilder<blocking::Client<T>> {
    /// Builds the client and its transport.
    ///
    /// # Errors
    /// See [`SetupError`].
    pub fn build(self) -> Result<blocking::Client<T>, SetupError> {
        let settings = self.settings()?;
        let transport = T::new(&settings, self.account.base_url())?;
        Ok(blocking::Client::from_parts(self.into_parts(settings), transport))
    }

    /// Builds the client on a transport of your own. The environment is not read.
    pub fn build_with(self, transport: T) -> blocking::Client<T> {
        let settings = self.options.transport().clone();
        blocking::Client::from_parts(self.into_parts(settings), transport)
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("account", &self.account).finish_non_exhaustive()
    }
}
