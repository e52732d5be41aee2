//! The log of `-v` and more.

use offerslook_sandbox::{Sandbox, SandboxConfig};

use crate::{
    canary::{EMAIL, KEY, assert_none_in},
    command::{Ran, offerslook},
};

fn ask(transport: &str, verbosity: &str) -> Ran {
    let sandbox = Sandbox::start(SandboxConfig::default().email(EMAIL).api_key(KEY)).unwrap();
    offerslook(&format!("links 16 --transport {transport} {verbosity}")).at(&sandbox).run()
}

#[test]
fn requests_stand_in_the_log_of_v() {
    for transport in ["hyper", "ureq"] {
        let quiet = ask(transport, "");
        assert!(!quiet.err.contains("GET"), "{}", quiet.err);
        let ran = ask(transport, "-v");
        let line = ran.err.lines().find(|line| line.contains("GET http://127.0.0.1:")).unwrap();
        assert!(line.contains("/aff/v1/batches/offers/tracking_links/16: HTTP 200, "), "{line}");
    }
}

#[test]
fn more_shows_the_http_library() {
    assert!(ask("ureq", "-vv").err.contains("ureq"), "of ureq");
    assert!(ask("ureq", "-vvv").err.contains("ureq_proto"), "of its protocol, capped");
    assert!(ask("hyper", "-vvv").err.contains("TRACE hyper"), "of hyper");
}

/// `ureq_proto` logs the heads of requests, with the credentials, at level TRACE.
#[test]
fn no_level_shows_the_credentials() {
    for transport in ["hyper", "ureq"] {
        for verbosity in ["-v", "-vv", "-vvv", "-vvvvvvvv"] {
            let ran = ask(transport, verbosity);
            assert_none_in(&ran.err, verbosity);
            assert!(!ran.err.contains("TRACE ureq_proto"), "{}", ran.err);
            assert!(!ran.err.to_lowercase().contains("authorization: basic"), "{}", ran.err);
        }
    }
}
