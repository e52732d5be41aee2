use std::fs;

use insta::assert_snapshot;
use offerslook_sandbox::{Sandbox, SandboxConfig};

use crate::command::{account, folder, ids_to, nobody, offerslook, transcript, write_key};

/// Its first label is too long to be looked up, so that no name service hears of it.
pub(crate) const NOWHERE: &str =
    "a-label-of-more-than-sixty-three-characters-cannot-be-looked-up-at-all.invalid";

#[test]
fn a_bad_account_is_told_before_anything_is_sent() {
    let folder = folder();
    write_key(&folder.path().join("key"), "  some-key \n");
    write_key(&folder.path().join("empty"), " \n");
    write_key(&folder.path().join("lines"), "one\ntwo\n");
    write_key(&folder.path().join("large"), "k".repeat(100_000));
    let runs = [
        "links 16",
        "--network acme --email me@example.com links 16",
        "--base-url https://acme.example --api-key-file key links 16",
        "--network acme_inc --email me@example.com --api-key-file key links 16",
        "--base-url http://acme.example --email me@example.com --api-key-file key links 16",
        "--base-url acme --email me@example.com --api-key-file key links 16",
        "--network acme --email me:you@example.com --api-key-file key links 16",
        "--network acme --email me@example.com --api-key-file missing links 16",
        "--network acme --email me@example.com --api-key-file empty links 16",
        "--network acme --email me@example.com --api-key-file lines links 16",
        "--network acme --email me@example.com --api-key-file large links 16",
        "--network acme --email me@example.com --api-key-stdin links 16",
        "--network acme --base-url https://acme.example links 16",
        "--network acme links 16 --base-url https://acme.example",
        "--network acme --email me@example.com --api-key-file key --api-key-stdin links 16",
        "--sandbox --network acme links 16",
        "--sandbox --base-url https://acme.example links 16",
        "--sandbox --email me@example.com links 16",
        "--sandbox --api-key-file key links 16",
        "links 16 --sandbox --api-key-stdin",
    ];
    let runs =
        runs.map(|arguments| (arguments.to_owned(), offerslook(arguments).within(folder.path()).run()));
    assert_snapshot!(transcript(runs));
}

#[test]
fn a_bad_environment_is_told_by_the_name_of_the_variable() {
    let environments = [
        vec![("OFFERSLOOK_NETWORK", "acme"), ("OFFERSLOOK_BASE_URL", "https://acme.example")],
        vec![("OFFERSLOOK_API_KEY", "some-key"), ("OFFERSLOOK_API_KEY_FILE", "key")],
        vec![
            ("OFFERSLOOK_NETWORK", "a b"),
            ("OFFERSLOOK_EMAIL", "me@example.com"),
            ("OFFERSLOOK_API_KEY", "some-key"),
        ],
        vec![("OFFERSLOOK_NETWORK", "acme"), ("OFFERSLOOK_EMAIL", ""), ("OFFERSLOOK_API_KEY", "")],
        vec![("OFFERSLOOK_NETWORK", "acme"), ("OFFERSLOOK_EMAIL", ":"), ("OFFERSLOOK_API_KEY", "some-key")],
        vec![
            ("OFFERSLOOK_NETWORK", "acme"),
            ("OFFERSLOOK_EMAIL", "me@example.com"),
            ("OFFERSLOOK_API_KEY", "\u{7}"),
        ],
        vec![
            ("OFFERSLOOK_NETWORK", "acme"),
            ("OFFERSLOOK_EMAIL", "me@example.com"),
            ("OFFERSLOOK_API_KEY_FILE", "missing"),
        ],
    ];
    let folder = folder();
    let runs = environments.map(|variables| {
        let title: Vec<_> = variables.iter().map(|(name, value)| format!("[{name}={value:?}]")).collect();
        let run = offerslook("links 16").within(folder.path());
        (
            title.join(" ") + " links 16",
            variables.iter().fold(run, |run, (name, value)| run.env(name, value)).run(),
        )
    });
    assert_snapshot!(transcript(runs));
}

/// Runs that get as far as a call, or the lack of one.
#[test]
fn an_account_that_is_not_let_in() {
    let folder = folder();
    write_key(&folder.path().join("key"), "wrong-key");
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let nowhere = format!("https://{NOWHERE}");
    for transport in ["hyper", "ureq"] {
        let run = |base_url: &str| {
            let arguments =
                format!("{} --transport {transport} --retries 0 links 16 102", account(base_url, "key"));
            offerslook(&arguments).within(folder.path()).run()
        };
        let runs = [
            ("with a wrong key".to_owned(), run(sandbox.base_url())),
            ("at a port where nobody listens".to_owned(), run(&nobody())),
            ("at an unknown host".to_owned(), run(&nowhere)),
        ];
        assert_snapshot!("not_let_in", transcript(runs));
    }
}

#[test]
fn an_option_beats_its_variable_and_the_other_kind_of_variable() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let folder = folder();
    write_key(&folder.path().join("key"), format!(" {}\r\n", sandbox.api_key()));
    let arguments = format!(
        "links 16 -q --base-url {} --email {} --api-key-file key",
        sandbox.base_url(),
        sandbox.email()
    );
    let ran = offerslook(&arguments)
        .within(folder.path())
        .env("OFFERSLOOK_NETWORK", "acme")
        .env("OFFERSLOOK_BASE_URL", "https://acme.example")
        .env("OFFERSLOOK_EMAIL", "you@example.com")
        .env("OFFERSLOOK_API_KEY", "wrong")
        .env("OFFERSLOOK_API_KEY_FILE", "missing")
        .run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn the_environment_is_enough() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let run = || {
        offerslook("links 16 -q")
            .env("OFFERSLOOK_BASE_URL", sandbox.base_url())
            .env("OFFERSLOOK_EMAIL", sandbox.email())
    };
    let ran = run().env("OFFERSLOOK_API_KEY", &format!("{} ", sandbox.api_key())).run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));

    let folder = folder();
    let key = folder.path().join("key");
    write_key(&key, sandbox.api_key());
    let ran = run().env("OFFERSLOOK_API_KEY_FILE", key.to_str().unwrap()).run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn the_key_may_come_by_standard_input() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let arguments =
        format!("--base-url {} --email {} links --api-key-stdin 16 -q", sandbox.base_url(), sandbox.email());
    let ran = offerslook(&arguments).input(format!("{}\n", sandbox.api_key())).run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn the_sandbox_ignores_the_environment() {
    let ran = offerslook("--sandbox links 16 -q")
        .env("OFFERSLOOK_NETWORK", "not a network")
        .env("OFFERSLOOK_BASE_URL", "not a url")
        .env("OFFERSLOOK_EMAIL", ":")
        .env("OFFERSLOOK_API_KEY", "wrong")
        .run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

/// Far more calls than the documented quota lets through.
#[test]
fn the_sandbox_has_the_quota_of_the_run() {
    let arguments = "--sandbox --quota 10000/1 --ids-per-request 5 links --from - --format ndjson";
    let ran = offerslook(arguments).input(ids_to(1000)).run();
    assert_eq!((ran.code, ran.rows().len()), (Some(3), 1000), "{}", ran.err);
}

/// Plain http to another machine needs an option that warns.
#[test]
fn insecure_http_is_allowed_by_one_option_and_warned_about() {
    let base =
        format!("--base-url http://{NOWHERE} --email me@example.com --api-key-stdin --retries 0 links 16");
    let refused = offerslook(&base).input("some-key").run();
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("--insecure-http"), "{}", refused.err);
    let allowed = offerslook(&format!("{base} --insecure-http")).input("some-key").run();
    assert_eq!(allowed.code, Some(6), "{}", allowed.err);
    assert!(allowed.err.starts_with("offerslook: warning: http://a-label"), "{}", allowed.err);
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_can_read_is_warned_about() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let folder = folder();
    let key = folder.path().join("key");
    write_key(&key, sandbox.api_key());
    let ask = || {
        let arguments = format!(
            "--base-url {} --email {} --api-key-file key -q links 16",
            sandbox.base_url(),
            sandbox.email()
        );
        offerslook(&arguments).within(folder.path()).run()
    };
    assert_eq!(ask().err, "");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(
        ask().err,
        "offerslook: warning: the file that --api-key-file names can be read by other users of this machine: allow it to its owner only (chmod 600).\n"
    );
}

/// What editors and shells of Windows write.
#[test]
fn a_key_file_in_another_encoding() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let folder = folder();
    let ask = |bytes: &[u8]| {
        write_key(&folder.path().join("key"), bytes);
        let arguments = format!(
            "--base-url {} --email {} -q links 16 --api-key-file key",
            sandbox.base_url(),
            sandbox.email()
        );
        offerslook(&arguments).within(folder.path()).run()
    };
    let marked = ask(format!("\u{feff}{}\r\n", sandbox.api_key()).as_bytes());
    assert_eq!((marked.code, marked.err.as_str()), (Some(0), ""));
    let little_endian: Vec<u8> = sandbox
        .api_key()
        .encode_utf16()
        .flat_map(|unit| [unit.to_le_bytes()[0], unit.to_le_bytes()[1]])
        .collect();
    let with_mark = [&[0xff, 0xfe][..], &little_endian].concat();
    for bytes in [with_mark, little_endian] {
        let ran = ask(&bytes);
        assert_snapshot!("key_in_utf_16", ran.without_rows());
    }
    let ran = ask(b"\xe9t\xe9");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("is not UTF-8 text"), "{}", ran.err);
}

/// A proxy that no call would use is nobody's concern.
#[test]
fn a_proxy_of_another_scheme_does_not_matter_on_loopback() {
    for transport in ["hyper", "ureq"] {
        let ran = offerslook(&format!("--sandbox links 16 -q --transport {transport}"))
            .env("ALL_PROXY", "socks5h://proxy.invalid:1080")
            .run();
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    }
}

/// Each setting: a flag beats its variable.
#[test]
fn flags_beat_variables_one_by_one() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let folder = folder();
    write_key(&folder.path().join("key"), sandbox.api_key());
    write_key(&folder.path().join("wrong"), "wrong-key");
    let right = [
        ("OFFERSLOOK_BASE_URL", sandbox.base_url()),
        ("OFFERSLOOK_EMAIL", sandbox.email()),
        ("OFFERSLOOK_API_KEY", sandbox.api_key()),
    ];
    for (name, wrong, flag) in [
        ("OFFERSLOOK_BASE_URL", "http://127.0.0.1:1", format!("--base-url {}", sandbox.base_url())),
        ("OFFERSLOOK_NETWORK", "elsewhere", format!("--base-url {}", sandbox.base_url())),
        ("OFFERSLOOK_EMAIL", "other@example.com", format!("--email {}", sandbox.email())),
        ("OFFERSLOOK_API_KEY", "wrong-key", "--api-key-file key".to_owned()),
        ("OFFERSLOOK_API_KEY_FILE", "wrong", "--api-key-file key".to_owned()),
    ] {
        let is_meant = |variable: &str| match name {
            "OFFERSLOOK_NETWORK" => variable == "OFFERSLOOK_BASE_URL",
            "OFFERSLOOK_API_KEY_FILE" => variable == "OFFERSLOOK_API_KEY",
            _ => variable == name,
        };
        let run = |rest: &str| {
            let run =
                offerslook(&format!("-q --retries 0 links 16 {rest}")).within(folder.path()).env(name, wrong);
            let others = right.iter().filter(|(variable, _)| !is_meant(variable));
            others.fold(run, |run, (variable, value)| run.env(variable, value)).run()
        };
        if name != "OFFERSLOOK_NETWORK" {
            assert_ne!(run("").code, Some(0), "{name} alone");
        }
        let ran = run(&flag);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{flag} beats {name}");
    }
}
