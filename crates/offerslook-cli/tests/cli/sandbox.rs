//! The stand-in as a command.

#![cfg(unix)]

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, ErrorKind},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
};

use insta::assert_snapshot;
use serde_json::Value;

use crate::{
    command::{LIMIT, Ran, Run, finish, folder, offerslook, signal, transcript, write_key},
    service::KEY,
};

/// A running one, and what it printed.
struct Serving {
    /// Gone when it was ended.
    child: Option<Child>,
    printed: Value,
}

/// A test that fails leaves none behind.
impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Serving {
    fn start(arguments: &str) -> Self {
        let mut child = offerslook(&format!("sandbox {arguments}")).spawn();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child: Some(child), printed: serde_json::from_str(&line).unwrap() }
    }

    fn text(&self, field: &str) -> &str {
        self.printed[field].as_str().unwrap()
    }

    /// What `offerslook` makes of it.
    fn answer(&self, arguments: &str) -> Ran {
        self.run(arguments).run()
    }

    fn run(&self, arguments: &str) -> Run {
        offerslook(arguments).account(self.text("base_url"), self.text("email"), self.text("api_key"))
    }

    fn end(mut self, name: &str) -> Ran {
        let child = self.child.take().unwrap();
        signal(&child, name);
        finish(child)
    }
}

#[test]
fn it_tells_where_it_serves_and_ends_when_it_is_told_to() {
    for name in ["-INT", "-TERM"] {
        let serving = Serving::start("--port 0 --offers 1000");
        let address = serving.text("base_url").trim_start_matches("http://").to_owned();
        let links = serving.answer("links 16 1000 1001 --format csv");
        assert_snapshot!("links", links.out);
        let ran = serving.end(name);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert_eq!(ran.err, format!("offerslook: serving at http://{address}; Ctrl-C ends it\n"));
        assert_eq!(TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    }
}

#[test]
fn what_it_prints_is_one_line_of_json() {
    let mut serving = Serving::start("--quiet");
    serving.printed["base_url"] = "http://127.0.0.1:PORT".into();
    assert_snapshot!(serving.printed, @r#"{"api_key":"5a4db0005a4db0005a4db0005a4db000","base_url":"http://127.0.0.1:PORT","email":"affiliate@sandbox.example"}"#);
    assert_eq!(serving.end("-INT").err, "");
}

#[test]
fn the_file_appears_once_it_serves() {
    let folder = folder();
    let file = folder.path().join("sandbox.json");
    let child = offerslook("sandbox -o sandbox.json").within(folder.path()).spawn();
    let began = std::time::Instant::now();
    while !file.exists() {
        assert!(began.elapsed() < LIMIT, "the file does not appear");
        std::thread::yield_now();
    }
    let printed = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let serving = Serving { child: Some(child), printed };
    assert_eq!(serving.answer("links 16").code, Some(0));
    assert_eq!(serving.end("-TERM").out, "");
}

#[test]
fn faults_come_from_a_file() {
    let folder = folder();
    let toml = "[[rules]]\nroute = \"get_tracking_links\"\nfault = { kind = \"status\", status = 500 }\n";
    let json = r#"{"rules":[{"route":"get_tracking_links","fault":{"kind":"status","status":500}}]}"#;
    for (name, text) in [("faults.toml", toml), ("faults.json", json)] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let serving = Serving::start(&format!("--faults {}", path.display()));
        assert_eq!(serving.answer("links 16 --retries 0").code, Some(6), "{name}");
        serving.end("-INT");
    }
}

/// The error for an unknown one names them all.
#[test]
fn help_names_every_route_and_fault_and_the_page_every_fault() {
    let folder = folder();
    let help = offerslook("help sandbox").run().out;
    let page = include_str!("../../../../docs/src/sandbox.md");
    let is_named =
        |name: &str| help.split(|c: char| !c.is_ascii_lowercase() && c != '_').any(|word| word == name);
    for (field, rule) in [("route", "route = \"?\""), ("kind", "fault = { kind = \"?\" }")] {
        fs::write(folder.path().join("faults.toml"), format!("[[rules]]\n{rule}\n")).unwrap();
        let ran = offerslook("sandbox --faults faults.toml").within(folder.path()).run();
        let (_, names) = ran.err.split_once("expected one of `").unwrap();
        let (names, _) = names.split_once("`. ").unwrap();
        for name in names.split("`, `") {
            assert!(is_named(name), "help does not name {name}");
            assert!(field == "route" || page.contains(&format!("`{name}`")), "the page does not name {name}");
        }
    }
}

#[test]
fn offers_come_from_a_file() {
    let folder = folder();
    let path = folder.path().join("offers.json");
    fs::write(&path, r#"[{"id": 7001}, {"id": 7002, "status": "paused"}]"#).unwrap();
    let serving = Serving::start(&format!("--offers 0 --offers-file {}", path.display()));
    let links = serving.answer("links 1 7001 7002 --format csv");
    assert_snapshot!("own_offers", links.out);
    serving.end("-INT");
}

#[test]
fn the_quota_is_that_of_the_service_unless_told_otherwise() {
    let one_each = "links --from - --ids-per-request 1 --quota 1000/1 --retries 0 --format ndjson";
    for (arguments, code) in [("", 7), ("--quota 1000/1", 3), ("--no-quota", 3)] {
        let serving = Serving::start(arguments);
        let ran = serving.run(one_each).input(crate::command::ids_to(80)).run();
        assert_eq!(ran.code, Some(code), "{arguments}: {}", ran.err);
        serving.end("-INT");
    }
}

#[test]
fn https_brings_its_authority() {
    let folder = folder();
    let authority = folder.path().join("ca.pem");
    for (certificate, code) in
        [("", 0), ("=good", 0), ("=expired", 6), ("=wrong-host", 6), ("=unknown-authority", 6)]
    {
        let serving = Serving::start(&format!("--https{certificate}"));
        fs::write(&authority, serving.text("certificate_authority")).unwrap();
        let ran = serving.answer(&format!("links 16 --retries 0 --cacert {}", authority.display()));
        assert_eq!(ran.code, Some(code), "{certificate}: {}", ran.err);
        serving.end("-INT");
    }
}

#[test]
fn it_ends_when_its_time_is_over() {
    let ran = offerslook("sandbox --max-time 0.1").run();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with(r#"{"base_url":"#), "{}", ran.out);
}

/// Told so twice while it still reads its files, from a pipe here.
#[test]
fn ended_before_it_serves_it_leaves_nothing_behind() {
    let folder = folder();
    let pipe = folder.path().join("faults.toml");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let child = offerslook("sandbox --faults faults.toml -o sandbox.json").within(folder.path()).spawn();
    // Opens once the other side reads, which waits for more for as long as this is open.
    let held = File::options().write(true).open(&pipe).unwrap();
    signal(&child, "-INT");
    signal(&child, "-TERM");
    assert_eq!(finish(child).code, Some(130));
    drop(held);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["faults.toml"]);
}

/// Nobody reads what it prints: it serves all the same.
#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = offerslook("sandbox").spawn();
    drop(child.stdout.take());
    let mut told = String::new();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    stderr.read_line(&mut told).unwrap();
    assert!(told.contains("serving at http://127.0.0.1:"), "{told}");
    signal(&child, "-INT");
    assert_eq!(finish(child).code, Some(0));
}

#[test]
fn mistakes() {
    let folder = folder();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    write_key(&folder.path().join("key.txt"), KEY);
    fs::write(folder.path().join("faults.toml"), "[[rules]]\nfault = { kind = \"nonsense\" }\n").unwrap();
    fs::write(
        folder.path().join("when.toml"),
        "[[rules]]\nwhen = { every = 0 }\nfault = { kind = \"reset\" }\n",
    )
    .unwrap();
    fs::write(folder.path().join("faults.json"), "{\"rules\": [").unwrap();
    fs::write(folder.path().join("offers.json"), "[{\"id\": 1, \"colour\": \"red\"}]").unwrap();
    fs::write(folder.path().join("latin-1.json"), b"[{\"id\": 1, \"name\": \"\xe9t\xe9\"}]").unwrap();
    let runs = [
        &format!("sandbox --port {port}"),
        "sandbox --port 70000",
        "sandbox --offers x",
        "sandbox --faults nowhere.toml",
        "sandbox --faults faults.toml",
        "sandbox --faults when.toml",
        "sandbox --faults faults.json",
        "sandbox --offers-file nowhere.json",
        "sandbox --offers-file offers.json",
        "sandbox --offers-file latin-1.json",
        "sandbox --offers-file .",
        "sandbox --quota 5/1 --no-quota",
        "sandbox --https=bad",
        "sandbox --email me@example.com",
        "sandbox --api-key-file key.txt",
        "sandbox --network acme",
    ]
    .map(|arguments| {
        let ran = offerslook(arguments).within(folder.path()).run();
        (arguments.replace(&port.to_string(), "TAKEN"), ran)
    });
    assert_snapshot!(transcript(runs).replace(&port.to_string(), "TAKEN"));
}
