//! A quota that is kept in Redis: what names the server, its password, and what cannot be used.

use std::fs;

use offerslook_sandbox::SandboxConfig;

use crate::{
    command::{Ran, Run, folder, offerslook, write_key},
    doctor::{at, sandbox},
    profiles::{config, with_config},
    redis_server::{RedisServer, free_port},
};

const PASSWORD: &str = "correct-horse";

/// A server that has this password.
fn guarded() -> RedisServer {
    RedisServer::with(&["--save", "", "--requirepass", PASSWORD])
}

fn quota(server: &RedisServer) -> Run {
    offerslook("quota --network acme").env("OFFERSLOOK_QUOTA_STORE", &server.url())
}

fn shows(ran: &Ran, code: i32, text: &str) {
    assert_eq!(ran.code, Some(code), "{}", ran.err);
    assert!(ran.err.contains(text), "{}", ran.err);
    assert!(!format!("{}{}", ran.out, ran.err).contains(PASSWORD), "{}", ran.err);
}

#[test]
fn runs_share_a_quota_and_show_up_in_it() {
    let (sandbox, server) = (sandbox(SandboxConfig::default()), RedisServer::start());
    let run = |arguments: &str| {
        let options = format!("{arguments} --quota-store {} --quota 50/0.1", server.url());
        at(sandbox.base_url(), &options).run()
    };
    for transport in ["hyper", "ureq"] {
        let ran = run(&format!("links 16 102 --timeout 0.1 --transport {transport}"));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert_eq!(ran.out.lines().count(), 3);
    }
    let ran = run("links 16 --timeout 0.1 --quota 20/0.1");
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    let calls = sandbox.arrivals().total;
    let ran = at(sandbox.base_url(), &format!("links 16 --quota 5/0.1 --quota-store {}", server.url())).run();
    if ran.code != Some(0) {
        // The runs before still hold slots.
        shows(&ran, 2, "another program uses this quota at a rate of 50/0.1, not 5/0.1");
        assert_eq!(sandbox.arrivals().total, calls);
    }
    let ran = at(sandbox.base_url(), &format!("quota --quota-store {} --format csv", server.url())).run();
    assert_eq!((ran.code, ran.out.lines().next()), (Some(0), Some("program,slots,waits_for")));
}

#[test]
fn the_doctor_checks_the_store() {
    let (sandbox, server) = (sandbox(SandboxConfig::default()), RedisServer::start());
    let doctor = |store: &str| {
        let options = format!("doctor --quota 50/0.1 --timeout 0.1 --format csv --quota-store {store}");
        at(sandbox.base_url(), &options).run()
    };
    let ran = doctor(&server.url());
    assert!(ran.out.contains("quota_store,ok,"), "{}", ran.out);
    let ran = doctor(&format!("redis://127.0.0.1:{}", free_port()));
    assert_eq!(ran.code, Some(6));
    assert!(ran.out.contains("quota_store,failed,") && ran.out.contains("auth,skipped,"), "{}", ran.out);
}

#[test]
fn the_password_comes_from_a_file_or_the_environment() {
    let server = guarded();
    let folder = folder();
    let file = folder.path().join("redis.key");
    fs::write(&file, format!("{PASSWORD}\n")).unwrap();
    let file = file.to_str().unwrap();
    shows(&quota(&server).run(), 2, "Give its password: --quota-store-password-file FILE");
    for run in [
        quota(&server).arg("--quota-store-password-file").arg(file),
        quota(&server).env("OFFERSLOOK_QUOTA_STORE_PASSWORD_FILE", file),
        quota(&server).env("OFFERSLOOK_QUOTA_STORE_PASSWORD", PASSWORD),
        quota(&server).env("OFFERSLOOK_QUOTA_STORE", &format!("redis://:{PASSWORD}@{}", server.address())),
    ] {
        shows(&run.run(), 0, "nobody uses the quota");
    }
    let wrong = quota(&server).env("OFFERSLOOK_QUOTA_STORE_PASSWORD", "wrong-pony").run();
    shows(&wrong, 2, "OFFERSLOOK_QUOTA_STORE_PASSWORD: the store of the quota cannot be used");
    assert!(!wrong.err.contains("wrong-pony"));
    let both = quota(&server).env("OFFERSLOOK_QUOTA_STORE_PASSWORD", PASSWORD);
    shows(&both.env("OFFERSLOOK_QUOTA_STORE_PASSWORD_FILE", file).run(), 2, "are both given");
}

#[test]
fn a_profile_names_the_store() {
    let server = guarded();
    let text = format!(
        "[profiles.default]\nnetwork = \"acme\"\nquota_store = \"{}\"\nquota_store_password_file = \"redis.key\"\n",
        server.url()
    );
    let folder = config(&text);
    write_key(&folder.path().join("redis.key"), PASSWORD);
    shows(&with_config(folder.path(), "quota").run(), 0, "nobody uses the quota");
    // A login changes the account, and nothing else.
    let login = with_config(folder.path(), "auth login --email me@example.com --api-key-stdin")
        .input("some-key-of-mine");
    let ran = login.run();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    shows(&with_config(folder.path(), "quota").run(), 0, "nobody uses the quota");
    let option = with_config(folder.path(), "quota --quota-store redis://127.0.0.1:1").run();
    shows(&option, 6, "--quota-store: the store of the quota cannot be used");
}

#[test]
fn what_cannot_be_used_is_said_before_anything_is_sent() {
    let sandbox = sandbox(SandboxConfig::default());
    let gone = format!("redis://127.0.0.1:{}", free_port());
    for (store, code, text) in [
        ("http://cache", 2, "--quota-store: this is not the URL of a Redis server"),
        ("redis://:correct-horse@cache", 2, "--quota-store: every user of this machine can read a password"),
        (gone.as_str(), 6, "--quota-store: the store of the quota cannot be used"),
    ] {
        for command in ["links 16", "offers list", "api GET /aff/v1/offers"] {
            shows(&at(sandbox.base_url(), &format!("{command} --quota-store {store}")).run(), code, text);
        }
    }
    let ran = at(sandbox.base_url(), "links 16 --quota-fallback local=0/1").run();
    shows(&ran, 2, "--quota-fallback");
    let ran = at(sandbox.base_url(), "links 16").env("OFFERSLOOK_QUOTA_FALLBACK", "never").run();
    shows(&ran, 2, "OFFERSLOOK_QUOTA_FALLBACK: \"never\" is not a fallback");
    shows(&offerslook("quota --network acme").run(), 2, "no store keeps the quota");
    assert_eq!(sandbox.arrivals().total, 0);
}
