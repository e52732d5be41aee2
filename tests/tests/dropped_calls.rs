//! The connections of the async client, in one runtime and in several. The conformance suite has what ends them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::mpsc;

use offerslook_conformance::{
    expect,
    fixtures::{OK, account, get, options, post, settings},
    server::{Connection, ScriptedServer},
};
use offerslook_transport_hyper::Client;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

fn client() -> Client {
    Client::builder(account()).options(options(settings())).build().unwrap()
}

#[test]
fn a_connection_outlives_neither_the_last_client_nor_does_it_end_with_another_one() {
    let (answered, when_answered) = mpsc::channel();
    let server = ScriptedServer::start(move |listener| {
        let mut connection = listener.accept();
        for _ in 0..2 {
            connection.read_request();
            connection.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        }
        Connection::wait_for_close(&mut connection);
        answered.send(()).unwrap();
    });
    let runtime = runtime();
    let client = client();
    let clone = client.clone();
    expect::body(runtime.block_on(client.execute(get(server.http("/")))), 200, "ok");
    drop(client);
    expect::body(runtime.block_on(clone.execute(get(server.http("/")))), 200, "ok");
    drop(clone);
    when_answered.recv().unwrap();
    server.finish();
}

#[test]
fn a_client_may_be_used_in_one_runtime_after_another() {
    let server = ScriptedServer::start(|listener| {
        let mut connections = [(); 2].map(|()| {
            let mut connection = listener.accept();
            connection.read_request();
            connection.write(OK);
            connection
        });
        connections.iter_mut().for_each(Connection::wait_for_close);
    });
    let client = client();
    for _ in 0..2 {
        expect::body(runtime().block_on(client.execute(get(server.http("/")))), 200, "ok");
    }
    drop(client);
    server.finish();
}

/// The sockets of a runtime make progress only while that runtime runs.
#[test]
fn a_connection_is_never_reused_from_another_runtime() {
    let server = ScriptedServer::start(|listener| {
        let mut first = listener.accept();
        first.read_request();
        first.write(OK);
        let mut second = listener.accept();
        second.read_request();
        second.write(OK);
        // The first runtime still has its own.
        first.read_request();
        first.write(OK);
        listener.expect_no_connection();
    });
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    let (one, other) = (runtime(), runtime());
    let client = client();
    for runtime in [&one, &other, &one] {
        expect::body(runtime.block_on(client.execute(post(server.http("/")))), 200, "ok");
    }
    server.finish();
}
