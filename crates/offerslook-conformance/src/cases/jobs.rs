//! Jobs for tracking links: how they use connections, and what they leave behind.

use std::{
    sync::{Condvar, Mutex},
    thread,
    time::Duration,
};

use offerslook_core::{Error, IdError, OfferId, StopCause, job::Options};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, LinkItem},
    fixtures::{STEP_LIMIT, account_at, ok, options_builder, settings},
    server::{KeepAliveServer, ReceivedRequest, ScriptedServer},
    signal::Signal,
};

pub(super) const CASES: Cases = &[
    ("1,000 calls, eight in flight, share eight connections", |transport| {
        thousand_calls(transport, 8);
    }),
    ("1,000 calls, one in flight, share one connection", |transport| {
        thousand_calls(transport, 1);
    }),
    ("a stopped job has an outcome for each id and nothing in flight", stopped),
    ("a dropped job has nothing in flight", dropped),
    ("a job ends at its deadline, and so does its call", late),
];

pub(super) fn with(ids_per_request: usize, max_in_flight: usize) -> Options {
    let builder = options_builder(settings());
    builder.ids_per_request(ids_per_request).max_in_flight(max_in_flight).build().unwrap()
}

pub(super) fn ids(most: u64) -> Vec<OfferId> {
    (1..=most).filter_map(OfferId::new).collect()
}

pub(super) fn requested(request: &ReceivedRequest) -> Vec<u64> {
    let ids = request.target.strip_prefix("/aff/v1/batches/offers/tracking_links/").unwrap();
    ids.split(',').map(|id| id.parse().unwrap()).collect()
}

/// The rows of these offers, in reverse order.
pub(super) fn rows(ids: impl DoubleEndedIterator<Item = u64>) -> String {
    let rows: Vec<String> =
        ids.rev().map(|id| format!(r#"{{"offer_id":{id},"url":"https://t.example/?o={id}"}}"#)).collect();
    format!(r#"{{"code":0,"message":"Success","data":{{"tracking_link":[{}]}}}}"#, rows.join(","))
}

/// Returns the outcome of each id of a run that comes to its end.
pub(super) fn outcomes(items: impl Iterator<Item = LinkItem>) -> Vec<(u64, &'static str)> {
    let (outcomes, error) = outcomes_and_end(items);
    assert!(error.is_none(), "the job ended early\n{error:?}");
    outcomes
}

/// Returns the outcome of each id, and the error with which the run ended.
pub(super) fn outcomes_and_end(
    items: impl Iterator<Item = LinkItem>,
) -> (Vec<(u64, &'static str)>, Option<Error>) {
    let mut items: Vec<_> = items.collect();
    let error = items.pop_if(|last| last.is_err()).and_then(Result::err);
    let outcomes = items.into_iter().map(|item| {
        let (id, outcome) = item.unwrap();
        let word = match outcome {
            Ok(link) if link.offer_id == id => "found",
            Err(IdError::NoLink(_)) => "no link",
            Err(IdError::NoRow) => "no row",
            Err(IdError::NotAttempted(_)) => "not attempted",
            other => panic!("unexpected outcome\n{id}: {other:?}"),
        };
        (id.get(), word)
    });
    (outcomes.collect(), error)
}

/// Expects a connection for each call in flight. After the first success, no call is answered before `max_in_flight` have arrived.
fn thousand_calls(transport: &dyn AnyTransport, max_in_flight: usize) {
    let (in_flight, changed) = (Mutex::new(0), Condvar::new());
    let server = KeepAliveServer::start(move |request| {
        let requested = requested(request);
        if requested != [1] {
            let mut in_flight = in_flight.lock().unwrap();
            *in_flight += 1;
            changed.notify_all();
            let waited = changed.wait_timeout_while(in_flight, STEP_LIMIT, |count| *count < max_in_flight);
            assert!(!waited.unwrap().1.timed_out(), "fewer calls in flight than allowed");
        }
        rows(requested.into_iter())
    });
    let client = transport.client(account_at(&server.base_url()), with(1, max_in_flight)).unwrap();
    let outcomes = outcomes(client.links(ids(1000)));
    assert_eq!(outcomes, (1..=1000).map(|id| (id, "found")).collect::<Vec<_>>());
    drop(client);
    assert_eq!(server.finish(), max_in_flight, "the number of connections (left: what came)");
}

fn stopped(transport: &dyn AnyTransport) {
    let (trigger, signal) = Signal::new();
    let server = ScriptedServer::start(move |listener| {
        let mut connection = listener.accept();
        connection.read_request();
        drop(trigger);
        connection.wait_for_close();
        listener.expect_no_connection();
    });
    let client = transport.client(account_at(&server.http("").to_string()), with(1, 8)).unwrap();
    let mut links = client.links(ids(20));
    let handle = links.stop_handle();
    let stopper = thread::spawn(move || {
        signal.wait();
        handle.stop();
    });
    let (outcomes, error) = outcomes_and_end(links.by_ref());
    // The connection is closed though the job still exists.
    server.finish();
    stopper.join().unwrap();
    assert!(
        matches!(error, Some(Error::Stopped(StopCause::Requested))),
        "expected the job to end with Stopped(Requested)\n{error:?}"
    );
    assert_eq!(outcomes, (1..=20).map(|id| (id, "not attempted")).collect::<Vec<_>>());
}

fn late(transport: &dyn AnyTransport) {
    let server = ScriptedServer::one_request(|mut connection| connection.wait_for_close());
    // Long enough to connect on a busy machine.
    let options = options_builder(settings()).max_time(Duration::from_secs(1)).build().unwrap();
    let client = transport.client(account_at(&server.http("").to_string()), options).unwrap();
    let (outcomes, error) = outcomes_and_end(client.links(ids(10)));
    // The connection is closed though the client is still there.
    server.finish();
    assert!(
        matches!(error, Some(Error::Stopped(StopCause::DeadlinePassed))),
        "expected the job to end with Stopped(DeadlinePassed)\n{error:?}"
    );
    assert_eq!(outcomes, (1..=10).map(|id| (id, "not attempted")).collect::<Vec<_>>());
}

/// Drops the job after the second of two concurrent calls was answered, with the third in flight.
fn dropped(transport: &dyn AnyTransport) {
    let server = ScriptedServer::start(|listener| {
        let mut first = listener.accept();
        assert_eq!(requested(&first.read_request()), [1]);
        first.write(ok(&rows([1].into_iter())));
        let mut second = listener.accept();
        let (of_first, of_second) = (requested(&first.read_request()), requested(&second.read_request()));
        let (mut answered, mut left) = match (&of_first[..], &of_second[..]) {
            ([2], [3]) => (first, second),
            ([3], [2]) => (second, first),
            other => panic!("unexpected calls: {other:?}"),
        };
        answered.write(ok(&rows([2].into_iter())));
        left.wait_for_close();
        listener.expect_no_connection();
    });
    let client = transport.client(account_at(&server.http("").to_string()), with(1, 2)).unwrap();
    let mut links = client.links(ids(3));
    assert_eq!(outcomes(links.by_ref().take(2)), [(1, "found"), (2, "found")]);
    drop(links);
    server.finish();
}
