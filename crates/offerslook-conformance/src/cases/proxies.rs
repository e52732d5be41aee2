//! Calls through a proxy, and around it.

use std::time::Duration;

use offerslook_core::{
    Delivery::NotSent,
    Settings,
    TransportKind::{ConnectTimeout, Proxy, Tls, UnknownHost},
};

use crate::{
    Adapter,
    certificates::{self, ELSEWHERE},
    conversation::Conversation,
    expect,
    given::{NOWHERE, client, get, with_variables},
    ports::ClosedPort,
    scripted_server::ScriptedServer,
};

cases![
    https_goes_through_the_proxy,
    the_connection_through_the_proxy_is_kept,
    the_proxy_is_logged_in_to,
    a_proxy_may_speak_tls,
    a_refusal,
    a_demand_for_a_login,
    an_answer_that_is_no_http,
    an_end_without_an_answer,
    a_proxy_that_is_not_there,
    a_proxy_that_cannot_be_found,
    a_proxy_that_is_silent,
    a_proxy_that_answers_in_drips,
    a_proxy_whose_tls_is_not_trusted,
    the_host_behind_the_proxy_is_not_trusted,
    an_excepted_host_is_called_directly,
    this_machine_is_called_directly,
];

const OPEN: &str = "HTTP/1.1 200 Connection established\r\n\r\n";
const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

fn through(proxy: &ScriptedServer) -> Settings {
    with_variables(&[("HTTPS_PROXY", format!("http://proxy-user:proxy-pass@{}", proxy.address()))])
}

fn elsewhere(path: &str) -> http::Uri {
    format!("https://{ELSEWHERE}{path}").parse().unwrap()
}

fn tunnel(mut client: Conversation) -> Conversation {
    let asked = client.hear();
    assert_eq!((asked.method.as_str(), asked.target.as_str()), ("CONNECT", &*format!("{ELSEWHERE}:443")));
    assert_eq!(asked.headers["host"], format!("{ELSEWHERE}:443"));
    assert_eq!(asked.headers["proxy-authorization"], "Basic cHJveHktdXNlcjpwcm94eS1wYXNz");
    assert!(!asked.headers.contains_key("authorization"), "{asked:?}");
    client.say(OPEN);
    client
}

fn https_goes_through_the_proxy(adapter: &dyn Adapter) {
    let proxy = ScriptedServer::start(|door| {
        let mut client = tunnel(door.accept()).secure(&certificates::elsewhere());
        let asked = client.hear();
        assert_eq!(asked.target, "/path?query");
        assert_eq!(asked.headers["host"], ELSEWHERE);
        assert!(!asked.headers.contains_key("proxy-authorization"), "{asked:?}");
        client.say(OK);
    });
    expect::answer(client(adapter, through(&proxy)).execute(get(elsewhere("/path?query"))), 200, "ok");
    proxy.finish();
}

fn the_connection_through_the_proxy_is_kept(adapter: &dyn Adapter) {
    let proxy = ScriptedServer::start(|door| {
        let mut client = tunnel(door.accept()).secure(&certificates::elsewhere());
        for _ in 0..2 {
            client.hear();
            client.say(OK);
        }
        door.nobody_else();
    });
    let client = client(adapter, through(&proxy));
    for _ in 0..2 {
        expect::answer(client.execute(get(elsewhere("/"))), 200, "ok");
    }
    proxy.finish();
}

fn the_proxy_is_logged_in_to(adapter: &dyn Adapter) {
    let proxy = ScriptedServer::start(|door| {
        let mut client = door.accept();
        assert!(!client.hear().headers.contains_key("proxy-authorization"));
        client.say("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
        client.until_closed();
        let mut client = tunnel(door.accept()).secure(&certificates::elsewhere());
        client.hear();
        client.say(OK);
    });
    let without = with_variables(&[("HTTPS_PROXY", proxy.address().to_string())]);
    expect::fault(client(adapter, without).execute(get(elsewhere("/"))), Proxy, NotSent);
    expect::answer(client(adapter, through(&proxy)).execute(get(elsewhere("/"))), 200, "ok");
    proxy.finish();
}

fn a_proxy_may_speak_tls(adapter: &dyn Adapter) {
    let proxy = ScriptedServer::start(|door| {
        let outer = door.accept().secure(&certificates::good());
        let mut client = tunnel(outer).secure(&certificates::elsewhere());
        client.hear();
        client.say(OK);
    });
    let proxy_uri = format!("https://proxy-user:proxy-pass@{}", proxy.address());
    let settings = with_variables(&[("ALL_PROXY", proxy_uri)]);
    expect::answer(client(adapter, settings).execute(get(elsewhere("/"))), 200, "ok");
    proxy.finish();
}

fn refused(adapter: &dyn Adapter, answer: &'static str) {
    let proxy = ScriptedServer::start(move |door| {
        let mut client = door.accept();
        client.hear();
        client.say(answer);
        client.close();
        door.nobody_else();
    });
    expect::fault(client(adapter, through(&proxy)).execute(get(elsewhere("/"))), Proxy, NotSent);
    proxy.finish();
}

fn a_refusal(adapter: &dyn Adapter) {
    refused(adapter, "HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno");
}

fn a_demand_for_a_login(adapter: &dyn Adapter) {
    refused(adapter, "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n");
}

fn an_answer_that_is_no_http(adapter: &dyn Adapter) {
    refused(adapter, "SSH-2.0-OpenSSH\r\n");
}

fn an_end_without_an_answer(adapter: &dyn Adapter) {
    refused(adapter, "");
}

fn a_proxy_that_is_not_there(adapter: &dyn Adapter) {
    let port = ClosedPort::take();
    let settings = with_variables(&[("HTTPS_PROXY", port.address().to_string())]);
    expect::fault(client(adapter, settings).execute(get(elsewhere("/"))), Proxy, NotSent);
}

fn a_proxy_that_cannot_be_found(adapter: &dyn Adapter) {
    let settings = with_variables(&[("HTTPS_PROXY", format!("http://{NOWHERE}:3128"))]);
    expect::fault(client(adapter, settings).execute(get(elsewhere("/"))), Proxy, NotSent);
}

fn too_slow(adapter: &dyn Adapter, script: fn(&mut Conversation)) {
    let proxy = ScriptedServer::start(move |door| {
        let mut client = door.accept();
        client.hear();
        script(&mut client);
    });
    let mut settings = through(&proxy);
    settings.connect_timeout = Duration::from_secs(1);
    let client = client(adapter, settings);
    expect::fault(client.execute(get(elsewhere("/"))), ConnectTimeout, NotSent);
    proxy.finish();
}

fn a_proxy_that_is_silent(adapter: &dyn Adapter) {
    too_slow(adapter, Conversation::until_closed);
}

fn a_proxy_that_answers_in_drips(adapter: &dyn Adapter) {
    too_slow(adapter, |client| {
        client.say("HTTP/1.1 200 OK\r\nx: ");
        client.drip(b"y");
    });
}

fn a_proxy_whose_tls_is_not_trusted(adapter: &dyn Adapter) {
    let proxy = ScriptedServer::start(|door| {
        assert!(door.accept().try_secure(&certificates::untrusted()).is_err());
    });
    let settings = with_variables(&[("HTTPS_PROXY", format!("https://{}", proxy.address()))]);
    expect::fault(client(adapter, settings).execute(get(elsewhere("/"))), Proxy, NotSent);
    proxy.finish();
}

fn the_host_behind_the_proxy_is_not_trusted(adapter: &dyn Adapter) {
    let proxy = ScriptedServer::start(|door| {
        assert!(tunnel(door.accept()).try_secure(&certificates::good()).is_err());
    });
    expect::fault(client(adapter, through(&proxy)).execute(get(elsewhere("/"))), Tls, NotSent);
    proxy.finish();
}

fn an_excepted_host_is_called_directly(adapter: &dyn Adapter) {
    let port = ClosedPort::take();
    let settings = with_variables(&[
        ("HTTPS_PROXY", port.address().to_string()),
        ("NO_PROXY", "other.example, .invalid".to_owned()),
    ]);
    let uri = format!("https://{NOWHERE}/").parse().unwrap();
    expect::fault(client(adapter, settings).execute(get(uri)), UnknownHost, NotSent);
}

fn this_machine_is_called_directly(adapter: &dyn Adapter) {
    let port = ClosedPort::take();
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept().secure(&certificates::good());
        client.hear();
        client.say(OK);
        let mut client = door.accept();
        client.hear();
        client.say(OK);
    });
    let proxy = format!("http://{}", port.address());
    let variables = [("HTTPS_PROXY", proxy.clone()), ("HTTP_PROXY", proxy.clone()), ("ALL_PROXY", proxy)];
    let client = client(adapter, with_variables(&variables));
    expect::answer(client.execute(get(server.https("/"))), 200, "ok");
    expect::answer(client.execute(get(server.http("/"))), 200, "ok");
    server.finish();
}
