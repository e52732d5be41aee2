//! Connections that end before the answer does. What came of the call is unknown then, and it is not repeated.

use offerslook_core::{Delivery::Unknown, TransportKind::Interrupted};

use crate::{
    Adapter, certificates,
    conversation::Conversation,
    expect,
    given::{client, get, patient, post},
    scripted_server::ScriptedServer,
};

cases![
    before_the_answer,
    reset_before_the_answer,
    inside_of_the_head,
    inside_of_a_sized_body,
    reset_inside_of_a_sized_body,
    inside_of_a_chunk,
    inside_of_the_length_of_a_chunk,
    between_chunks,
    reset_inside_of_an_endless_body,
    without_goodbye_inside_of_an_endless_secure_body,
    without_goodbye_inside_of_a_sized_secure_body,
    reset_of_a_secure_connection,
];

fn broken(adapter: &dyn Adapter, said: &'static str, end: fn(Conversation)) {
    for request in [get, post] {
        let server = ScriptedServer::start(move |door| {
            let mut client = door.accept();
            client.hear();
            client.say(said);
            end(client);
        });
        let outcome = client(adapter, patient()).execute(request(server.http("/")));
        expect::fault(outcome, Interrupted, Unknown);
        server.finish();
    }
}

fn broken_secure(adapter: &dyn Adapter, said: &'static str, end: fn(Conversation)) {
    let server = ScriptedServer::start(move |door| {
        let mut client = door.accept().secure(&certificates::good());
        client.hear();
        client.say(said);
        end(client);
    });
    expect::fault(client(adapter, patient()).execute(get(server.https("/"))), Interrupted, Unknown);
    server.finish();
}

fn before_the_answer(adapter: &dyn Adapter) {
    broken(adapter, "", Conversation::close);
}

fn reset_before_the_answer(adapter: &dyn Adapter) {
    broken(adapter, "", Conversation::reset);
}

fn inside_of_the_head(adapter: &dyn Adapter) {
    broken(adapter, "HTTP/1.1 200 OK\r\ncontent-le", Conversation::close);
}

fn inside_of_a_sized_body(adapter: &dyn Adapter) {
    broken(adapter, "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhello", Conversation::close);
}

fn reset_inside_of_a_sized_body(adapter: &dyn Adapter) {
    broken(adapter, "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhello", Conversation::reset);
}

fn inside_of_a_chunk(adapter: &dyn Adapter) {
    broken(adapter, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\nhello", Conversation::close);
}

fn inside_of_the_length_of_a_chunk(adapter: &dyn Adapter) {
    broken(
        adapter,
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n1",
        Conversation::close,
    );
}

fn between_chunks(adapter: &dyn Adapter) {
    broken(
        adapter,
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n",
        Conversation::close,
    );
}

fn reset_inside_of_an_endless_body(adapter: &dyn Adapter) {
    broken(adapter, "HTTP/1.1 200 OK\r\n\r\nhello", Conversation::reset);
}

fn without_goodbye_inside_of_an_endless_secure_body(adapter: &dyn Adapter) {
    broken_secure(adapter, "HTTP/1.1 200 OK\r\n\r\nhello", Conversation::cut);
}

fn without_goodbye_inside_of_a_sized_secure_body(adapter: &dyn Adapter) {
    broken_secure(adapter, "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhello", Conversation::cut);
}

fn reset_of_a_secure_connection(adapter: &dyn Adapter) {
    broken_secure(adapter, "", Conversation::reset);
}
