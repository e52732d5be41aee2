//! Servers that do not get on with it.

use std::{sync::mpsc, time::Duration};

use offerslook_core::{
    Delivery::{NotSent, Unknown},
    Settings,
    TransportKind::{ConnectTimeout, Timeout},
};

use crate::{
    Adapter, certificates,
    conversation::{Conversation, LIMIT},
    expect,
    given::{client, get, patient, post},
    ports::CrowdedPort,
    scripted_server::ScriptedServer,
};

cases![
    silence_after_the_request,
    head_in_drips,
    body_in_drips,
    secure_body_in_drips,
    packed_body_in_drips,
    body_never_taken,
    body_never_taken_with_tls,
    connection_never_made,
    connection_never_made_within_the_whole_call,
    handshake_never_answered,
    handshake_never_answered_within_the_whole_call,
    handshake_in_drips,
    no_time_at_all,
    all_the_time_there_is,
];

/// Long enough to be connected even on a busy machine.
fn short() -> Settings {
    let mut settings = patient();
    settings.timeout = Duration::from_secs(1);
    settings
}

fn short_to_connect() -> Settings {
    let mut settings = patient();
    settings.connect_timeout = Duration::from_millis(300);
    settings
}

/// Too short to be connected.
fn short_as_a_whole() -> Settings {
    let mut settings = patient();
    settings.timeout = Duration::from_millis(300);
    settings
}

fn too_slow(adapter: &dyn Adapter, script: fn(&mut Conversation)) {
    let server = ScriptedServer::start(move |door| {
        let mut client = door.accept();
        client.hear();
        script(&mut client);
        door.nobody_else();
    });
    let client = client(adapter, short());
    expect::fault(client.execute(get(server.http("/"))), Timeout, Unknown);
    // The connection is closed though the client lives on.
    server.finish();
}

fn silence_after_the_request(adapter: &dyn Adapter) {
    too_slow(adapter, Conversation::until_closed);
}

fn head_in_drips(adapter: &dyn Adapter) {
    too_slow(adapter, |client| {
        client.say("HTTP/1.1 200 OK\r\nx: ");
        client.drip(b"y");
    });
}

fn body_in_drips(adapter: &dyn Adapter) {
    too_slow(adapter, |client| {
        client.say("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
        client.drip(b"x");
    });
}

fn packed_body_in_drips(adapter: &dyn Adapter) {
    too_slow(adapter, |client| {
        client.say("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n");
        // The fixed head of a gzip stream, and a block that announces more than it brings.
        client.say(b"f\r\n\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\xff\xff\0\0\r\n");
        client.drip(b"1\r\nx\r\n");
    });
}

fn secure_body_in_drips(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept().secure(&certificates::good());
        client.hear();
        client.say("HTTP/1.1 200 OK\r\n\r\n");
        client.drip(b"x");
    });
    let mut settings = short();
    settings.timeout = Duration::from_secs(2);
    let client = client(adapter, settings);
    expect::fault(client.execute(get(server.https("/"))), Timeout, Unknown);
    server.finish();
}

/// More is to be sent than fits between client and server, and the server does not take it.
fn never_taken(adapter: &dyn Adapter, is_secure: bool) {
    let (over, when_over) = mpsc::channel::<()>();
    let server = ScriptedServer::start(move |door| {
        let mut client = door.accept();
        if is_secure {
            client = client.secure(&certificates::good());
        }
        client.hear_anything();
        let _ = when_over.recv_timeout(LIMIT);
        door.nobody_else();
    });
    let mut settings = patient();
    settings.timeout = Duration::from_secs(2);
    let mut request = post(if is_secure { server.https("/") } else { server.http("/") });
    *request.body_mut() = vec![b'x'; 50_000_000].into();
    expect::fault(client(adapter, settings).execute(request), Timeout, Unknown);
    drop(over);
    server.finish();
}

fn body_never_taken(adapter: &dyn Adapter) {
    never_taken(adapter, false);
}

fn body_never_taken_with_tls(adapter: &dyn Adapter) {
    never_taken(adapter, true);
}

fn unmade_connection(adapter: &dyn Adapter, settings: &Settings) {
    let port = CrowdedPort::take();
    for scheme in ["http", "https"] {
        let uri = format!("{scheme}://{}/", port.address()).parse().unwrap();
        expect::fault(client(adapter, settings.clone()).execute(get(uri)), ConnectTimeout, NotSent);
    }
}

fn connection_never_made(adapter: &dyn Adapter) {
    unmade_connection(adapter, &short_to_connect());
}

fn connection_never_made_within_the_whole_call(adapter: &dyn Adapter) {
    unmade_connection(adapter, &short_as_a_whole());
}

fn unanswered_handshake(adapter: &dyn Adapter, settings: Settings, script: fn(Conversation)) {
    let server = ScriptedServer::start(move |door| {
        script(door.accept());
        door.nobody_else();
    });
    let client = client(adapter, settings);
    expect::fault(client.execute(get(server.https("/"))), ConnectTimeout, NotSent);
    server.finish();
}

fn handshake_never_answered(adapter: &dyn Adapter) {
    unanswered_handshake(adapter, short_to_connect(), |mut client| client.until_closed());
}

fn handshake_never_answered_within_the_whole_call(adapter: &dyn Adapter) {
    unanswered_handshake(adapter, short_as_a_whole(), |mut client| client.until_closed());
}

fn handshake_in_drips(adapter: &dyn Adapter) {
    // The beginning of a record that is long in coming.
    unanswered_handshake(adapter, short_to_connect(), |mut client| {
        client.say([22, 3, 3, 0x3f, 0xff, 2, 0, 0x3f, 0xfb]);
        client.drip(&[0]);
    });
}

fn no_time_at_all(adapter: &dyn Adapter) {
    let limits: [fn(&mut Settings) -> &mut Duration; 2] =
        [|settings| &mut settings.timeout, |settings| &mut settings.connect_timeout];
    for limit in limits {
        let (over, when_over) = mpsc::channel::<()>();
        let server = ScriptedServer::start(move |_door| {
            let _ = when_over.recv_timeout(LIMIT);
        });
        let mut settings = patient();
        *limit(&mut settings) = Duration::ZERO;
        expect::fault(client(adapter, settings).execute(get(server.https("/"))), ConnectTimeout, NotSent);
        drop(over);
        server.finish();
    }
}

fn all_the_time_there_is(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept();
        client.hear();
        client.say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    });
    let mut settings = patient();
    settings.timeout = Duration::MAX;
    settings.connect_timeout = Duration::MAX;
    expect::answer(client(adapter, settings).execute(get(server.http("/"))), 200, "ok");
    server.finish();
}
