use std::time::Instant;

use offerslook_core::TransportError;
use ureq::unversioned::transport::{ConnectionDetails, NextTimeout, time::Duration};

use super::fault;

/// How long it may still take to be connected, counted from when it began.
pub(super) struct Limit {
    began: Instant,
    whole: NextTimeout,
}

impl Limit {
    pub(super) fn of(details: &ConnectionDetails<'_>) -> Self {
        Self { began: Instant::now(), whole: details.timeout }
    }

    /// What is left, for the next step.
    pub(super) fn left(&self) -> Result<NextTimeout, TransportError> {
        let after = match self.whole.after {
            Duration::Exact(whole) => Duration::Exact(whole.saturating_sub(self.began.elapsed())),
            Duration::NotHappening => Duration::NotHappening,
        };
        // To the parts of ureq, no time left means a second more.
        if after.is_zero() { Err(fault::timeout()) } else { Ok(NextTimeout { after, ..self.whole }) }
    }
}
