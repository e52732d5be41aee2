use super::Moment;

/// The progress of a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The number of results that were handed out: for a batch, elements with an outcome.
    pub done: u64,
    /// The number of calls that were sent, retries included.
    pub calls: u64,
    /// The number of retries.
    pub retries: u64,
    /// The number of calls in flight.
    pub in_flight: usize,
    /// When the next call may be sent, if the rate limit or a pause holds it back.
    pub waiting_until: Option<Moment>,
    /// How often in a row the store of the quota did not reply. The job asks it again.
    pub store_failures: u32,
}
