//! A known e-mail address and key, handed over in every way there is, through everything that a run can end in:
//! they show nowhere, in no form.

use std::{fs, path::Path, time::Duration};

use crate::canary::{EMAIL, KEY, assert_none_in, forms, leak_in};
use offerslook_sandbox::{Certificate, Fault, Faults, Rule, Sandbox, SandboxConfig, Status};

use crate::{
    command::{Ran, Run, account, finish, folder, offerslook, write_key},
    profiles::with_config,
    service::{Reply, Service, by_path, failure, found, link, ok, rows, success},
};

fn sandbox(config: SandboxConfig) -> Sandbox {
    Sandbox::start(config.email(EMAIL).api_key(KEY).without_quota()).unwrap()
}

fn failing(fault: Fault) -> Sandbox {
    sandbox(SandboxConfig::default().faults(Faults::default().rule(Rule::new(fault))))
}

/// A run at this address, with the key from a file.
fn at(base_url: &str, folder: &Path, arguments: &str) -> Run {
    write_key(&folder.join("key.txt"), KEY);
    offerslook(&format!("--base-url {base_url} --email {EMAIL} --api-key-file key.txt {arguments}"))
        .within(folder)
}

#[track_caller]
fn assert_shows_none(ran: &Ran, done: &str) {
    assert_none_in(&ran.out, done);
    assert_none_in(&ran.err, done);
}

/// Runs with both transports, as quiet and as talkative as can be, and gives back all that was shown.
#[track_caller]
fn ends_with(code: i32, base_url: &str, arguments: &str) -> Vec<String> {
    let folder = folder();
    let mut shown = Vec::new();
    for transport in ["hyper", "ureq"] {
        for verbosity in ["-q", "", "-v"] {
            let arguments = format!("{arguments} --transport {transport} {verbosity}");
            let ran = at(base_url, folder.path(), &arguments).run();
            assert_eq!(ran.code, Some(code), "{arguments}\n{}", ran.err);
            assert_shows_none(&ran, &arguments);
            shown.push(ran.out + &ran.err);
        }
    }
    shown
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

/// With a secret behind the last argument, too.
#[test]
fn every_command_and_every_mistake() {
    const RUNS: &[&str] = &[
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
        "sandbox --max-time 0.1 -v",
        "links --from key.txt",
        "links 16 --cacert key.txt",
        "--sandbox links 16 -vvv",
        "offers list --sandbox --max-id 3 -vvv",
        "offers show 16 --sandbox --with caps,creatives,platforms,postbacks,links -vv",
        "apply 16 102 --sandbox --yes -vvv",
        "apply 16 102 --network acme --dry-run",
        "apply 16",
        "postbacks list --sandbox --transport ureq -vvv",
        "postbacks show 51 --sandbox -v",
        "postbacks create --sandbox --offer 16 --type postback-url --code https://t.example/ --yes -v",
        "postbacks update 51 --sandbox --code https://t.example/ --dry-run",
        "postbacks delete 51 --sandbox --yes -v",
        "sub-affiliates --sandbox -v",
        "quota --network acme",
        "quota --network acme --quota-store redis://127.0.0.1:1 -v",
        "links 16 --sandbox --quota-store redis://127.0.0.1:1",
        "links 16 --sandbox --quota-store",
        "links 16 --sandbox --quota-store redis://127.0.0.1:1 --quota-store-password-file key.txt",
        "links 16 --sandbox --quota-fallback",
        "api GET /aff/v1/offer_postbacks/51 --sandbox -vvv",
        "api DELETE /aff/v1/offer_postbacks/51 --network acme --dry-run",
        "api GET /nothing --sandbox -v",
        "completions bash",
        "man",
        "help environment",
        "--network nowhere. links 16",
        "--base-url http://example.com links 16",
        "auth",
        "auth login",
        "auth login --network acme --email",
        "auth login --api-key-stdin",
        "auth login --profile",
        "auth status",
        "auth status --api-key-file",
        "auth logout",
        "auth logout --profile",
        "doctor",
        "doctor --format",
        "--sandbox doctor -v",
        "--sandbox doctor --probe -vvv",
    ];
    let mut commands = vec![String::new()];
    while let Some(command) = commands.pop() {
        let help = offerslook(&format!("help {command}")).run().out;
        let below = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        let below = below.map_while(|line| line.split_whitespace().next());
        commands.extend(below.map(|name| format!("{command} {name}").trim().to_owned()));
        assert!(RUNS.iter().any(|run| run.starts_with(&command)), "run {command} here as well");
    }
    let folder = folder();
    write_key(&folder.path().join("key.txt"), KEY);
    for arguments in RUNS {
        for misplaced in [None, Some(KEY), Some(EMAIL)] {
            let run = offerslook(arguments)
                .within(folder.path())
                .env("OFFERSLOOK_EMAIL", EMAIL)
                .env("OFFERSLOOK_API_KEY", KEY);
            let ran = misplaced.into_iter().fold(run, Run::arg).run();
            assert_shows_none(&ran, &format!("{arguments} {misplaced:?}"));
        }
    }
}

/// The account of a profile, from its login on.
#[test]
fn a_profile() {
    let folder = folder();
    let sandbox = sandbox(SandboxConfig::default());
    let parrot = Service::start(|call| {
        failure(400, call.head.lines().find_map(|line| line.split("Basic ").nth(1)).unwrap())
    });
    let shows_none = |arguments: &str, input: &str| {
        let run = with_config(folder.path(), arguments).input(input);
        assert_shows_none(&run.run(), arguments);
    };
    for base_url in [sandbox.base_url(), &parrot.base_url] {
        let login = format!("auth login --base-url {base_url} --email {EMAIL} --api-key-stdin -vvv");
        shows_none(&login, KEY);
        shows_none(&login, &format!("{KEY}\n{KEY}"));
        for arguments in ["auth status", "links 16 -vvv", "auth login", "auth logout --profile missing"] {
            shows_none(arguments, "");
        }
    }
    shows_none("auth logout", "");
    let text = format!("[profiles.default]\nnetwork = \"acme\"\nemail = {EMAIL}\napi_key = \"{KEY}\"\n");
    write_key(&folder.path().join("config.toml"), text);
    shows_none("auth status", "");
    shows_none("links 16 -vvv", "");
}

/// With a report that holds all that the service says.
#[test]
fn the_doctor() {
    for arguments in ["doctor", "doctor --probe --format json", "doctor --probe --format csv"] {
        ends_with(0, sandbox(SandboxConfig::default()).base_url(), arguments);
    }
    let base_url = by_path(|_| {
        let told = serde_json::json!({"code": 400, "message": forms(), forms(): forms()});
        Reply::Body(400, told.to_string())
    });
    ends_with(5, &base_url, "doctor --probe");
    let base_url = by_path(|path| {
        let rows = serde_json::json!([{"offer": {"id": 7, forms(): 1, "status": forms()}}]);
        let links = serde_json::json!({"tracking_link": [{"offer_id": 7, "url": forms(), KEY: 1}]});
        let page = serde_json::json!({"rowset": rows, forms(): 1});
        success(if path.contains("tracking_links") { &links } else { &page })
    });
    ends_with(0, &base_url, "doctor --probe --format ndjson");
}

#[test]
fn a_secret_in_the_wrong_place_is_not_repeated() {
    let folder = folder();
    let is_bad_usage = |run: Run, done: &str| {
        let ran = run.within(folder.path()).run();
        assert_eq!(ran.code, Some(2), "{done}\n{}", ran.err);
        assert_shows_none(&ran, done);
    };
    for secret in [KEY, EMAIL] {
        fs::write(folder.path().join("ids.txt"), format!("16\n{secret}\n")).unwrap();
        for arguments in [
            "--sandbox links SECRET",
            "--sandbox links 16 --format SECRET",
            "--sandbox links 16 --quota SECRET",
            "--sandbox links 16 --append =SECRET",
            "--sandbox links 16 --cacert SECRET",
            "--sandbox SECRET 16",
            "--sandbox links --from ids.txt",
            "--network SECRET. links 16",
            "--base-url https://x:SECRET@example.com links 16",
            "sandbox --faults SECRET",
            "sandbox --offers-file SECRET",
        ] {
            let arguments = arguments.replace("SECRET", secret);
            let run = offerslook(&arguments).env("OFFERSLOOK_EMAIL", EMAIL).env("OFFERSLOOK_API_KEY", KEY);
            is_bad_usage(run, &arguments);
        }
    }
    // Not known as a key by anything but where it stands.
    for option in ["--api-key ", "--api-key=", "--api-key-stdin=", "--api-key-file ", "--api-key-file="] {
        let run = offerslook(&format!("--network acme --email me@example.com links 16 {option}{KEY}"));
        is_bad_usage(run, option);
    }
    let account = "--network acme --email me@example.com links 16";
    is_bad_usage(offerslook(account).env("OFFERSLOOK_API_KEY_FILE", KEY), "the variable of the file");
}

/// What a service repeats, with the credentials as they came, in an answer of any kind and in rows.
#[test]
fn a_parrot_is_not_believed() {
    type Answer = fn(&str, &[u64]) -> Reply;
    let in_part: Answer =
        |told, ids| if ids.contains(&7) { failure(400, told) } else { rows(ids.iter().map(|id| link(*id))) };
    let answers: [(Answer, i32, &[&str]); 7] = [
        (|told, _| failure(400, told), 5, &["table"]),
        (|told, _| failure(401, told), 4, &["table"]),
        (|told, _| failure(403, told), 4, &["table"]),
        (|told, _| failure(429, told), 7, &["table"]),
        (|told, _| failure(500, told), 6, &["table"]),
        (|told, _| rows([format!(r#"{{"offer_id":"{told}"}}"#)]), 8, &["table"]),
        (in_part, 3, &["table", "json", "ndjson", "csv", "tsv"]),
    ];
    for (answer, code, formats) in answers {
        let service = Service::start(move |call| {
            let basic = call.head.lines().find_map(|line| line.split("Basic ").nth(1)).unwrap();
            answer(&format!("{basic} {}", forms()), &call.ids)
        });
        for format in formats {
            let arguments = format!("links 1 7 --retries 0 --format {format}");
            for shown in ends_with(code, &service.base_url, &arguments) {
                assert!(shown.contains("[redacted]"), "{shown}");
            }
        }
    }
    let page = Service::start(|_| ok(format!("<html>{}</html>", forms())));
    ends_with(8, &page.base_url, "links 16 --retries 0");
}

/// What a row tells of the command line, which no service repeats.
#[test]
fn rows_about_a_parameter() {
    for format in ["table", "json", "ndjson", "csv", "tsv"] {
        let arguments = format!("--sandbox links 16 --append aff_id=7 --format {format}");
        let ran = offerslook(&arguments).env("OFFERSLOOK_API_KEY", "aff_id").run();
        assert_eq!(ran.code, Some(1), "{}", ran.err);
        assert!(ran.out.contains("[redacted]") && !ran.out.contains("aff_id"), "{}", ran.out);
    }
    // A key from a file is known, too.
    let service = Service::start(found);
    let folder = folder();
    write_key(&folder.path().join("key.txt"), "offer_id");
    let account = account(&service.base_url, "key.txt");
    let ran = offerslook(&format!("{account} links 16 --append offer_id=7")).within(folder.path()).run();
    assert!(ran.out.contains("[redacted]"), "{}", ran.out);
}

#[cfg(target_os = "linux")]
#[test]
fn the_process_list() {
    let service = Service::start(|_| Reply::Never);
    let folder = folder();
    write_key(&folder.path().join("key.txt"), KEY);
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

#[test]
fn the_log_of_the_sandbox() {
    let sandbox = sandbox(SandboxConfig::default());
    let folder = folder();
    let ran = at(sandbox.base_url(), folder.path(), "links 1 2 16 -v").run();
    assert_shows_none(&ran, "links");
    assert_none_in(&format!("{sandbox:?} {:#?}", sandbox.arrivals()), "the log");
    assert_eq!(sandbox.arrivals().total, 1);
}
