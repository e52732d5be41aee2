//! Whole answers: whatever they say, they are answers.

use crate::{
    Adapter, expect,
    given::{client, get, patient},
    scripted_server::ScriptedServer,
};

cases![
    plain,
    a_header_that_comes_twice,
    a_header_that_is_not_ascii,
    not_found,
    server_error,
    no_content,
    not_modified_has_no_body,
    early_hints_come_before_the_answer,
    http_1_0,
    head_has_no_body,
    many_headers,
];

fn answered(adapter: &dyn Adapter, answer: &'static str, status: u16, body: &str) -> http::HeaderMap {
    let server = ScriptedServer::start(move |door| {
        let mut client = door.accept();
        client.hear();
        client.say(answer);
        client.close();
        door.nobody_else();
    });
    let outcome = client(adapter, patient()).execute(get(server.http("/")));
    let response = expect::answer(outcome, status, body);
    server.finish();
    response.headers().clone()
}

fn plain(adapter: &dyn Adapter) {
    let headers =
        answered(adapter, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-One: 1\r\n\r\nhello", 200, "hello");
    assert_eq!(headers["content-length"], "5");
    assert_eq!(headers["x-one"], "1");
}

fn a_header_that_comes_twice(adapter: &dyn Adapter) {
    let answer = "HTTP/1.1 200 OK\r\nx-two: 1\r\ncontent-length: 2\r\nX-Two: 2\r\n\r\nok";
    let headers = answered(adapter, answer, 200, "ok");
    assert_eq!(headers.get_all("x-two").iter().collect::<Vec<_>>(), ["1", "2"]);
}

fn a_header_that_is_not_ascii(adapter: &dyn Adapter) {
    let headers = answered(adapter, "HTTP/1.1 200 OK\r\nx: é\r\ncontent-length: 2\r\n\r\nok", 200, "ok");
    assert_eq!(headers["x"].as_bytes(), "é".as_bytes());
}

fn not_found(adapter: &dyn Adapter) {
    answered(adapter, "HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\ngone", 404, "gone");
}

fn server_error(adapter: &dyn Adapter) {
    answered(adapter, "HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 4\r\n\r\nbusy", 503, "busy");
}

fn no_content(adapter: &dyn Adapter) {
    answered(adapter, "HTTP/1.1 204 No Content\r\n\r\n", 204, "");
}

fn not_modified_has_no_body(adapter: &dyn Adapter) {
    answered(adapter, "HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n", 304, "");
}

fn early_hints_come_before_the_answer(adapter: &dyn Adapter) {
    let answer =
        "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    let headers = answered(adapter, answer, 200, "ok");
    assert!(!headers.contains_key("link"));
}

fn http_1_0(adapter: &dyn Adapter) {
    answered(adapter, "HTTP/1.0 200 OK\r\n\r\nold", 200, "old");
}

fn head_has_no_body(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept();
        assert_eq!(client.hear().method, "HEAD");
        client.say("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n");
        client.until_closed();
    });
    let client = client(adapter, patient());
    let mut request = get(server.http("/"));
    *request.method_mut() = http::Method::HEAD;
    expect::answer(client.execute(request), 200, "");
    drop(client);
    server.finish();
}

fn many_headers(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept();
        client.hear();
        client.say("HTTP/1.1 200 OK\r\n");
        for number in 0..127 {
            client.say(format!("x-{number}: {}\r\n", "v".repeat(400)));
        }
        client.say("content-length: 2\r\n\r\nok");
    });
    let response = expect::answer(client(adapter, patient()).execute(get(server.http("/"))), 200, "ok");
    assert_eq!(response.headers().len(), 128);
    server.finish();
}
