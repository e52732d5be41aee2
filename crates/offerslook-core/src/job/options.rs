use std::{
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

use super::Rate;
use crate::transport::Settings;

/// How calls are made: by the jobs of this crate, and by every adapter.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The part of the network's quota that this client may use. Default: the documented 50 calls in 10
    /// seconds, all of it. Give each program its part where several share a network.
    pub quota: Rate,
    /// The most calls in the air at a time. Default: 8. Until the first success it is one.
    pub max_in_flight: NonZeroUsize,
    /// The most ids in one call. Default: 100; more than [`Options::MAX_IDS_PER_CALL`] count as that.
    pub ids_per_request: NonZeroUsize,
    /// How often a call is sent at the most. Default: 5.
    pub attempts: NonZeroU32,
    /// How many repeats a job may use up, successes not counted: each success adds one. Default: 20.
    pub retry_budget: u32,
    /// The longest that a job may take. Default: no limit.
    pub max_time: Option<Duration>,
    /// Time limits of a call, certificates, proxies.
    pub transport: Settings,
}

impl Options {
    /// The most ids that one call ever carries.
    pub const MAX_IDS_PER_CALL: usize = 1_000;

    /// The longest `Retry-After` that a job waits for; a longer one ends it.
    pub const MAX_RETRY_AFTER: Duration = Duration::from_mins(2);

    /// How long after its time limit a call is given up if the driver tells nothing of it.
    pub const GRACE: Duration = Duration::from_secs(5);
}

impl Default for Options {
    fn default() -> Self {
        Self {
            quota: Rate::DOCUMENTED,
            max_in_flight: NonZeroUsize::MIN.saturating_add(7),
            ids_per_request: NonZeroUsize::MIN.saturating_add(99),
            attempts: NonZeroU32::MIN.saturating_add(4),
            retry_budget: 20,
            max_time: None,
            transport: Settings::default(),
        }
    }
}
