//! How the end of a body is told, and how much of it is taken.

use offerslook_core::{Delivery::Unknown, Settings, TransportKind::BodyTooLarge};

use crate::{
    Adapter, certificates,
    conversation::Conversation,
    expect,
    given::{client, get, patient},
    scripted_server::ScriptedServer,
};

cases![
    chunked,
    chunked_with_trailers,
    until_the_end_of_the_connection,
    until_the_end_of_the_secure_connection,
    empty,
    exactly_the_cap,
    one_byte_over_the_cap,
    over_the_cap_though_not_announced,
    over_the_cap_without_end,
];

fn capped() -> Settings {
    let mut settings = patient();
    settings.max_body_bytes = 1000;
    settings
}

fn serve(answer: Vec<u8>) -> ScriptedServer {
    ScriptedServer::start(move |door| {
        let mut client = door.accept();
        client.hear();
        // Over the cap, the client leaves in the middle.
        let _ = client.try_say(&answer);
        client.close();
        door.nobody_else();
    })
}

fn sized(length: usize) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{}", "x".repeat(length)).into_bytes()
}

fn chunked(adapter: &dyn Adapter) {
    let server = serve(
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n".to_vec(),
    );
    expect::answer(client(adapter, patient()).execute(get(server.http("/"))), 200, "hello");
    server.finish();
}

fn chunked_with_trailers(adapter: &dyn Adapter) {
    let server = serve(
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-sum: 1\r\n\r\n".to_vec(),
    );
    expect::answer(client(adapter, patient()).execute(get(server.http("/"))), 200, "hello");
    server.finish();
}

fn until_the_end_of_the_connection(adapter: &dyn Adapter) {
    let server = serve(b"HTTP/1.1 200 OK\r\n\r\nhello".to_vec());
    expect::answer(client(adapter, patient()).execute(get(server.http("/"))), 200, "hello");
    server.finish();
}

fn until_the_end_of_the_secure_connection(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept().secure(&certificates::good());
        client.hear();
        client.say("HTTP/1.1 200 OK\r\n\r\nhello");
        client.close();
    });
    expect::answer(client(adapter, patient()).execute(get(server.https("/"))), 200, "hello");
    server.finish();
}

fn empty(adapter: &dyn Adapter) {
    let server = serve(sized(0));
    expect::answer(client(adapter, patient()).execute(get(server.http("/"))), 200, "");
    server.finish();
}

fn exactly_the_cap(adapter: &dyn Adapter) {
    let server = serve(sized(1000));
    expect::answer(client(adapter, capped()).execute(get(server.http("/"))), 200, "x".repeat(1000));
    server.finish();
}

fn one_byte_over_the_cap(adapter: &dyn Adapter) {
    let server = serve(sized(1001));
    expect::fault(client(adapter, capped()).execute(get(server.http("/"))), BodyTooLarge, Unknown);
    server.finish();
}

fn over_the_cap_though_not_announced(adapter: &dyn Adapter) {
    let server = serve(format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(1001)).into_bytes());
    expect::fault(client(adapter, capped()).execute(get(server.http("/"))), BodyTooLarge, Unknown);
    server.finish();
}

fn over_the_cap_without_end(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept();
        client.hear();
        client.say("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        flood(&mut client);
    });
    let client = client(adapter, capped());
    expect::fault(client.execute(get(server.http("/"))), BodyTooLarge, Unknown);
    // The connection is closed though the client lives on.
    server.finish();
}

fn flood(client: &mut Conversation) {
    let chunk = format!("400\r\n{}\r\n", "x".repeat(1024));
    let most = 100_000;
    let said = (0..most).take_while(|_| client.try_say(&chunk).is_ok()).count();
    assert!(said < most, "the client takes everything");
}
