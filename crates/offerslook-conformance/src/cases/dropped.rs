//! Calls that are dropped while they run: their connection is closed though the client lives on, and nothing else is
//! started.

use offerslook_core::{Settings, affiliate::batches::GetTrackingLinks};

use crate::{
    Adapter, Signal,
    certificates::{self, ELSEWHERE},
    conversation::Conversation,
    given::{account_at, options, patient, with_variables},
    scripted_server::{Door, ScriptedServer},
};

cases![
    while_the_proxy_is_asked,
    while_hands_are_shaken,
    before_the_answer,
    before_the_answer_with_tls,
    inside_of_the_head,
    inside_of_a_sized_body,
    inside_of_a_chunked_body,
    inside_of_an_endless_body,
];

/// The call is dropped when this much of the script is done.
fn dropped(
    adapter: &dyn Adapter,
    base_url: fn(&ScriptedServer) -> String,
    settings: fn(&ScriptedServer) -> Settings,
    until_then: impl FnOnce(&Door) -> Conversation + Send + 'static,
) {
    let (trigger, signal) = Signal::new();
    let server = ScriptedServer::start(move |door| {
        let mut client = until_then(door);
        drop(trigger);
        client.until_closed();
        door.nobody_else();
    });
    let client = adapter.client(account_at(&base_url(&server)), options(settings(&server))).unwrap();
    let call = GetTrackingLinks::new("16,102".parse().unwrap());
    let told = client.send_until(signal, &call);
    assert!(told.is_none(), "it was over before: {told:?}");
    server.finish();
}

fn while_the_proxy_is_asked(adapter: &dyn Adapter) {
    dropped(
        adapter,
        |_| format!("https://{ELSEWHERE}"),
        |server| with_variables(&[("HTTPS_PROXY", server.address().to_string())]),
        |door| {
            let mut client = door.accept();
            client.hear();
            client
        },
    );
}

fn while_hands_are_shaken(adapter: &dyn Adapter) {
    dropped(
        adapter,
        |server| server.https("").to_string(),
        |_| patient(),
        |door| {
            let mut client = door.accept();
            client.hear_anything();
            client
        },
    );
}

fn in_the_answer(adapter: &dyn Adapter, said: &'static str) {
    dropped(
        adapter,
        |server| server.http("").to_string(),
        |_| patient(),
        move |door| {
            let mut client = door.accept();
            client.hear();
            client.say(said);
            client
        },
    );
}

fn before_the_answer(adapter: &dyn Adapter) {
    in_the_answer(adapter, "");
}

fn before_the_answer_with_tls(adapter: &dyn Adapter) {
    dropped(
        adapter,
        |server| server.https("").to_string(),
        |_| patient(),
        |door| {
            let mut client = door.accept().secure(&certificates::good());
            client.hear();
            client
        },
    );
}

fn inside_of_the_head(adapter: &dyn Adapter) {
    in_the_answer(adapter, "HTTP/1.1 200 OK\r\n");
}

fn inside_of_a_sized_body(adapter: &dyn Adapter) {
    in_the_answer(adapter, "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe");
}

fn inside_of_a_chunked_body(adapter: &dyn Adapter) {
    in_the_answer(adapter, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\n");
}

fn inside_of_an_endless_body(adapter: &dyn Adapter) {
    in_the_answer(adapter, "HTTP/1.1 200 OK\r\n\r\nhe");
}
