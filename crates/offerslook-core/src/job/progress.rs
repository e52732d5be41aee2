use super::Moment;

/// How far a job is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many results were handed out: of a batch, ids with an outcome.
    pub done: u64,
    /// How many calls were sent, repeats included.
    pub calls: u64,
    /// How many of them were repeats.
    pub retries: u64,
    /// How many are in the air.
    pub in_flight: usize,
    /// When the next call may be sent, where the quota or the service's wish to wait holds it back.
    pub waiting_until: Option<Moment>,
}
