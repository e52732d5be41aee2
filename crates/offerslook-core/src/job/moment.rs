use std::{ops::Add, time::Duration};

/// A point in time since the driver's epoch.
///
/// Everything that shares a [`Quota`](super::Quota) has to use the same epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(Duration);

impl Moment {
    /// The epoch.
    pub const EPOCH: Self = Self(Duration::ZERO);

    /// Returns the moment this long after the epoch.
    #[must_use]
    pub const fn after_epoch(elapsed: Duration) -> Self {
        Self(elapsed)
    }

    /// Returns the time since the epoch.
    #[must_use]
    pub const fn since_epoch(self) -> Duration {
        self.0
    }

    /// Returns the time since an earlier moment, or zero if that moment is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Moment {
    type Output = Self;

    /// Saturates at the end of time.
    fn add(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait))
    }
}
