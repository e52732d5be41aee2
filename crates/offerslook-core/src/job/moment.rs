use std::{ops::Add, time::Duration};

/// A point in time, as the driver tells it: how long after an epoch of its choice.
///
/// Everything that shares a [`Quota`](super::Quota) has to share the epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(Duration);

impl Moment {
    /// The epoch itself.
    pub const EPOCH: Self = Self(Duration::ZERO);

    /// The moment this long after the epoch.
    #[must_use]
    pub const fn after_epoch(elapsed: Duration) -> Self {
        Self(elapsed)
    }

    /// How long after the epoch it is.
    #[must_use]
    pub const fn since_epoch(self) -> Duration {
        self.0
    }

    /// How long after another moment it is; zero if it is before that.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Moment {
    type Output = Self;

    /// Later than the end of time is the end of time.
    fn add(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait))
    }
}
