use std::{
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

use offerslook_core::job::{Options, Rate};

use super::{behaviour::Behaviour, clock::Clock, network::Network, world::World};

/// Everything that a run follows from.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Of the dice that the network, the server and the driver throw.
    pub seed: u64,
    /// What is true.
    pub world: World,
    /// What the server makes of it.
    pub server: Behaviour,
    /// The way there and back.
    pub network: Network,
    /// The clock that the jobs are told.
    pub clock: Clock,
    /// The quota of all jobs together.
    pub quota: Rate,
    /// What is run on that quota.
    pub jobs: Vec<JobPlan>,
    /// How often in 256 a ticket is handed to the wrong job.
    pub mixed_up: u64,
}

/// One job.
#[derive(Clone, Debug)]
pub struct JobPlan {
    /// What kind of job.
    pub kind: Kind,
    /// Its input. For one call, what that carries.
    pub ids: Vec<u64>,
    /// When it is first asked what to do.
    pub start: Duration,
    /// See [`Options`].
    pub ids_per_request: NonZeroUsize,
    /// See [`Options`].
    pub max_in_flight: NonZeroUsize,
    /// See [`Options`].
    pub attempts: NonZeroU32,
    /// See [`Options`].
    pub retry_budget: u32,
    /// See [`Options`].
    pub max_time: Option<Duration>,
    /// The timeout of a call.
    pub timeout: Duration,
    /// When it is told to stop.
    pub stop: Option<Duration>,
    /// When it is dropped.
    pub dropped: Option<Duration>,
    /// How often in 256 the consumer of its items takes a rest.
    pub rests: u64,
}

/// The kinds of jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A batch that reads.
    Links,
    /// A batch that changes.
    Applications,
    /// One call that reads: of one id.
    OneLink,
    /// One call that changes, with many ids.
    OneApplication,
    /// A listing. Its ids are the rows of the list.
    Numbers,
}

impl Kind {
    /// Whether it changes something.
    #[must_use]
    pub fn changes(self) -> bool {
        matches!(self, Self::Applications | Self::OneApplication)
    }

    /// Whether it is a single call.
    #[must_use]
    pub fn is_call(self) -> bool {
        matches!(self, Self::OneLink | Self::OneApplication)
    }

    /// Whether it is a batch.
    #[must_use]
    pub fn is_batch(self) -> bool {
        matches!(self, Self::Links | Self::Applications)
    }
}

impl Plan {
    /// A plan without any fault, for one batch that reads these ids with the default options.
    #[must_use]
    pub fn plain(ids: impl IntoIterator<Item = u64>) -> Self {
        Self {
            seed: 1,
            world: World { stretch: 1, ..World::default() },
            server: Behaviour::default(),
            network: Network { least: 100, keeps_timeouts: true, ..Network::default() },
            clock: Clock::default(),
            quota: Rate::DOCUMENTED,
            jobs: vec![JobPlan::plain(Kind::Links, ids)],
            mixed_up: 0,
        }
    }

    /// The most calls that a batch of reads may need, where nothing goes wrong but that ids have no row, or
    /// are refused: the fewest that carry all ids, for each refused id two on each way down to it, and what it
    /// takes to learn that ids without a row have none.
    #[must_use]
    pub fn most_calls(&self, job: &JobPlan) -> Option<usize> {
        let network = Network { least: 0, jitter: 0, keeps_timeouts: false, ..self.network.clone() };
        let trip = Duration::from_millis(2 * (self.network.least + self.network.jitter));
        let is_calm = self.server.is_honest()
            && network == Network::default()
            && trip < job.timeout
            && self.clock.0.is_empty()
            && self.mixed_up == 0
            && job.is_left_alone()
            && job.kind == Kind::Links;
        is_calm.then(|| {
            let size = job.ids_per_request.get();
            let refused = job.ids.iter().filter(|id| self.world.poison.contains(id)).count();
            let halvings: usize = size.next_power_of_two().ilog2().try_into().unwrap_or(usize::MAX);
            job.ids.len().div_ceil(size) + refused * 2 * halvings + MOST_DOUBTING
        })
    }
}

/// What it takes to learn that ids without a row have none.
const MOST_DOUBTING: usize = 8;

impl JobPlan {
    fn is_left_alone(&self) -> bool {
        self.stop.is_none() && self.dropped.is_none() && self.max_time.is_none() && self.rests == 0
    }

    /// A job with the default options.
    #[must_use]
    pub fn plain(kind: Kind, ids: impl IntoIterator<Item = u64>) -> Self {
        let options = Options::default();
        Self {
            kind,
            ids: ids.into_iter().collect(),
            start: Duration::ZERO,
            ids_per_request: options.ids_per_request,
            max_in_flight: options.max_in_flight,
            attempts: options.attempts,
            retry_budget: options.retry_budget,
            max_time: options.max_time,
            timeout: options.transport.timeout,
            stop: None,
            dropped: None,
            rests: 0,
        }
    }

    /// As core takes them.
    #[must_use]
    pub fn options(&self, rate: Rate) -> Options {
        let mut options = Options::default();
        options.quota = rate;
        options.ids_per_request = self.ids_per_request;
        options.max_in_flight = self.max_in_flight;
        options.attempts = self.attempts;
        options.retry_budget = self.retry_budget;
        options.max_time = self.max_time;
        options.transport.timeout = self.timeout;
        options
    }
}
