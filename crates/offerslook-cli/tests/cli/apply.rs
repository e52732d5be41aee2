use std::sync::atomic::{AtomicUsize, Ordering};

use insta::assert_snapshot;
use offerslook_sandbox::{Sandbox, SandboxConfig};

use crate::{
    command::offerslook,
    service::{Service, failure, ok},
};

#[test]
fn an_outcome_for_every_offer() {
    for format in ["table", "json", "ndjson", "csv", "tsv"] {
        let ran = offerslook(&format!("--sandbox apply 16,1 2 5 --yes --format {format}")).run();
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert_snapshot!(format!("apply_{format}"), ran.out);
    }
}

/// Nothing is sent without a yes.
#[test]
fn without_a_terminal_it_needs_yes() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let ran = offerslook("apply 16").at(&sandbox).run();
    assert_snapshot!(ran.without_rows(), @"
    exit 2
    offerslook: this changes something, and there is no terminal to ask on. Add --yes to do it, or --dry-run to see the requests.
    ");
    assert_eq!(sandbox.arrivals().total, 0);
}

#[test]
fn a_dry_run_shows_the_requests_without_secrets() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let ran = offerslook("apply 16 1 2 --ids-per-request 2 --dry-run").at(&sandbox).run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_snapshot!(ran.out.replace(sandbox.base_url(), "http://SANDBOX"), @"
    POST http://SANDBOX/aff/v1/batches/offers/applys/16,1
    authorization: Basic [redacted]
    accept: application/json
    user-agent: offerslook/0.1.0
    content-length: 0

    POST http://SANDBOX/aff/v1/batches/offers/applys/2
    authorization: Basic [redacted]
    accept: application/json
    user-agent: offerslook/0.1.0
    content-length: 0
    ");
    assert_eq!(sandbox.arrivals().total, 0);
}

/// An application whose answer is lost is looked up, and never sent again.
#[test]
fn ids_in_doubt_are_read_back() {
    static APPLIED: AtomicUsize = AtomicUsize::new(0);
    let service = Service::start(|call| {
        if call.head.starts_with("POST") {
            APPLIED.fetch_add(1, Ordering::SeqCst);
            return failure(500, "Who knows");
        }
        ok(
            r#"{"code":0,"data":{"rowset":[{"offer":{"id":2}}],"totalPages":1,"totalRows":1,"offset":1,"limit":200}}"#,
        )
    });
    let ran = service.offerslook("apply 1 2 --yes --format csv").run();
    assert_eq!(ran.code, Some(6), "{}", ran.err);
    assert_snapshot!(format!("{}{}", ran.out, ran.err), @r#"
    offer_id,status,error
    1,in_doubt,"transient: the change may or may not have been made: the API answered HTTP 500, code 500: Who knows"
    2,approved,
    offerslook: the change may or may not have been made: the API answered HTTP 500, code 500: Who knows. Check whether the change was made before you send it again.
    offerslook: 2 offers: 1 approved, 1 in doubt
    "#);
    assert_eq!(APPLIED.load(Ordering::SeqCst), 1);
}

#[test]
fn a_refused_application() {
    let service = Service::start(|_| failure(404, "No such offer"));
    let ran = service.offerslook("apply 1 --yes").run();
    assert_eq!((ran.code, ran.out.as_str()), (Some(5), ""), "{}", ran.err);
}
