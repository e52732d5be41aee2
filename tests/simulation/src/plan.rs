use std::time::Duration;

use offerslook_core::job::{Options, Rate};

use super::{behaviour::Behaviour, clock::Clock, network::Network, world::World};

/// Everything that a run follows from.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Seeds the random choices of network, server and driver.
    pub seed: u64,
    /// The truth.
    pub world: World,
    /// How the server answers.
    pub server: Behaviour,
    /// The way there and back.
    pub network: Network,
    /// The clock that the jobs see.
    pub clock: Clock,
    /// The quota that all jobs share.
    pub quota: Rate,
    /// The jobs.
    pub jobs: Vec<JobPlan>,
    /// How often in 1,000 a ticket is handed to the wrong job.
    pub misdirected: u64,
    /// Whether wrong verdicts are counted; otherwise the first one ends the run.
    pub counts_wrong_verdicts: bool,
}

/// One job.
#[derive(Clone, Debug)]
pub struct JobPlan {
    /// What kind of job.
    pub kind: Kind,
    /// Its input. For a listing, the rows of the list.
    pub ids: Vec<u64>,
    /// Whether the input begins again after its end, for ever.
    pub is_endless: bool,
    /// When the job is first polled.
    pub start: Duration,
    /// See [`Options`].
    pub ids_per_request: usize,
    /// See [`Options`].
    pub max_in_flight: usize,
    /// See [`Options`].
    pub retries: u32,
    /// See [`Options`].
    pub retry_budget: u32,
    /// See [`Options`].
    pub max_time: Option<Duration>,
    /// See [`Options`].
    pub timeout: Duration,
    /// See [`Options`].
    pub trust_missing_rows: bool,
    /// When it is stopped.
    pub stop: Option<Duration>,
    /// The number of actions after which it is stopped, in the middle of its turn.
    pub stopped_after: Option<u64>,
    /// When it is dropped.
    pub dropped: Option<Duration>,
    /// How often in 1,000 the consumer pauses after an item.
    pub pauses: u64,
    /// The number of items after which the consumer never polls the job again.
    pub abandoned_after: Option<u64>,
    /// The first page and the limit that a listing is asked for.
    pub first_page: Option<(u32, u32)>,
}

/// The kinds of jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A batch that reads.
    Links,
    /// A batch that changes.
    Applications,
    /// One call that reads, for one id.
    OneLink,
    /// One call that changes, with many ids.
    OneApplication,
    /// A listing.
    Numbers,
}

impl Kind {
    /// Returns `true` if it changes something.
    #[must_use]
    pub fn is_change(self) -> bool {
        matches!(self, Self::Applications | Self::OneApplication)
    }

    /// Returns `true` for a single call.
    #[must_use]
    pub fn is_call(self) -> bool {
        matches!(self, Self::OneLink | Self::OneApplication)
    }

    /// Returns `true` for a batch.
    #[must_use]
    pub fn is_batch(self) -> bool {
        matches!(self, Self::Links | Self::Applications)
    }
}

impl Plan {
    /// Creates a plan without any fault, for one batch that reads these ids with the default options.
    #[must_use]
    pub fn plain(ids: impl IntoIterator<Item = u64>) -> Self {
        Self {
            seed: 1,
            world: World { stretch: 1, ..World::default() },
            server: Behaviour::default(),
            network: Network { latency: 100, keeps_timeouts: true, ..Network::default() },
            clock: Clock::default(),
            quota: Rate::DOCUMENTED,
            jobs: vec![JobPlan::plain(Kind::Links, ids)],
            misdirected: 0,
            counts_wrong_verdicts: false,
        }
    }

    /// Returns `true` if nothing disturbs this job: no fault, no loss, no other job.
    #[must_use]
    pub fn is_calm(&self, job: &JobPlan) -> bool {
        let network = Network { latency: 0, jitter: 0, keeps_timeouts: false, ..self.network.clone() };
        let trip = Duration::from_millis(2 * (self.network.latency + self.network.jitter));
        self.server.is_honest()
            && self.world.malformed + self.world.anonymous == 0
            && network == Network::default()
            && trip < job.timeout
            && self.clock.0.is_empty()
            && self.misdirected == 0
            && self.jobs.len() == 1
            && !job.ends_early()
            && job.pauses == 0
    }
}

impl JobPlan {
    /// Creates a job with the default options.
    #[must_use]
    pub fn plain(kind: Kind, ids: impl IntoIterator<Item = u64>) -> Self {
        Self {
            kind,
            ids: ids.into_iter().collect(),
            is_endless: false,
            start: Duration::ZERO,
            ids_per_request: 100,
            max_in_flight: 8,
            retries: 4,
            retry_budget: 20,
            max_time: None,
            timeout: Duration::from_secs(30),
            trust_missing_rows: false,
            stop: None,
            stopped_after: None,
            dropped: None,
            pauses: 0,
            abandoned_after: None,
            first_page: None,
        }
    }

    /// Returns `true` if something else than the last answer may end the job.
    #[must_use]
    pub fn ends_early(&self) -> bool {
        let is_left = self.dropped.is_some() || self.abandoned_after.is_some();
        is_left
            || self.stop.is_some()
            || self.stopped_after.is_some()
            || self.max_time.is_some()
            || self.ids.contains(&0)
    }

    /// Returns the maximum number of ids in a call.
    #[must_use]
    pub fn max_ids(&self) -> usize {
        let most = if self.kind == Kind::Applications { 100 } else { Options::MAX_IDS_PER_CALL };
        self.ids_per_request.min(most)
    }
}
