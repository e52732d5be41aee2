//! Connections that are kept, and what becomes of them between two calls.

use std::sync::mpsc;

use offerslook_core::{Delivery::Unknown, TransportKind::Interrupted};

use crate::{
    Adapter, certificates,
    conversation::Conversation,
    expect,
    given::{SECRET, client, get, patient, post},
    heard::Heard,
    scripted_server::ScriptedServer,
};

cases![
    kept_for_the_next_call,
    kept_after_each_kind_of_body,
    kept_with_tls,
    not_used_for_another_server,
    not_kept_where_the_server_says_so,
    not_kept_where_the_server_says_more_than_an_answer,
    closed_by_the_server_between_two_calls,
    closed_by_the_server_between_two_calls_with_tls,
    reset_by_the_server_between_two_calls,
    told_off_by_the_server_between_two_calls,
    closed_by_the_server_while_it_is_used_again,
    closed_when_the_client_is_dropped,
];

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/// The next call, which has its login on whichever connection it comes.
fn hear(client: &mut Conversation) -> Heard {
    let heard = client.hear();
    assert_eq!(heard.headers.get("authorization").map(String::as_str), Some(SECRET), "{heard:?}");
    heard
}

fn kept_for_the_next_call(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept();
        for target in ["/1", "/2", "/3"] {
            assert_eq!(hear(&mut client).target, target);
            client.say(OK);
        }
        door.nobody_else();
    });
    let client = client(adapter, patient());
    expect::answer(client.execute(get(server.http("/1"))), 200, "ok");
    expect::answer(client.execute(post(server.http("/2"))), 200, "ok");
    expect::answer(client.execute(get(server.http("/3"))), 200, "ok");
    server.finish();
}

fn kept_after_each_kind_of_body(adapter: &dyn Adapter) {
    const ANSWERS: [(u16, &str); 4] = [
        (200, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
        (404, "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nok"),
        (204, "HTTP/1.1 204 No Content\r\n\r\n"),
        (302, "HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 2\r\n\r\nok"),
    ];
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept();
        for (_, answer) in ANSWERS {
            hear(&mut client);
            client.say(answer);
        }
        client.until_closed();
        door.nobody_else();
    });
    let client = client(adapter, patient());
    for (status, _) in ANSWERS {
        expect::response(client.execute(get(server.http("/"))), status);
    }
    drop(client);
    server.finish();
}

fn kept_with_tls(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept().secure(&certificates::good());
        for _ in 0..3 {
            hear(&mut client);
            client.say(OK);
        }
        door.nobody_else();
    });
    let client = client(adapter, patient());
    for _ in 0..3 {
        expect::answer(client.execute(get(server.https("/"))), 200, "ok");
    }
    server.finish();
}

fn not_used_for_another_server(adapter: &dyn Adapter) {
    let server = |body: &'static str| {
        ScriptedServer::start(move |door| {
            let mut client = door.accept();
            for _ in 0..2 {
                hear(&mut client);
                client.say(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()));
            }
            client.until_closed();
            door.nobody_else();
        })
    };
    let (one, another) = (server("one"), server("another"));
    let client = client(adapter, patient());
    for _ in 0..2 {
        expect::answer(client.execute(get(one.http("/"))), 200, "one");
        expect::answer(client.execute(get(another.http("/"))), 200, "another");
    }
    drop(client);
    one.finish();
    another.finish();
}

fn not_kept_where_the_server_says_so(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        for _ in 0..2 {
            let mut client = door.accept();
            hear(&mut client);
            client.say("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok");
            client.until_closed();
        }
    });
    let client = client(adapter, patient());
    for _ in 0..2 {
        expect::answer(client.execute(get(server.http("/"))), 200, "ok");
    }
    server.finish();
}

fn not_kept_where_the_server_says_more_than_an_answer(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        for _ in 0..2 {
            let mut client = door.accept();
            hear(&mut client);
            client.say(format!("{OK}HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nwrong"));
            client.until_closed();
        }
        door.nobody_else();
    });
    let client = client(adapter, patient());
    for _ in 0..2 {
        expect::answer(client.execute(get(server.http("/"))), 200, "ok");
    }
    drop(client);
    server.finish();
}

/// The first connection ends, one way or another, after a call was answered on it and before the next one.
/// Nothing of that call was written, and so it is made on a connection of its own.
fn ended_between(adapter: &dyn Adapter, is_secure: bool, end: fn(Conversation)) {
    for request in [get, post] {
        let (ended, when_ended) = mpsc::channel();
        let server = ScriptedServer::start(move |door| {
            for _ in 0..2 {
                let mut client = door.accept();
                if is_secure {
                    client = client.secure(&certificates::good());
                }
                hear(&mut client);
                client.say(OK);
                end(client);
                ended.send(()).unwrap();
            }
            door.nobody_else();
        });
        let uri = if is_secure { server.https("/") } else { server.http("/") };
        let client = client(adapter, patient());
        for _ in 0..2 {
            expect::answer(client.execute(request(uri.clone())), 200, "ok");
            when_ended.recv().unwrap();
        }
        server.finish();
    }
}

fn closed_by_the_server_between_two_calls(adapter: &dyn Adapter) {
    ended_between(adapter, false, Conversation::close);
}

fn closed_by_the_server_between_two_calls_with_tls(adapter: &dyn Adapter) {
    ended_between(adapter, true, Conversation::close);
}

fn reset_by_the_server_between_two_calls(adapter: &dyn Adapter) {
    // A reset may overtake an answer that was not read yet.
    for request in [get, post] {
        let (answered, when_answered) = mpsc::channel();
        let (ended, when_ended) = mpsc::channel();
        let server = ScriptedServer::start(move |door| {
            let mut client = door.accept();
            hear(&mut client);
            client.say(OK);
            when_answered.recv().unwrap();
            client.reset();
            ended.send(()).unwrap();
            let mut client = door.accept();
            hear(&mut client);
            client.say(OK);
            door.nobody_else();
        });
        let client = client(adapter, patient());
        expect::answer(client.execute(request(server.http("/"))), 200, "ok");
        answered.send(()).unwrap();
        when_ended.recv().unwrap();
        expect::answer(client.execute(request(server.http("/"))), 200, "ok");
        server.finish();
    }
}

fn told_off_by_the_server_between_two_calls(adapter: &dyn Adapter) {
    ended_between(adapter, false, |mut client| {
        client.say("HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
        client.close();
    });
}

fn closed_by_the_server_while_it_is_used_again(adapter: &dyn Adapter) {
    for request in [get, post] {
        let server = ScriptedServer::start(move |door| {
            let mut client = door.accept();
            hear(&mut client);
            client.say(OK);
            hear(&mut client);
            client.close();
        });
        let client = client(adapter, patient());
        expect::answer(client.execute(request(server.http("/"))), 200, "ok");
        expect::fault(client.execute(request(server.http("/"))), Interrupted, Unknown);
        server.finish();
    }
}

fn closed_when_the_client_is_dropped(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept();
        hear(&mut client);
        client.say(OK);
        client.until_closed();
    });
    let client = client(adapter, patient());
    expect::answer(client.execute(get(server.http("/"))), 200, "ok");
    drop(client);
    server.finish();
}
