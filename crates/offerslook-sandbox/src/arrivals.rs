use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use serde::Serialize;

use crate::{Route, text::seconds};

/// The log of the requests that arrived at a [`Sandbox`](crate::Sandbox): the count of all, and the newest
/// [`Arrivals::MAX_KEPT`] of them.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct Arrivals {
    /// Number of requests since the start.
    pub total: u64,
    /// The newest requests, in the order of their arrival.
    pub newest: Vec<Arrival>,
}

impl Arrivals {
    /// The maximum number of requests that the log keeps; it only counts the older ones.
    pub const MAX_KEPT: usize = 4_096;
}

/// A request in the log. Its headers, query and body are never kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Arrival {
    /// The number of the request since the start, from 1.
    pub number: u64,
    /// Time from the start of the sandbox until the head of the request had been read; `after_seconds` in
    /// JSON.
    #[serde(rename = "after_seconds", serialize_with = "seconds::serialize")]
    pub after: Duration,
    /// The HTTP method.
    pub method: String,
    /// The path as sent, without the query. A segment that contains the account's API key or e-mail address,
    /// in any encoding, is replaced by `[redacted]`.
    pub path: String,
    /// The route that method and path match, if any; in JSON its name, such as `get_tracking_links`.
    pub route: Option<Route>,
    /// The HTTP status of the response; `None` before there is one, and if the client disconnected before
    /// that.
    pub status: Option<u16>,
}

/// The instant of arrival, in the extensions of a request.
#[derive(Clone, Copy)]
pub(crate) struct Arrived(pub(crate) Instant);

pub(crate) struct ArrivalLog {
    start: Instant,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    total: u64,
    newest: VecDeque<Arrival>,
}

impl ArrivalLog {
    pub(crate) fn start() -> Self {
        Self { start: Instant::now(), kept: Mutex::default() }
    }

    pub(crate) fn snapshot(&self) -> Arrivals {
        let kept = self.lock();
        Arrivals { total: kept.total, newest: kept.newest.iter().cloned().collect() }
    }

    /// Logs a request, and returns its number and its instant.
    pub(crate) fn record(&self, method: String, path: String, route: Option<Route>) -> (u64, Arrived) {
        let mut kept = self.lock();
        kept.total += 1;
        let number = kept.total;
        if kept.newest.len() == Arrivals::MAX_KEPT {
            kept.newest.pop_front();
        }
        // Read under the lock, so that times increase with the numbers.
        let now = Instant::now();
        let after = now.duration_since(self.start);
        kept.newest.push_back(Arrival { number, after, method, path, route, status: None });
        (number, Arrived(now))
    }

    pub(crate) fn record_status(&self, number: u64, status: StatusCode) {
        let mut kept = self.lock();
        if let Some(arrival) = kept.newest.iter_mut().rev().find(|arrival| arrival.number == number) {
            arrival.status = Some(status.as_u16());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
