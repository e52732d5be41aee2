use std::{sync::LazyLock, time::Instant};

use offerslook_core::job::Moment;

/// Every client of the process counts from here, so that clients can share a quota.
static EPOCH: LazyLock<Instant> = LazyLock::new(Instant::now);

pub(crate) fn moment(now: Instant) -> Moment {
    Moment::after_epoch(now.saturating_duration_since(*EPOCH))
}
