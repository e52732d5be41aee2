use std::{
    env, fmt,
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::Instant,
};

use http::Uri;
use hyper::rt::{Read, Write};
use offerslook_core::{
    Account, Proxies, Settings, SetupError,
    job::{Jobs, Options},
};
use tower_service::Service;

use crate::{
    connector::{Connector, Dialer},
    pool::Pool,
    tls,
};

/// Calls the API of one account. Cheap to clone: clones share their connections.
///
/// Nothing secret shows in its `Debug` form.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    jobs: Jobs,
    /// The moment from which the jobs count.
    epoch: Instant,
    connector: Connector,
    pool: Pool,
}

impl Client {
    /// A client with the default [`Options`].
    ///
    /// # Errors
    /// Where no certificate authorities are found on this system, or the environment names a proxy that
    /// cannot be used.
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
        let dialer = Dialer::new(tls::config(&account, settings)?, proxies);
        Ok(Self::build(account, options, Connector::dialing(dialer)))
    }

    /// A client that makes its connections with a connector of your own, such as one through a Unix socket.
    ///
    /// The connector also decides on TLS and proxies: of the transport settings, only the limits are used.
    pub fn with_connector<C>(account: Account, options: Options, connector: C) -> Self
    where
        C: Service<Uri> + Clone + Send + Sync + 'static,
        C::Response: Read + Write + Send + Unpin + 'static,
        C::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
        C::Future: Send,
    {
        Self::build(account, options, Connector::custom(connector))
    }

    fn build(account: Account, options: Options, connector: Connector) -> Self {
        // The hasher of the standard library is seeded at random.
        let jobs = Jobs::new(account, options, RandomState::new().hash_one(()));
        let shared = Shared { jobs, epoch: Instant::now(), connector, pool: Pool::default() };
        Self { shared: Arc::new(shared) }
    }

    /// What makes jobs for this client to [`run`](Client::run). They share its quota.
    #[must_use]
    pub fn jobs(&self) -> &Jobs {
        &self.shared.jobs
    }

    pub(crate) fn epoch(&self) -> Instant {
        self.shared.epoch
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.shared.jobs.options().transport
    }

    pub(crate) fn connector(&self) -> &Connector {
        &self.shared.connector
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.shared.pool
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("jobs", &self.shared.jobs).finish_non_exhaustive()
    }
}
