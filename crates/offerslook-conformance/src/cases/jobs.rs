//! Jobs for tracking links: many calls, with one outcome for each id.

use std::{
    num::NonZeroUsize,
    sync::{Condvar, Mutex},
    thread,
};

use offerslook_core::{
    Error, OfferId, StopCause,
    job::{BatchItem, Notice, Options, Outcome},
};

use offerslook_sandbox::{Fault, Faults, Rule, SandboxConfig, Status};

use crate::{
    Adapter, LinkItem, Signal,
    conversation::{Conversation, LIMIT},
    given::{account_at, options, patient},
    heard::Heard,
    keep_alive_server::KeepAliveServer,
    sandboxed::Sandboxed,
    scripted_server::ScriptedServer,
};

cases![
    each_id_has_one_outcome_in_the_asked_order,
    a_thousand_calls_eight_at_a_time_share_eight_connections,
    a_thousand_calls_one_by_one_share_one_connection,
    a_call_that_was_broken_off_is_made_again,
    faults_that_pass_change_no_outcome,
    what_is_stopped_has_an_outcome_for_each_id_and_no_call_in_the_air,
    what_is_dropped_has_no_call_in_the_air,
];

fn with(ids_per_request: usize, max_in_flight: usize) -> Options {
    let mut options = options(patient());
    options.ids_per_request = NonZeroUsize::new(ids_per_request).unwrap();
    options.max_in_flight = NonZeroUsize::new(max_in_flight).unwrap();
    options
}

fn ids(most: u64) -> Vec<OfferId> {
    (1..=most).filter_map(OfferId::new).collect()
}

fn asked(heard: &Heard) -> Vec<u64> {
    let ids = heard.target.strip_prefix("/aff/v1/batches/offers/tracking_links/").unwrap();
    ids.split(',').map(|id| id.parse().unwrap()).collect()
}

/// The rows of these offers, the last one first.
fn rows(ids: impl DoubleEndedIterator<Item = u64>) -> String {
    let rows: Vec<String> =
        ids.rev().map(|id| format!(r#"{{"offer_id":{id},"url":"https://t.example/?o={id}"}}"#)).collect();
    format!(r#"{{"code":0,"message":"Success","data":{{"tracking_link":[{}]}}}}"#, rows.join(","))
}

/// What became of each id, notices left out.
fn told(items: impl Iterator<Item = LinkItem>) -> Vec<(u64, &'static str)> {
    let outcomes = items.filter_map(|item| match item {
        BatchItem::Outcome { id, outcome } => Some((id.get(), word(&outcome))),
        _ => None,
    });
    outcomes.collect()
}

fn word<R: std::fmt::Debug>(outcome: &Outcome<R>) -> &'static str {
    match outcome {
        Outcome::Found(_) => "found",
        Outcome::Absent => "absent",
        Outcome::NotAttempted => "not attempted",
        other => panic!("another outcome: {other:?}"),
    }
}

fn each_id_has_one_outcome_in_the_asked_order(adapter: &dyn Adapter) {
    let is_there = |id: &u64| !id.is_multiple_of(3);
    let server = KeepAliveServer::start(move |heard| rows(asked(heard).into_iter().filter(is_there)));
    let client = adapter.client(account_at(&server.base_url()), with(7, 4)).unwrap();
    let ids: Vec<OfferId> = ids(200).into_iter().rev().collect();
    let expected: Vec<(u64, &str)> =
        (1..=200_u64).rev().map(|id| (id, if is_there(&id) { "found" } else { "absent" })).collect();
    assert_eq!(told(client.links(ids)), expected);
    drop(client);
    assert!(server.finish() <= 4, "one connection for each call at a time is enough");
}

/// How many connections it takes. After the first success, as many calls as may be in the air have to come before one of
/// them is answered.
fn thousand_calls(adapter: &dyn Adapter, max_in_flight: usize) -> usize {
    let (in_the_air, changed) = (Mutex::new(0), Condvar::new());
    let server = KeepAliveServer::start(move |heard| {
        let asked = asked(heard);
        if asked != [1] {
            let mut in_the_air = in_the_air.lock().unwrap();
            *in_the_air += 1;
            changed.notify_all();
            let waited = changed.wait_timeout_while(in_the_air, LIMIT, |count| *count < max_in_flight);
            assert!(!waited.unwrap().1.timed_out(), "fewer calls at a time");
        }
        rows(asked.into_iter())
    });
    let client = adapter.client(account_at(&server.base_url()), with(1, max_in_flight)).unwrap();
    let told = told(client.links(ids(1000)));
    assert_eq!(told, (1..=1000).map(|id| (id, "found")).collect::<Vec<_>>());
    drop(client);
    server.finish()
}

fn a_thousand_calls_eight_at_a_time_share_eight_connections(adapter: &dyn Adapter) {
    assert_eq!(thousand_calls(adapter, 8), 8);
}

fn a_thousand_calls_one_by_one_share_one_connection(adapter: &dyn Adapter) {
    assert_eq!(thousand_calls(adapter, 1), 1);
}

fn a_call_that_was_broken_off_is_made_again(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept();
        let first = client.hear();
        client.say("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{");
        client.close();
        let mut client = door.accept();
        assert_eq!(client.hear(), first);
        answer(&mut client, &rows(asked(&first).into_iter()));
        client.until_closed();
        door.nobody_else();
    });
    let client = adapter.client(account_at(&server.http("").to_string()), with(10, 8)).unwrap();
    assert_eq!(told(client.links(ids(2))), [(1, "found"), (2, "found")]);
    drop(client);
    server.finish();
}

fn faults_that_pass_change_no_outcome(adapter: &dyn Adapter) {
    let sandbox = Sandboxed::start(SandboxConfig::default());
    let client = adapter.client(sandbox.account(), with(10, 2)).unwrap();
    let expected = told(client.links(ids(60)));
    assert_eq!(expected.iter().map(|(id, _)| *id).collect::<Vec<_>>(), (1..=60).collect::<Vec<_>>());
    let at = |call, fault| Rule::new(fault).calls([call]);
    sandbox.set_faults(
        Faults::default()
            .rule(at(2, Fault::Reset))
            .rule(at(3, Fault::RateLimited { retry_after: Some(0) }))
            .rule(at(4, Fault::CutBody { after_bytes: None }))
            .rule(at(5, Fault::Html { status: Status::of::<504>() })),
    );
    assert_eq!(told(client.links(ids(60))), expected);
    assert_eq!(sandbox.fired(), [1, 1, 1, 1]);
}

fn answer(client: &mut Conversation, body: &str) {
    client.say(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()));
}

fn what_is_stopped_has_an_outcome_for_each_id_and_no_call_in_the_air(adapter: &dyn Adapter) {
    let (trigger, signal) = Signal::new();
    let server = ScriptedServer::start(move |door| {
        let mut client = door.accept();
        client.hear();
        drop(trigger);
        client.until_closed();
        door.nobody_else();
    });
    let client = adapter.client(account_at(&server.http("").to_string()), with(1, 8)).unwrap();
    let mut links = client.links(ids(20));
    let stopper = links.stop_handle();
    let stopping = thread::spawn(move || {
        signal.wait();
        stopper.stop();
    });
    let items: Vec<LinkItem> = links.by_ref().collect();
    // The connection is closed though the job is still there.
    server.finish();
    stopping.join().unwrap();
    assert!(
        items.iter().any(|item| matches!(
            item,
            BatchItem::Notice(Notice::Stopped(why)) if matches!(**why, Error::Stopped(StopCause::Requested))
        )),
        "nothing tells that it was stopped: {items:?}"
    );
    assert_eq!(told(items.into_iter()), (1..=20).map(|id| (id, "not attempted")).collect::<Vec<_>>());
}

/// The second of two calls at a time is answered and handed out, the third one is in the air then.
fn what_is_dropped_has_no_call_in_the_air(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut first = door.accept();
        assert_eq!(asked(&first.hear()), [1]);
        answer(&mut first, &rows([1].into_iter()));
        let mut second = door.accept();
        let (of_first, of_second) = (asked(&first.hear()), asked(&second.hear()));
        let (mut answered, mut left) = match (&of_first[..], &of_second[..]) {
            ([2], [3]) => (first, second),
            ([3], [2]) => (second, first),
            other => panic!("other calls: {other:?}"),
        };
        answer(&mut answered, &rows([2].into_iter()));
        left.until_closed();
        door.nobody_else();
    });
    let client = adapter.client(account_at(&server.http("").to_string()), with(1, 2)).unwrap();
    let mut links = client.links(ids(3));
    assert_eq!(told(links.by_ref().take(2)), [(1, "found"), (2, "found")]);
    drop(links);
    server.finish();
}
