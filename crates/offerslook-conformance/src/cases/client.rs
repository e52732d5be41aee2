//! What the client does around any transport.

use std::{
    sync::mpsc,
    time::{Duration, Instant},
};

use offerslook_core::{
    Error,
    TransportKind::Certificate,
    job::{Quota, Rate},
};
use offerslook_sandbox::{Fault, Faults, Rule, SandboxConfig, Status};

use super::{
    Cases,
    jobs::{ids, outcomes, outcomes_and_end, requested, rows, with},
};
use crate::{
    any_transport::AnyTransport,
    certificates, expect,
    fixtures::{account, account_at, get, ok, options, settings},
    server::{KeepAliveServer, ScriptedServer},
    test_sandbox::TestSandbox,
};

pub(super) const CASES: Cases = &[
    ("interrupted call is retried", interrupted_call_is_retried),
    ("transient faults change no outcome", transient_faults_change_no_outcome),
    ("untrusted certificate stops a job", untrusted_certificate_stops_a_job),
    ("execute honours the quota", execute_honours_the_quota),
    ("the rate limit holds at the server", rate_limit_holds),
    ("a slow consumer holds back the calls", slow_consumer_holds_back_the_calls),
];

fn interrupted_call_is_retried(transport: &dyn AnyTransport) {
    let server = ScriptedServer::start(|listener| {
        let mut connection = listener.accept();
        let first = connection.respond("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{");
        connection.close();
        let mut connection = listener.accept();
        assert_eq!(connection.read_request(), first);
        connection.write(ok(&rows(requested(&first).into_iter())));
        connection.wait_for_close();
        listener.expect_no_connection();
    });
    let client = transport.client(account_at(&server.http("").to_string()), with(10, 8)).unwrap();
    assert_eq!(outcomes(client.links(ids(2))), [(1, "found"), (2, "found")]);
    drop(client);
    server.finish();
}

fn transient_faults_change_no_outcome(transport: &dyn AnyTransport) {
    let sandbox = TestSandbox::start(SandboxConfig::default());
    let client = transport.client(sandbox.account(), with(10, 2)).unwrap();
    let expected: Vec<_> = (1..=60).map(|id| (id, sandbox.outcome(id))).collect();
    assert_eq!(outcomes(client.links(ids(60))), expected);
    let at = |call, fault| Rule::new(fault).calls([call]);
    sandbox.set_faults(
        Faults::default()
            .rule(at(2, Fault::Reset))
            .rule(at(3, Fault::RateLimited { retry_after: Some(0) }))
            .rule(at(4, Fault::CutBody { after_bytes: None }))
            .rule(at(5, Fault::Html { status: Status::of::<504>() })),
    );
    assert_eq!(outcomes(client.links(ids(60))), expected);
    assert_eq!(sandbox.fired(), [1, 1, 1, 1]);
}

/// There is one connection: the call is not retried.
fn untrusted_certificate_stops_a_job(transport: &dyn AnyTransport) {
    let server = ScriptedServer::start(|listener| {
        assert!(listener.accept().try_accept_tls(&certificates::untrusted()).is_err());
        listener.expect_no_connection();
    });
    let client = transport.client(account_at(&server.https("").to_string()), with(1, 8)).unwrap();
    let (outcomes, error) = outcomes_and_end(client.links(ids(3)));
    assert!(outcomes.iter().all(|(_, word)| *word == "not attempted") && outcomes.len() == 3, "{outcomes:?}");
    assert!(
        matches!(&error, Some(Error::Transport(error)) if error.kind == Certificate),
        "expected the job to end with Certificate\n{error:?}"
    );
    server.finish();
}

fn execute_honours_the_quota(transport: &dyn AnyTransport) {
    const WINDOW: Duration = Duration::from_millis(300);
    let (sender, receiver) = mpsc::channel();
    let server = KeepAliveServer::start(move |_| {
        sender.send(Instant::now()).unwrap();
        "ok".to_owned()
    });
    let quota = Quota::new(Rate::new(1, WINDOW).unwrap());
    let client = transport.client_with_quota(account(), options(settings()), quota).unwrap();
    for _ in 0..2 {
        expect::body(client.execute(get(server.base_url().parse().unwrap())), 200, "ok");
    }
    drop(client);
    let _ = server.finish();
    let (first, second) = (receiver.recv().unwrap(), receiver.recv().unwrap());
    assert!(second - first >= WINDOW, "two calls within one window of the quota\n{:?}", second - first);
}

/// The sandbox counts arrivals, which a client cannot see.
fn rate_limit_holds(transport: &dyn AnyTransport) {
    let rate = Rate::new(10, Duration::from_millis(100)).unwrap();
    let sandbox = TestSandbox::start(SandboxConfig::default().quota(rate.calls(), rate.window()));
    let client = transport.client_with_quota(sandbox.account(), with(5, 8), Quota::new(rate)).unwrap();
    assert_eq!(outcomes(client.links(ids(300))).len(), 300);
    assert!(sandbox.arrivals() >= 60, "{} calls for 300 ids, 5 at a time", sandbox.arrivals());
    assert_eq!(sandbox.rejections(), 0, "calls that the server rejects (left: what came)");
}

fn slow_consumer_holds_back_the_calls(transport: &dyn AnyTransport) {
    let sandbox = TestSandbox::start(SandboxConfig::default().without_quota());
    let client = transport.client(sandbox.account(), with(10, 2)).unwrap();
    assert!(client.links(ids(50_000)).next().is_some());
    // The outcomes of 16 calls may wait to be taken; further calls prove what has no row.
    assert!(sandbox.arrivals() <= 20, "{} calls before the second outcome is taken", sandbox.arrivals());
}
