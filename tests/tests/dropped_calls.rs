//! What the async adapter leaves behind: nothing.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::mpsc;

use offerslook_conformance::{
    expect,
    fixtures::{account, get, options, settings},
    server::Connection,
    server::ScriptedServer,
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
    Client::with_options(account(), options(settings())).unwrap()
}

/// A server that says something to the first request, then tells so, and waits for the client to leave.
fn left_waiting(said: &'static str) -> (ScriptedServer, oneshot::Receiver<()>) {
    let (told, when_told) = oneshot::channel();
    let server = ScriptedServer::start(move |listener| {
        let mut connection = listener.accept();
        connection.read_request();
        connection.write(said);
        told.send(()).unwrap();
        connection.wait_for_close();
        listener.expect_no_connection();
    });
    (server, when_told)
}

fn dropping_the_call_closes_its_connection(said: &'static str) {
    let (server, when_told) = left_waiting(said);
    let client = client();
    let uri = server.http("/");
    runtime().block_on(async {
        tokio::select! {
            outcome = client.execute(get(uri)) => panic!("an outcome: {outcome:?}"),
            told = when_told => told.unwrap(),
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
fn dropping_a_call_that_shakes_hands_closes_its_connection() {
    let (told, when_told) = oneshot::channel();
    let server = ScriptedServer::start(move |listener| {
        let mut connection = listener.accept();
        connection.read_some();
        told.send(()).unwrap();
        connection.wait_for_close();
    });
    let client = client();
    let uri = server.https("/");
    runtime().block_on(async {
        tokio::select! {
            outcome = client.execute(get(uri)) => panic!("an outcome: {outcome:?}"),
            told = when_told => told.unwrap(),
        }
    });
    server.finish();
    drop(client);
}

#[test]
fn aborting_the_task_of_a_call_closes_its_connection() {
    let (server, when_told) = left_waiting("");
    let client = client();
    let uri = server.http("/");
    runtime().block_on(async {
        let call = tokio::spawn({
            let client = client.clone();
            async move { client.execute(get(uri)).await }
        });
        when_told.await.unwrap();
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
        for _ in 0..2 {
            let mut connection = listener.accept();
            connection.read_request();
            connection.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            connection.wait_for_close();
        }
        listener.expect_no_connection();
    });
    let client = client();
    for _ in 0..2 {
        expect::body(runtime().block_on(client.execute(get(server.http("/")))), 200, "ok");
    }
    drop(client);
    server.finish();
}

#[test]
fn calls_at_the_same_time_have_a_connection_each() {
    const CALLS: usize = 20;
    let server = ScriptedServer::start(|listener| {
        let mut connections: Vec<Connection> = (0..CALLS).map(|_| listener.accept()).collect();
        for _ in 0..2 {
            // All are heard before the first is answered.
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
