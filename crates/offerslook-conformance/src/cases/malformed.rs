//! Answers that are not HTTP.

use offerslook_core::{Delivery::Unknown, TransportKind::Malformed};

use crate::{
    Adapter, expect,
    given::{client, get, patient},
    scripted_server::ScriptedServer,
};

cases![
    garbage,
    another_version,
    header_without_a_colon,
    length_that_is_no_number,
    two_lengths,
    chunk_length_that_is_no_number,
    chunk_that_is_longer_than_it_says,
    head_over_its_cap,
    head_without_end,
    more_headers_than_are_taken,
    transfer_coding_that_was_not_asked_for,
    chunks_in_http_1_0,
];

fn malformed(adapter: &dyn Adapter, answer: impl AsRef<[u8]> + Send + 'static) {
    let server = ScriptedServer::start(move |door| {
        let mut client = door.accept();
        client.hear();
        // It may not be heard to its end.
        let _ = client.try_say(answer);
        client.until_closed();
        door.nobody_else();
    });
    let client = client(adapter, patient());
    expect::fault(client.execute(get(server.http("/"))), Malformed, Unknown);
    drop(client);
    server.finish();
}

fn garbage(adapter: &dyn Adapter) {
    malformed(adapter, "SSH-2.0-OpenSSH\r\n");
}

fn another_version(adapter: &dyn Adapter) {
    malformed(adapter, "HTTP/2.0 200 OK\r\ncontent-length: 0\r\n\r\n");
}

fn header_without_a_colon(adapter: &dyn Adapter) {
    malformed(adapter, "HTTP/1.1 200 OK\r\nnonsense\r\ncontent-length: 0\r\n\r\n");
}

fn length_that_is_no_number(adapter: &dyn Adapter) {
    malformed(adapter, "HTTP/1.1 200 OK\r\ncontent-length: five\r\n\r\nhello");
}

fn two_lengths(adapter: &dyn Adapter) {
    malformed(adapter, "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!");
}

fn chunk_length_that_is_no_number(adapter: &dyn Adapter) {
    malformed(adapter, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfive\r\nhello\r\n0\r\n\r\n");
}

fn chunk_that_is_longer_than_it_says(adapter: &dyn Adapter) {
    malformed(adapter, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n");
}

fn head_over_its_cap(adapter: &dyn Adapter) {
    malformed(adapter, format!("HTTP/1.1 200 OK\r\nx: {}\r\ncontent-length: 0\r\n\r\n", "v".repeat(70_000)));
}

fn head_without_end(adapter: &dyn Adapter) {
    malformed(adapter, format!("HTTP/1.1 200 OK\r\nx: {}", "v".repeat(200_000)));
}

fn more_headers_than_are_taken(adapter: &dyn Adapter) {
    malformed(adapter, format!("HTTP/1.1 200 OK\r\n{}content-length: 0\r\n\r\n", "x: y\r\n".repeat(128)));
}

fn transfer_coding_that_was_not_asked_for(adapter: &dyn Adapter) {
    malformed(adapter, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked, gzip\r\n\r\n2\r\nok\r\n0\r\n\r\n");
}

fn chunks_in_http_1_0(adapter: &dyn Adapter) {
    malformed(adapter, "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
}
