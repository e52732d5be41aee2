use std::{
    env, fmt,
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::Instant,
};

use bytes::Bytes;
use http::Uri;
use http_body_util::Full;
use hyper::rt::{Read, Write};
use hyper_util::{client::legacy, rt::TokioTimer};
use offerslook_core::{
    Account, Proxies, Settings, SetupError,
    job::{Jobs, Options},
};
use tower_service::Service;

use crate::{
    connector::{Connector, Dialer},
    tasks::Tasks,
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
    http: legacy::Client<Connector, Full<Bytes>>,
    /// Ends what runs in the background when it is dropped.
    _tasks: Tasks,
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
        let connector = Connector::dialing(dialer, settings.connect_timeout);
        Ok(Self::build(account, options, connector))
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
        let connector = Connector::custom(connector, options.transport.connect_timeout);
        Self::build(account, options, connector)
    }

    fn build(account: Account, options: Options, connector: Connector) -> Self {
        let tasks = Tasks::new();
        let http = legacy::Client::builder(tasks.spawner())
            // Not a repetition: it is about a request of which not a byte was written, because the
            // connection that it was handed turned out to be closed.
            .retry_canceled_requests(true)
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Settings::IDLE_TIMEOUT)
            .pool_max_idle_per_host(Settings::IDLE_CONNECTIONS)
            .http1_max_buf_size(Settings::HEAD_CAP)
            .build(connector);
        // The hasher of the standard library is seeded at random.
        let jobs = Jobs::new(account, options, RandomState::new().hash_one(()));
        Self { shared: Arc::new(Shared { jobs, epoch: Instant::now(), http, _tasks: tasks }) }
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

    pub(crate) fn http(&self) -> &legacy::Client<Connector, Full<Bytes>> {
        &self.shared.http
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("jobs", &self.shared.jobs).finish_non_exhaustive()
    }
}
