use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use serde::Serialize;

use crate::{seconds, service::Service};

/// The requests that arrived at a [`Sandbox`](crate::Sandbox): a count of all, and the newest
/// [`Arrivals::KEPT`] of them.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct Arrivals {
    /// How many requests have arrived since the start.
    pub total: u64,
    /// The newest of them, the oldest of these first.
    pub newest: Vec<Arrival>,
}

impl Arrivals {
    /// The most arrivals that are kept; older ones are only counted.
    pub const KEPT: usize = 4_096;
}

/// One request that arrived. Its headers, query and body are never kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Arrival {
    /// The how-many-eth request since the start it was, from 1.
    pub number: u64,
    /// When its head had been read, counted from the start. As JSON it is `after_seconds`.
    #[serde(rename = "after_seconds", serialize_with = "seconds::serialize")]
    pub after: Duration,
    /// The HTTP method.
    pub method: String,
    /// The path as it was sent, without the query. A segment that holds the account's API key or e-mail
    /// address, in whatever form, is replaced by `[redacted]`.
    pub path: String,
    /// The HTTP status of the answer; `None` while there is none, or if the client went away before there was
    /// one.
    pub status: Option<u16>,
}

/// When a request arrived. It is in the request's extensions.
#[derive(Clone, Copy)]
pub(crate) struct Arrived(pub(crate) Instant);

pub(crate) struct ArrivalLog {
    start: Instant,
    arrivals: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    total: u64,
    newest: VecDeque<Arrival>,
}

impl ArrivalLog {
    pub(crate) fn starting_now() -> Self {
        Self { start: Instant::now(), arrivals: Mutex::default() }
    }

    pub(crate) fn snapshot(&self) -> Arrivals {
        let kept = self.lock();
        Arrivals { total: kept.total, newest: kept.newest.iter().cloned().collect() }
    }

    fn arrived(&self, method: String, path: String) -> (u64, Arrived) {
        let mut kept = self.lock();
        kept.total += 1;
        let number = kept.total;
        if kept.newest.len() == Arrivals::KEPT {
            kept.newest.pop_front();
        }
        // Read under the lock, so that times and numbers go up together.
        let moment = Instant::now();
        let after = moment.duration_since(self.start);
        kept.newest.push_back(Arrival { number, after, method, path, status: None });
        (number, Arrived(moment))
    }

    fn answered(&self, number: u64, status: StatusCode) {
        let mut kept = self.lock();
        if let Some(arrival) = kept.newest.iter_mut().rev().find(|arrival| arrival.number == number) {
            arrival.status = Some(status.as_u16());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.arrivals.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Notes every request when it comes, and its status before the answer leaves.
pub(crate) async fn record(
    State(service): State<Arc<Service>>,
    mut request: Request,
    next: Next,
) -> Response {
    let method = service.secrets.redact(request.method().as_str());
    let path = service.secrets.redact_path(request.uri().path());
    let (number, arrived) = service.arrivals.arrived(method, path);
    request.extensions_mut().insert(arrived);
    let response = next.run(request).await;
    service.arrivals.answered(number, response.status());
    response
}
