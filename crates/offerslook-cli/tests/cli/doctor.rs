//! What the doctor finds between the command line and the service.

use std::{
    fs,
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Mutex, mpsc},
    thread,
};

use insta::assert_snapshot;
use offerslook_sandbox::{Certificate, Faults, Sandbox, SandboxConfig};
use serde_json::json;

use crate::{
    account::NOWHERE,
    command::{LIMIT, Ran, Run, finish, folder, nobody, offerslook, signal},
    service::{Reply, by_path, success},
};

/// A run with an account at this address.
pub(crate) fn at(base_url: &str, arguments: &str) -> Run {
    offerslook(arguments).account(base_url, "me@example.com", "some-key-of-mine")
}

pub(crate) fn sandbox(config: SandboxConfig) -> Sandbox {
    Sandbox::start(config.email("me@example.com").api_key("some-key-of-mine")).unwrap()
}

/// Exit code and report, the same in every run.
fn shown(ran: &Ran) -> String {
    let words = ran.out.split_inclusive([' ', '\n']).map(|word| match word.rsplit_once("127.0.0.1:") {
        Some((before, port)) => {
            let rest = port.trim_start_matches(|digit: char| digit.is_ascii_digit());
            format!("{before}127.0.0.1:PORT{rest}")
        }
        None => word.to_owned(),
    });
    format!("exit {}\n{}{}", ran.code.unwrap(), words.collect::<String>(), ran.err)
}

#[test]
fn help_of_the_doctor() {
    assert_snapshot!(offerslook("help doctor").run().out);
}

#[test]
fn a_sound_account() {
    for transport in ["hyper", "ureq"] {
        let ran = offerslook(&format!("--sandbox doctor --transport {transport}")).run();
        assert_snapshot!("sound", shown(&ran));
    }
    let ran = offerslook("--sandbox doctor --format json --fields check,status").run();
    assert_snapshot!("sound_json", shown(&ran));
    let ran = offerslook("--sandbox doctor --format csv").run();
    assert_snapshot!("sound_csv", shown(&ran));
}

#[test]
fn no_account() {
    assert_snapshot!(shown(&offerslook("doctor").run()));
}

#[test]
fn no_way_to_the_service() {
    assert_snapshot!("unknown_host", shown(&at(&format!("https://{NOWHERE}"), "doctor").run()));
    assert_snapshot!("no_listener", shown(&at(&nobody(), "doctor --probe").run()));
}

#[test]
fn certificates() {
    let folder = folder();
    let authority = folder.path().join("ca.pem");
    for (name, certificate, code) in [
        ("good", Certificate::Good, 0),
        ("expired", Certificate::Expired, 6),
        ("wrong_host", Certificate::WrongHost, 6),
        ("unknown_authority", Certificate::UnknownAuthority, 6),
    ] {
        let sandbox = sandbox(SandboxConfig::default().https(certificate));
        fs::write(&authority, sandbox.certificate_authority().unwrap()).unwrap();
        let ran = at(sandbox.base_url(), "doctor --cacert").arg(authority.to_str().unwrap()).run();
        assert_eq!(ran.code, Some(code), "{}{}", ran.out, ran.err);
        let line = ran.out.lines().find(|line| line.contains(" tls ")).unwrap();
        assert_snapshot!(format!("tls_{name}"), line);
    }
}

/// To a host that only a proxy can reach.
fn through(proxy: &str) -> Ran {
    at("https://service.example", "doctor").env("HTTPS_PROXY", proxy).run()
}

#[test]
fn proxies() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("http://user:word-of-the-proxy@{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(b"HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n");
        }
    });
    let refused = shown(&through(&proxy));
    assert!(!refused.contains("word-of-the-proxy"), "{refused}");
    assert_snapshot!("proxy_refuses", refused);
    let unsupported = shown(&through("socks5h://127.0.0.1:1"));
    assert!(unsupported.starts_with("exit 2"), "{unsupported}");
    assert!(unsupported.contains("HTTPS_PROXY: socks5h proxies are not supported"), "{unsupported}");
}

/// The connection is to the proxy, and the certificate is that of the service behind it.
#[test]
fn a_proxy_that_opens_a_tunnel() {
    let sandbox = sandbox(SandboxConfig::default().https(Certificate::Good));
    let service = sandbox.base_url().trim_start_matches("https://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut client = stream.unwrap();
            let _ = client.read(&mut [0; 1024]);
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            let mut server = TcpStream::connect(&service).unwrap();
            let (mut from_client, mut to_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
            thread::spawn(move || io::copy(&mut from_client, &mut to_server));
            thread::spawn(move || io::copy(&mut server, &mut client));
        }
    });
    let folder = folder();
    let authority = folder.path().join("ca.pem");
    fs::write(&authority, sandbox.certificate_authority().unwrap()).unwrap();
    let run = at("https://service.example", "doctor --cacert").arg(authority.to_str().unwrap());
    assert_snapshot!("tunnel", shown(&run.env("HTTPS_PROXY", &proxy).run()));
}

/// The first failure decides the exit code, and what cannot be known is skipped.
#[test]
fn answers_of_every_class() {
    for (name, route, fault, code) in [
        ("unauthorized", "list_offers", "kind = \"key_revoked\"", 4),
        ("forbidden", "list_offers", "kind = \"status\", status = 403", 4),
        ("rate_limited", "list_offers", "kind = \"rate_limited\"", 7),
        ("html", "list_offers", "kind = \"html\", status = 200", 8),
        ("failing", "list_offers", "kind = \"status\", status = 500", 6),
        ("redirect", "list_offers", "kind = \"redirect\", location = \"https://x.example/\"", 5),
        ("reset", "list_offers", "kind = \"reset\"", 6),
        ("refused_links", "get_tracking_links", "kind = \"code\", code = 1001", 5),
        ("no_links", "get_tracking_links", "kind = \"missing_rows\", every = 1", 0),
    ] {
        let faults = format!("[[rules]]\nroute = \"{route}\"\nfault = {{ {fault} }}\n");
        let sandbox = sandbox(SandboxConfig::default().faults(Faults::from_toml(&faults).unwrap()));
        let ran = at(sandbox.base_url(), "doctor").run();
        assert_eq!(ran.code, Some(code), "{name}: {}{}", ran.out, ran.err);
        let report = shown(&ran);
        let calls: Vec<_> = report.lines().skip_while(|line| !line.contains(" clock ")).collect();
        assert_snapshot!(format!("answer_{name}"), calls.join("\n"));
    }
}

#[test]
fn an_address_that_is_not_on_the_allow_list() {
    let sandbox = sandbox(SandboxConfig::default().allow_list([[10, 0, 0, 1].into()]));
    let ran = at(sandbox.base_url(), "doctor").run();
    assert_eq!(ran.code, Some(4));
    assert!(ran.out.contains("failed   allow_list"), "{}", ran.out);
}

#[test]
fn clocks() {
    let service = |date: &'static str| {
        by_path(move |_| {
            let Reply::Body(_, body) = success(&json!({"rowset": [], "totalRows": 0})) else { panic!() };
            Reply::Full(format!("200 OK{date}"), body)
        })
    };
    for (date, expected) in [
        ("", "skipped  clock"),
        ("\r\ndate: never", "skipped  clock"),
        ("\r\ndate: Thu, 01 Jan 2015 00:00:00 GMT", "warning  clock           this machine is "),
        ("\r\ndate: Thu, 01 Jan 2105 00:00:00 GMT", " seconds behind the service"),
    ] {
        let ran = at(&service(date), "doctor").run();
        assert_eq!(ran.code, Some(0));
        assert!(ran.out.contains(expected), "{date}: {}", ran.out);
    }
}

#[test]
fn the_report_goes_to_a_file() {
    let folder = folder();
    let ran = offerslook("--sandbox doctor -o report.txt").within(folder.path()).run();
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    let report = fs::read_to_string(folder.path().join("report.txt")).unwrap();
    assert!(report.starts_with("ok       configuration "), "{report}");
}

/// In the middle of a call.
#[cfg(unix)]
#[test]
fn an_interrupted_doctor() {
    let (arrived, arrival) = mpsc::channel();
    let arrived = Mutex::new(arrived);
    let base_url = by_path(move |_| {
        arrived.lock().unwrap().send(()).unwrap();
        loop {
            thread::park();
        }
    });
    let child = at(&base_url, "doctor").spawn();
    arrival.recv_timeout(LIMIT).unwrap();
    signal(&child, "-INT");
    assert_eq!(finish(child).code, Some(130));
}
