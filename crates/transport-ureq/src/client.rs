use std::{
    env, fmt,
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::Instant,
};

use offerslook_core::{
    Account, Proxies, Settings, SetupError,
    job::{Jobs, Options},
};
use ureq::{Agent, config::Config};

use crate::{
    connector::{Dialer, Unresolved},
    tls,
};

/// Calls the API of one account. Cheap to clone: clones share their connections.
///
/// Nothing secret shows in its `Debug` form.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    agent: Agent,
}

struct Shared {
    jobs: Jobs,
    /// The moment from which the jobs count.
    epoch: Instant,
    /// What makes the client's own connections; an agent of the caller's makes its own.
    dialer: Option<Dialer>,
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
        let agent = agent(&dialer);
        Ok(Self::build(account, options, agent, Some(dialer)))
    }

    /// A client that sends with an agent of your own.
    ///
    /// The agent decides on TLS, proxies and connections: of the transport settings, only the limits are used. What it
    /// does differently from the client's own: names are looked up for every call, with a limit of their own;
    /// a body that ends with the connection is taken for whole even where the connection broke; and what
    /// happened before the request was sent is told less precisely.
    #[must_use]
    pub fn with_agent(account: Account, options: Options, agent: Agent) -> Self {
        Self::build(account, options, agent, None)
    }

    fn build(account: Account, options: Options, agent: Agent, dialer: Option<Dialer>) -> Self {
        // The hasher of the standard library is seeded at random.
        let jobs = Jobs::new(account, options, RandomState::new().hash_one(()));
        Self { shared: Arc::new(Shared { jobs, epoch: Instant::now(), dialer }), agent }
    }

    /// The same client with connections that can be ended without ending others.
    pub(crate) fn with_own_connections(&self) -> Option<Self> {
        let agent = agent(self.shared.dialer.as_ref()?);
        Some(Self { shared: Arc::clone(&self.shared), agent })
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

    pub(crate) fn agent(&self) -> &Agent {
        &self.agent
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("jobs", &self.shared.jobs).finish_non_exhaustive()
    }
}

fn agent(dialer: &Dialer) -> Agent {
    let config = Config::builder()
        .proxy(None)
        .user_agent("")
        .max_idle_age(Settings::IDLE_TIMEOUT)
        .max_idle_connections(Settings::MAX_IDLE_CONNECTIONS)
        .max_idle_connections_per_host(Settings::MAX_IDLE_CONNECTIONS)
        .build();
    Agent::with_parts(config, dialer.clone(), Unresolved)
}
