//! What the async client leaves behind: nothing.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::mpsc;

use offerslook_conformance::{
    expect,
    fixtures::{OK, account, get, options, post, settings},
    server::{Connection, ScriptedServer},
};
use offerslook_transport_hyper::Client;
use tokio::{
    runtime::{Builder, Runtime},
    sync::oneshot,
};

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

fn client() -> Client {
    Client::builder(account()).options(options(settings())).build().unwrap()
}

/// A server that starts to answer the first request, reports that, and waits for the client to close the connection.
fn server_that_stalls(response: &'static str) -> (ScriptedServer, oneshot::Receiver<()>) {
    let (stalled, when_stalled) = oneshot::channel();
    let server = ScriptedServer::start(move |listener| {
        let mut connection = listener.accept();
        connection.read_request();
        connection.write(response);
        stalled.send(()).unwrap();
        connection.wait_for_close();
        listener.expect_no_connection();
    });
    (server, when_stalled)
}

fn dropping_the_call_closes_its_connection(response: &'static str) {
    let (server, when_stalled) = server_that_stalls(response);
    let client = client();
    let uri = server.http("/");
    runtime().block_on(async {
        tokio::select! {
            outcome = client.execute(get(uri)) => panic!("an outcome: {outcome:?}"),
            stalled = when_stalled => stalled.unwrap(),
        }
    });
    server.finish();
    drop(client);
}

#[test]
fn dropping_a_call_that_waits_for_its_answer_closes_its_connection() {
    dropping_the_call_closes_its_connection("");
}

#[test]
fn dropping_a_call_that_waits_for_the_rest_of_the_head_closes_its_connection() {
    dropping_the_call_closes_its_connection("HTTP/1.1 200 OK\r\n");
}

#[test]
fn dropping_a_call_that_waits_for_the_rest_of_the_body_closes_its_connection() {
    dropping_the_call_closes_its_connection("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe");
}

#[test]
fn dropping_a_call_in_its_tls_handshake_closes_its_connection() {
    let (stalled, when_stalled) = oneshot::channel();
    let server = ScriptedServer::start(move |listener| {
        let mut connection = listener.accept();
        connection.read_some();
        stalled.send(()).unwrap();
        connection.wait_for_close();
    });
    let client = client();
    let uri = server.https("/");
    runtime().block_on(async {
        tokio::select! {
            outcome = client.execute(get(uri)) => panic!("an outcome: {outcome:?}"),
            stalled = when_stalled => stalled.unwrap(),
        }
    });
    server.finish();
    drop(client);
}

#[test]
fn aborting_the_task_of_a_call_closes_its_connection() {
    let (server, when_stalled) = server_that_stalls("");
    let client = client();
    let uri = server.http("/");
    runtime().block_on(async {
        let call = tokio::spawn({
            let client = client.clone();
            async move { client.execute(get(uri)).await }
        });
        when_stalled.await.unwrap();
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
    });
    server.finish();
    drop(client);
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

#[test]
fn calls_at_the_same_time_have_a_connection_each() {
    const CALLS: usize = 20;
    let server = ScriptedServer::start(|listener| {
        let mut connections: Vec<Connection> = (0..CALLS).map(|_| listener.accept()).collect();
        for _ in 0..2 {
            // All requests arrive before the first is answered.
            let asked: Vec<String> =
                connections.iter_mut().map(|connection| connection.read_request().target).collect();
            for (connection, target) in connections.iter_mut().zip(asked) {
                connection
                    .write(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{target}", target.len()));
            }
        }
        listener.expect_no_connection();
    });
    let client = client();
    runtime().block_on(async {
        for _ in 0..2 {
            let calls: Vec<_> = (0..CALLS)
                .map(|number| {
                    let (client, uri) = (client.clone(), server.http(&format!("/{number}")));
                    tokio::spawn(async move { client.execute(get(uri)).await })
                })
                .collect();
            for (number, call) in calls.into_iter().enumerate() {
                expect::body(call.await.unwrap(), 200, format!("/{number}"));
            }
        }
    });
    server.finish();
}
