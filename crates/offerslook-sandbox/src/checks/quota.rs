use std::{
    collections::VecDeque,
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::http::StatusCode;

use crate::envelope::Failure;

/// The call frequency that is allowed, or `None` for any.
pub(crate) struct Quota(Option<Window>);

/// A window that slides over arrivals: it holds those that still count, so never more than `calls`.
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

    /// Takes a call up into the window, or refuses it.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.0.as_ref().is_none_or(Window::takes_one_more) { Ok(()) } else { Err(Self::used_up()) }
    }

    /// What a call over the quota is told.
    pub(crate) fn used_up() -> Failure {
        let message = "Too many calls: the quota of the network is used up. Wait before you call again.";
        Failure::new(StatusCode::TOO_MANY_REQUESTS, message)
    }
}

impl Window {
    fn takes_one_more(&self) -> bool {
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        // Read once, and under the lock, so that the moments in the queue never go down.
        let now = Instant::now();
        while arrivals.pop_front_if(|arrival| now.duration_since(*arrival) >= self.length).is_some() {}
        let has_room = arrivals.len() < self.calls;
        if has_room {
            arrivals.push_back(now);
        }
        has_room
    }
}
