//! The two programs of the documentation, run against the sandbox.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::{Command, Output};

use offerslook_sandbox::{Sandbox, SandboxConfig};

/// Runs an example. The sandbox has links for the two offers, or does not accept the key.
fn run(example: &str, sandbox: &Sandbox, key: &str) -> Output {
    Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "offerslook", "--features", "hyper,ureq", "--example", example])
        .env("OFFERSLOOK_BASE_URL", sandbox.base_url())
        .env("OFFERSLOOK_EMAIL", sandbox.email())
        .env("OFFERSLOOK_API_KEY", key)
        .env_remove("OFFERSLOOK_NETWORK")
        .output()
        .unwrap()
}

fn prints_links_and_fails_with_a_wrong_key(example: &str) {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let output = run(example, &sandbox, sandbox.api_key());
    let (stdout, stderr) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    let ids: Vec<_> = stdout.lines().map(|line| line.split_once(" http").unwrap().0).collect();
    assert_eq!(ids, ["16", "102"]);

    let output = run(example, &sandbox, "wrong");
    let (stdout, stderr) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!((output.status.code(), stdout.as_str()), (Some(1), ""), "{stderr}");
    assert!(stderr.lines().any(|line| line.starts_with("Error: ") && line.contains("401")), "{stderr}");
}

#[test]
fn the_async_program_prints_links_and_fails_with_a_wrong_key() {
    prints_links_and_fails_with_a_wrong_key("links_async");
}

#[test]
fn the_blocking_program_prints_links_and_fails_with_a_wrong_key() {
    prints_links_and_fails_with_a_wrong_key("links_blocking");
}
