use std::{
    collections::VecDeque,
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::http::StatusCode;

use crate::envelope::Failure;

/// The rate limit; `None` allows any number of calls.
pub(crate) struct Quota(Option<Window>);

/// A sliding window: it holds the arrivals that still count, never more than `calls`.
struct Window {
    calls: usize,
    length: Duration,
    arrivals: Mutex<VecDeque<Instant>>,
}

impl Quota {
    pub(crate) fn new(quota: Option<(NonZeroU32, Duration)>) -> Self {
        Self(quota.map(|(calls, length)| Window {
            calls: usize::try_from(calls.get()).unwrap_or(usize::MAX),
            length,
            arrivals: Mutex::default(),
        }))
    }

    /// Counts a call, or refuses it. A call without an instant of arrival is refused.
    pub(super) fn check(&self, arrived: Option<Instant>) -> Result<(), Failure> {
        let has_room = |window: &Window| arrived.is_some_and(|arrived| window.count(arrived));
        if self.0.as_ref().is_none_or(has_room) { Ok(()) } else { Err(Self::exhausted()) }
    }

    /// Returns the response to a call over the quota.
    pub(crate) fn exhausted() -> Failure {
        let message = "Too many calls: the network's quota is exhausted. Wait before you call again.";
        Failure::new(StatusCode::TOO_MANY_REQUESTS, message)
    }
}

impl Window {
    /// Counts a call if there is room for it. The arrivals must not go back in time.
    fn count(&self, arrived: Instant) -> bool {
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        while arrivals.pop_front_if(|earlier| arrived.duration_since(*earlier) >= self.length).is_some() {}
        let has_room = arrivals.len() < self.calls;
        if has_room {
            arrivals.push_back(arrived);
        }
        has_room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_slides_with_the_arrivals() {
        const LENGTH: Duration = Duration::from_hours(1);
        let quota = Quota::new(Some((NonZeroU32::MIN.saturating_add(1), LENGTH)));
        let start = Instant::now();
        let just_before = LENGTH.saturating_sub(Duration::from_nanos(1));
        let arrivals = [Duration::ZERO, LENGTH / 2, just_before, LENGTH, LENGTH, LENGTH * 3 / 2];
        let passed = arrivals.map(|after| quota.check(Some(start + after)).is_ok());
        assert_eq!(passed, [true, true, false, true, false, true]);
    }
}
