//! A known e-mail address and key, handed over in every way there is, through everything that a run can end in:
//! they show nowhere, in no form.

use std::{fs, path::Path, time::Duration};

use offerslook_sandbox::{Certificate, Fault, Faults, Rule, Sandbox, SandboxConfig, Status};
use offerslook_tests::canary::{EMAIL, KEY, assert_none_in, forms, leak_in};

use crate::{
    command::{Ran, Run, finish, folder, offerslook},
    service::{Reply, Service, failure, found, rows},
};

fn sandbox(config: SandboxConfig) -> Sandbox {
    Sandbox::start(config.email(EMAIL).api_key(KEY).without_quota()).unwrap()
}

fn failing(fault: Fault) -> Sandbox {
    sandbox(SandboxConfig::default().faults(Faults::default().rule(Rule::new(fault))))
}

/// A run at this address, with the key from a file.
fn at(base_url: &str, folder: &Path, arguments: &str) -> Run {
    fs::write(folder.join("key.txt"), KEY).unwrap();
    offerslook(&format!("--base-url {base_url} --email {EMAIL} --api-key-file key.txt {arguments}"))
        .within(folder)
}

#[track_caller]
fn assert_shows_none(ran: &Ran, done: &str) {
    assert_none_in(&ran.out, done);
    assert_none_in(&ran.err, done);
}

/// Runs with both transports, as quiet and as talkative as can be.
#[track_caller]
fn ends_with(code: i32, base_url: &str, arguments: &str) {
    let folder = folder();
    for transport in ["hyper", "ureq"] {
        for verbosity in ["-q", "", "-v"] {
            let arguments = format!("{arguments} --transport {transport} {verbosity}");
            let ran = at(base_url, folder.path(), &arguments).run();
            assert_eq!(ran.code, Some(code), "{arguments}\n{}", ran.err);
            assert_shows_none(&ran, &arguments);
        }
    }
}

#[test]
fn the_search_finds_what_it_looks_for() {
    for form in forms().split(' ') {
        assert!(leak_in(&format!("…{form}…")).is_some(), "{form}");
        assert!(leak_in(&form.replace('%', "%25").to_uppercase()).is_none() || !form.contains('%'));
    }
    assert!(leak_in(&forms().to_lowercase()).is_some());
    assert_eq!(leak_in("nothing of it"), None);
}

#[test]
fn answers_of_every_class() {
    const ONE: &str = "links 16 --retries 0";
    let status = |status, retry_after| Fault::Status { status, retry_after };
    for (fault, code) in [
        (Fault::RateLimited { retry_after: None }, 7),
        (Fault::RateLimited { retry_after: Some(1) }, 7),
        (status(Status::of::<500>(), None), 6),
        (status(Status::of::<503>(), Some(600)), 6),
        (status(Status::of::<404>(), None), 5),
        (status(Status::of::<418>(), None), 5),
        (Fault::Html { status: Status::of::<504>() }, 6),
        (Fault::Html { status: Status::of::<200>() }, 8),
        (Fault::Code { code: 1001.try_into().unwrap() }, 5),
        (Fault::Redirect { location: format!("https://example.com/?key={KEY}").parse().unwrap() }, 5),
        (Fault::KeyRevoked, 4),
        (Fault::Reset, 6),
        (Fault::CutBody { after_bytes: None }, 6),
        (Fault::OversizedBody { bytes: 40 << 20 }, 8),
        (Fault::GzipBomb { bytes: 40 << 20 }, 8),
        (Fault::MissingRows { every: 1.try_into().unwrap() }, 3),
        (Fault::ExtraRows { ids: vec![7] }, 0),
        (Fault::IdsAsStrings, 0),
    ] {
        ends_with(code, failing(fault).base_url(), ONE);
    }
    let slow = failing(Fault::Delay { wait: Duration::from_mins(1) });
    ends_with(6, slow.base_url(), "links 16 --retries 0 --timeout 0.2");
    ends_with(6, slow.base_url(), "links 16 --max-time 0.2");
}

#[test]
fn checks_that_fail() {
    let elsewhere = [[10, 0, 0, 1].into()];
    let other_key = Sandbox::start(SandboxConfig::default().email(EMAIL).without_quota()).unwrap();
    ends_with(4, other_key.base_url(), "links 16");
    ends_with(4, sandbox(SandboxConfig::default().allow_list(elsewhere)).base_url(), "links 16");
    ends_with(4, sandbox(SandboxConfig::default().network("another")).base_url(), "links 16");
}

#[test]
fn connections_that_do_not_come_about() {
    for certificate in [Certificate::Expired, Certificate::WrongHost, Certificate::UnknownAuthority] {
        let sandbox = sandbox(SandboxConfig::default().https(certificate));
        let folder = folder();
        let authority = folder.path().join("ca.pem");
        fs::write(&authority, sandbox.certificate_authority().unwrap()).unwrap();
        let arguments = format!("links 16 --retries 0 --cacert {}", authority.display());
        ends_with(6, sandbox.base_url(), &arguments);
        ends_with(6, sandbox.base_url(), "links 16 --retries 0");
    }
    // Nobody listens there any more.
    let gone = sandbox(SandboxConfig::default()).base_url().to_owned();
    ends_with(6, &gone, "links 16 --retries 0");
    // A label that is too long to be looked up, so that no name service hears of it.
    ends_with(6, &format!("https://{}.invalid", "x".repeat(64)), "links 16 --retries 0");
}

#[test]
fn what_is_written_to_files() {
    let sandbox = sandbox(SandboxConfig::default());
    let folder = folder();
    for format in ["table", "json", "ndjson", "csv", "tsv"] {
        let ran =
            at(sandbox.base_url(), folder.path(), &format!("links 1 2 16 --format {format} -o {format}"));
        assert_shows_none(&ran.run(), format);
        assert_none_in(&fs::read_to_string(folder.path().join(format)).unwrap(), format);
    }
    let resumed = "links 1 2 16 99999 --format ndjson -o ndjson --resume -v";
    assert_shows_none(&at(sandbox.base_url(), folder.path(), resumed).run(), resumed);
    assert_none_in(&fs::read_to_string(folder.path().join("ndjson")).unwrap(), resumed);
}

/// A key that was put where it does not belong, too.
#[test]
fn every_command_and_every_mistake() {
    let folder = folder();
    fs::write(folder.path().join("key.txt"), KEY).unwrap();
    for arguments in [
        "",
        "--help",
        "-h",
        "--version",
        "help links",
        "help sandbox",
        "links --help",
        "sandbox --help",
        "links",
        "links x",
        "links 16 -v",
        "sandbox --port x",
        "sandbox --faults key.txt",
        "sandbox --offers-file key.txt",
        "sandbox --api-key-file key.txt",
        "links --from key.txt",
        "links 16 --cacert key.txt",
        "--sandbox links 16 -v",
        "--network nowhere. links 16",
        "--base-url http://example.com links 16",
    ] {
        for misplaced in ["", KEY, EMAIL] {
            let ran = offerslook(arguments)
                .arg(misplaced)
                .within(folder.path())
                .env("OFFERSLOOK_EMAIL", EMAIL)
                .env("OFFERSLOOK_API_KEY", KEY);
            assert_shows_none(&ran.run(), &format!("{arguments} {misplaced}"));
        }
    }
}

/// What a service repeats, in an answer of any kind and in rows.
#[test]
fn a_parrot_is_not_believed() {
    type Answer = fn(&[u64]) -> Reply;
    let answers: [(Answer, i32); 6] = [
        (|_| failure(400, &forms()), 5),
        (|_| failure(401, &forms()), 4),
        (|_| failure(429, &forms()), 7),
        (|_| failure(500, &forms()), 6),
        (|_| rows([format!(r#"{{"offer_id":"{}"}}"#, forms())]), 8),
        (|_| Reply::Body(200, format!("<html>{}</html>", forms())), 8),
    ];
    for (answer, code) in answers {
        let service = Service::start(move |call| answer(&call.ids));
        ends_with(code, &service.base_url, "links 16 --retries 0");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_process_list() {
    let service = Service::start(|_| Reply::Never);
    let folder = folder();
    fs::write(folder.path().join("key.txt"), KEY).unwrap();
    let email = |run: Run| run.env("OFFERSLOOK_EMAIL", EMAIL).within(folder.path());
    let base = format!("--base-url {} links 16 --max-time 60", service.base_url);
    for (way, run) in [
        ("a file", offerslook(&format!("{base} --api-key-file key.txt"))),
        ("standard input", offerslook(&format!("{base} --api-key-stdin")).input(KEY)),
        ("a variable", offerslook(&base).env("OFFERSLOOK_API_KEY", KEY)),
        ("a variable that names a file", offerslook(&base).env("OFFERSLOOK_API_KEY_FILE", "key.txt")),
    ] {
        let mut child = email(run).spawn();
        service.wait_for(1);
        let listed = fs::read_to_string(format!("/proc/{}/cmdline", child.id())).unwrap();
        child.kill().unwrap();
        assert!(listed.contains("links"), "{listed}");
        assert_none_in(&listed, way);
        assert_shows_none(&finish(child), way);
    }
}

/// The sandbox as a command tells its own account, and nobody else's.
#[test]
fn the_log_of_the_sandbox() {
    let sandbox = sandbox(SandboxConfig::default());
    let folder = folder();
    let ran = at(sandbox.base_url(), folder.path(), "links 1 2 16 -v").run();
    assert_shows_none(&ran, "links");
    assert_none_in(&format!("{sandbox:?} {:#?}", sandbox.arrivals()), "the log");
    assert_eq!(sandbox.arrivals().total, 1);
    let service = Service::start(found);
    assert_eq!(at(&service.base_url, folder.path(), "links 16").run().code, Some(0));
}
