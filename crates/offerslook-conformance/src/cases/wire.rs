//! Requests as they come over the wire: what was given, and nothing but what HTTP needs.

use bytes::Bytes;
use offerslook_core::{
    Endpoint, Request,
    affiliate::{
        batches::{ApplyToOffers, GetTrackingLinks},
        offer_postbacks::{CreatePostback, DeletePostback, PostbackKind, UpdatePostback},
    },
};

use crate::{
    Adapter, expect,
    given::{SECRET, account_at, client, patient},
    heard::Heard,
    scripted_server::ScriptedServer,
};

cases![
    without_accept,
    without_user_agent,
    get,
    get_of_an_account,
    post_without_a_body_of_an_account,
    post_of_an_account,
    put_of_an_account,
    delete_of_an_account,
    post_with_a_body,
    post_without_a_body,
    put_without_a_length,
    delete,
    own_accept_encoding,
    bare_path,
    odd_but_valid_target,
    dots_in_the_target,
    target_of_8000_bytes,
    body_of_a_million_bytes,
];

fn heard(adapter: &dyn Adapter, request: impl FnOnce(&ScriptedServer) -> Request) -> Heard {
    let (say, hear) = std::sync::mpsc::channel();
    let server = ScriptedServer::start(move |door| {
        let mut client = door.accept();
        say.send(client.hear()).unwrap();
        client.say("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        client.until_closed();
    });
    let address = server.address().to_string();
    expect::answer(client(adapter, patient()).execute(request(&server)), 200, "");
    server.finish();
    let heard = hear.recv().unwrap();
    assert_eq!(heard.headers["host"], address);
    heard
}

/// With the headers that HTTP libraries like to add where they are missing.
fn request(method: &str, server: &ScriptedServer, path: &str) -> http::request::Builder {
    let request = http::Request::builder().method(method).uri(server.http(path));
    request.header("accept", "a/b").header("authorization", SECRET).header("user-agent", "c/1")
}

/// These, beside what [`request`] has and `sendable` adds to it, and nothing else.
fn has_headers(heard: &Heard, names: &[&str]) {
    let mut all = vec!["accept", "accept-encoding", "authorization", "host", "user-agent"];
    all.extend(names);
    all.sort_unstable();
    assert_eq!(heard.header_names(), all, "the headers on the wire (left: what came)");
}

/// A header that was not given is not there.
fn left_out(adapter: &dyn Adapter, name: &str) {
    let heard = heard(adapter, |server| {
        let mut request = request("GET", server, "/").body(Bytes::new()).unwrap();
        request.headers_mut().remove(name);
        request
    });
    let mut rest = vec!["accept", "accept-encoding", "authorization", "host", "user-agent"];
    rest.retain(|header| *header != name);
    assert_eq!(heard.header_names(), rest, "the headers on the wire (left: what came)");
}

fn without_accept(adapter: &dyn Adapter) {
    left_out(adapter, "accept");
}

fn without_user_agent(adapter: &dyn Adapter) {
    left_out(adapter, "user-agent");
}

fn get(adapter: &dyn Adapter) {
    let heard = heard(adapter, |server| request("GET", server, "/a/b?c=d").body(Bytes::new()).unwrap());
    assert_eq!((heard.method.as_str(), heard.target.as_str()), ("GET", "/a/b?c=d"));
    has_headers(&heard, &[]);
    assert_eq!(heard.headers["accept"], "a/b");
    assert_eq!(heard.headers["accept-encoding"], "gzip");
    assert_eq!(heard.headers["authorization"], SECRET);
    assert_eq!(heard.headers["user-agent"], "c/1");
    assert!(heard.body.is_empty());
}

/// A call of an account, whose base URL has a prefix.
fn heard_of_account(adapter: &dyn Adapter, call: &impl Endpoint, names: &[&str]) -> Heard {
    let heard =
        heard(adapter, |server| account_at(&server.http("/prefix").to_string()).request(call).unwrap());
    has_headers(&heard, names);
    assert_eq!(heard.headers["accept"], "application/json");
    assert_eq!(heard.headers["accept-encoding"], "gzip");
    assert_eq!(heard.headers["authorization"], "Basic bWVAZXhhbXBsZS5jb206a2V5");
    heard
}

fn get_of_an_account(adapter: &dyn Adapter) {
    let call = GetTrackingLinks::new("16,102".parse().unwrap());
    let heard = heard_of_account(adapter, &call, &[]);
    assert_eq!(heard.method, "GET");
    assert_eq!(heard.target, "/prefix/aff/v1/batches/offers/tracking_links/16,102");
    assert!(heard.body.is_empty());
}

fn post_without_a_body_of_an_account(adapter: &dyn Adapter) {
    let call = ApplyToOffers::new("16,102".parse().unwrap()).unwrap();
    let heard = heard_of_account(adapter, &call, &["content-length"]);
    assert_eq!(heard.method, "POST");
    assert_eq!(heard.target, "/prefix/aff/v1/batches/offers/applys/16,102");
    assert_eq!(heard.headers["content-length"], "0");
}

fn has_json(heard: &Heard, json: &str) {
    assert_eq!(heard.headers["content-type"], "application/json");
    assert_eq!(heard.headers["content-length"], json.len().to_string());
    assert_eq!(String::from_utf8_lossy(&heard.body), json);
}

fn post_of_an_account(adapter: &dyn Adapter) {
    let code = "https://t.example/?c={click_id}".parse().unwrap();
    let call = CreatePostback::for_offer("5".parse().unwrap(), None, PostbackKind::PostbackUrl, code);
    let heard = heard_of_account(adapter, &call.unwrap(), &["content-length", "content-type"]);
    assert_eq!((heard.method.as_str(), heard.target.as_str()), ("POST", "/prefix/aff/v1/offer_postbacks"));
    has_json(&heard, r#"{"offer_id":5,"code":"https://t.example/?c={click_id}","type":2}"#);
}

fn put_of_an_account(adapter: &dyn Adapter) {
    let call = UpdatePostback::new("7".parse().unwrap(), "https://t.example/".parse().unwrap());
    let heard = heard_of_account(adapter, &call, &["content-length", "content-type"]);
    assert_eq!((heard.method.as_str(), heard.target.as_str()), ("PUT", "/prefix/aff/v1/offer_postbacks/7"));
    has_json(&heard, r#"{"code":"https://t.example/"}"#);
}

fn delete_of_an_account(adapter: &dyn Adapter) {
    let heard = heard_of_account(adapter, &DeletePostback::new("7".parse().unwrap()), &[]);
    assert_eq!(
        (heard.method.as_str(), heard.target.as_str()),
        ("DELETE", "/prefix/aff/v1/offer_postbacks/7")
    );
    assert!(heard.body.is_empty());
}

fn post_with_a_body(adapter: &dyn Adapter) {
    let heard = heard(adapter, |server| {
        let request = request("POST", server, "/").header("content-type", "application/json");
        request.body(Bytes::from_static(b"{\"a\":1}")).unwrap()
    });
    assert_eq!(heard.method, "POST");
    has_headers(&heard, &["content-length", "content-type"]);
    assert_eq!(heard.headers["content-length"], "7");
    assert_eq!(heard.body, b"{\"a\":1}");
}

fn post_without_a_body(adapter: &dyn Adapter) {
    let heard = heard(adapter, |server| {
        request("POST", server, "/").header("content-length", "0").body(Bytes::new()).unwrap()
    });
    has_headers(&heard, &["content-length"]);
    assert_eq!(heard.headers["content-length"], "0");
}

fn put_without_a_length(adapter: &dyn Adapter) {
    let heard = heard(adapter, |server| request("PUT", server, "/").body(Bytes::new()).unwrap());
    has_headers(&heard, &["content-length"]);
    assert_eq!(heard.headers["content-length"], "0");
}

fn delete(adapter: &dyn Adapter) {
    let heard = heard(adapter, |server| request("DELETE", server, "/7").body(Bytes::new()).unwrap());
    assert_eq!((heard.method.as_str(), heard.target.as_str()), ("DELETE", "/7"));
    has_headers(&heard, &[]);
}

fn own_accept_encoding(adapter: &dyn Adapter) {
    let heard = heard(adapter, |server| {
        request("GET", server, "/").header("accept-encoding", "identity").body(Bytes::new()).unwrap()
    });
    assert_eq!(heard.headers["accept-encoding"], "identity");
}

fn bare_path(adapter: &dyn Adapter) {
    let heard = heard(adapter, |server| {
        let uri = format!("http://{}", server.address());
        http::Request::get(uri).body(Bytes::new()).unwrap()
    });
    assert_eq!(heard.target, "/");
}

fn odd_but_valid_target(adapter: &dyn Adapter) {
    const ODD: &str = "/a//b/c;x=1/%2F%c3%a9,:@!$&'()*+?filters[status][EQUAL_TO]=a%20b&x=?/&y={z}|";
    let heard = heard(adapter, |server| request("GET", server, ODD).body(Bytes::new()).unwrap());
    assert_eq!(heard.target, ODD);
}

fn dots_in_the_target(adapter: &dyn Adapter) {
    let heard = heard(adapter, |server| request("GET", server, "/a/../b/./c").body(Bytes::new()).unwrap());
    assert_eq!(heard.target, "/a/../b/./c");
}

fn target_of_8000_bytes(adapter: &dyn Adapter) {
    let target = format!("/{}", "1234567,".repeat(1000));
    let heard = heard(adapter, |server| request("GET", server, &target).body(Bytes::new()).unwrap());
    assert_eq!(heard.target, target);
}

fn body_of_a_million_bytes(adapter: &dyn Adapter) {
    let body: Vec<u8> = (0..1_000_000_u32).map(|number| number.to_le_bytes()[0]).collect();
    let heard = heard(adapter, |server| request("POST", server, "/").body(body.clone().into()).unwrap());
    assert_eq!(heard.headers["content-length"], "1000000");
    assert!(heard.body == body);
}
