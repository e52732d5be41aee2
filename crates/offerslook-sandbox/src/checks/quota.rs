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

    /// Takes a call up into the window, or refuses it. One whose arrival is not known is in no window.
    pub(super) fn check(&self, arrived: Option<Instant>) -> Result<(), Failure> {
        let taken = |window: &Window| arrived.is_some_and(|arrived| window.takes(arrived));
        if self.0.as_ref().is_none_or(taken) { Ok(()) } else { Err(Self::used_up()) }
    }

    /// What a call over the quota is told.
    pub(crate) fn used_up() -> Failure {
        let message = "Too many calls: the quota of the network is used up. Wait before you call again.";
        Failure::new(StatusCode::TOO_MANY_REQUESTS, message)
    }
}

impl Window {
    /// Calls have to come in the order of their arrivals.
    fn takes(&self, arrived: Instant) -> bool {
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        while arrivals.pop_front_if(|earlier| arrived.duration_since(*earlier) >= self.length).is_some() {}
        let has_room = arrivals.len() < self.calls;
        if has_room {
            arrivals.push_back(arrived);
        }
        has_room
    }
}
