use std::time::Instant;

use offerslook_core::TransportError;
use ureq::unversioned::transport::{ConnectionDetails, NextTimeout, time::Duration};

use crate::error::connect_timeout;

/// What is left of the connect timeout.
pub(super) struct Limit {
    began: Instant,
    whole: NextTimeout,
}

impl Limit {
    pub(super) fn of(details: &ConnectionDetails<'_>) -> Self {
        Self { began: Instant::now(), whole: details.timeout }
    }

    /// The timeout of the next step.
    pub(super) fn left(&self) -> Result<NextTimeout, TransportError> {
        let after = match self.whole.after {
            Duration::Exact(whole) => Duration::Exact(whole.saturating_sub(self.began.elapsed())),
            Duration::NotHappening => Duration::NotHappening,
        };
        // ureq takes a timeout of zero for one second.
        if after.is_zero() { Err(connect_timeout()) } else { Ok(NextTimeout { after, ..self.whole }) }
    }
}
