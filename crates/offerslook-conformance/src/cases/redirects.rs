//! Redirects are answers: nobody goes where they point to, and so no credentials do.

use std::sync::mpsc;

use http::header::{HeaderValue, LOCATION};

use crate::{
    Adapter, certificates,
    conversation::LIMIT,
    expect,
    given::{client, get, patient, post},
    scripted_server::ScriptedServer,
};

cases![
    moved_permanently,
    found,
    see_other,
    temporary_redirect,
    permanent_redirect,
    from_https_to_plain_http,
    without_a_location,
    to_the_same_server,
];

fn elsewhere(adapter: &dyn Adapter, status: u16, is_secure: bool) {
    for request in [get, post] {
        let (over, when_over) = mpsc::channel::<()>();
        let elsewhere = ScriptedServer::start(move |door| {
            let _ = when_over.recv_timeout(LIMIT);
            door.nobody_else();
        });
        let location = elsewhere.http("/elsewhere").to_string();
        let server = ScriptedServer::start({
            let location = location.clone();
            move |door| {
                let mut client = door.accept();
                if is_secure {
                    client = client.secure(&certificates::good());
                }
                client.hear();
                client.say(format!(
                    "HTTP/1.1 {status} Go\r\nlocation: {location}\r\ncontent-length: 5\r\n\r\nthere"
                ));
                client.until_closed();
                door.nobody_else();
            }
        });
        let client = client(adapter, patient());
        let uri = if is_secure { server.https("/") } else { server.http("/") };
        let response = expect::answer(client.execute(request(uri)), status, "there");
        assert_eq!(response.headers().get(LOCATION), Some(&HeaderValue::try_from(location).unwrap()));
        drop(client);
        server.finish();
        drop(over);
        elsewhere.finish();
    }
}

fn moved_permanently(adapter: &dyn Adapter) {
    elsewhere(adapter, 301, false);
}

fn found(adapter: &dyn Adapter) {
    elsewhere(adapter, 302, false);
}

fn see_other(adapter: &dyn Adapter) {
    elsewhere(adapter, 303, false);
}

fn temporary_redirect(adapter: &dyn Adapter) {
    elsewhere(adapter, 307, false);
}

fn permanent_redirect(adapter: &dyn Adapter) {
    elsewhere(adapter, 308, false);
}

fn from_https_to_plain_http(adapter: &dyn Adapter) {
    elsewhere(adapter, 302, true);
}

fn on_the_same_server(adapter: &dyn Adapter, answer: &'static str, status: u16, body: &str) {
    let server = ScriptedServer::start(move |door| {
        let mut client = door.accept();
        client.hear();
        client.say(answer);
        client.until_closed();
        door.nobody_else();
    });
    let client = client(adapter, patient());
    expect::answer(client.execute(get(server.http("/"))), status, body);
    drop(client);
    server.finish();
}

fn without_a_location(adapter: &dyn Adapter) {
    on_the_same_server(adapter, "HTTP/1.1 307 Somewhere\r\ncontent-length: 0\r\n\r\n", 307, "");
}

fn to_the_same_server(adapter: &dyn Adapter) {
    let answer = "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 5\r\n\r\nthere";
    on_the_same_server(adapter, answer, 302, "there");
}
