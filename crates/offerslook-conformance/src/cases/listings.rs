//! Listings: every row once and in order, or an error that says what is missing.

use offerslook_core::{Error, Incomplete, IncompleteReason, affiliate::offers::ListOffers};
use offerslook_sandbox::{Fault, Faults, Route, Rule, SandboxConfig};

use super::Cases;
use crate::{
    any_transport::AnyTransport,
    fixtures::{options, settings},
    test_sandbox::TestSandbox,
};

pub(super) const CASES: Cases = &[
    ("every page in order", every_page_in_order),
    ("pages that need another attempt", pages_that_need_another_attempt),
    ("key revoked between two pages", key_revoked_between_two_pages),
];

/// Three pages of 200.
const OFFERS: u64 = 600;

fn sandbox(faults: Faults) -> TestSandbox {
    let sandbox = TestSandbox::start(SandboxConfig::default().offers(OFFERS).faults(faults));
    (1..=OFFERS).for_each(|id| sandbox.approve(id));
    sandbox
}

/// Returns the ids of the rows, and the error at the end.
fn list(transport: &dyn AnyTransport, sandbox: &TestSandbox) -> (Vec<u64>, Option<Incomplete>) {
    let client = transport.client(sandbox.account(), options(settings())).unwrap();
    let mut items: Vec<_> = client.offers(ListOffers::new()).collect();
    let incomplete = match items.pop_if(|last| last.is_err()) {
        Some(Err(Error::Incomplete(incomplete))) => Some(incomplete),
        Some(Err(other)) => panic!("expected the listing to end with Incomplete\n{other:?}"),
        _ => None,
    };
    (items.into_iter().map(|row| row.unwrap().offer.id.get()).collect(), incomplete)
}

fn complete(transport: &dyn AnyTransport, sandbox: &TestSandbox) {
    let (ids, incomplete) = list(transport, sandbox);
    assert!(incomplete.is_none(), "the listing must be complete: {incomplete:?}");
    assert!(ids.iter().copied().eq(1..=OFFERS), "the ids of the rows\n{ids:?}");
}

/// Returns the reason why the listing is incomplete. It has this many rows all the same.
fn incomplete(transport: &dyn AnyTransport, sandbox: &TestSandbox, rows: u64) -> IncompleteReason {
    let (ids, incomplete) = list(transport, sandbox);
    let incomplete = incomplete.expect("the listing must be incomplete");
    let came = u64::try_from(ids.len()).unwrap();
    assert_eq!(
        (came, incomplete.rows),
        (rows, rows),
        "the rows that came, and the rows of the error (left)\n{incomplete}"
    );
    incomplete.reason
}

fn every_page_in_order(transport: &dyn AnyTransport) {
    let sandbox = sandbox(Faults::default());
    complete(transport, &sandbox);
    // The first page is read again at the end, to see whether the list has changed.
    assert!((3..=5).contains(&sandbox.arrivals()), "{} calls for three pages", sandbox.arrivals());
}

fn pages_that_need_another_attempt(transport: &dyn AnyTransport) {
    let at = |call, fault| Rule::new(fault).on(Route::ListOffers).calls([call]);
    let sandbox = sandbox(
        Faults::default()
            .rule(at(1, Fault::CutBody { after_bytes: None }))
            .rule(at(3, Fault::Reset))
            .rule(at(4, Fault::RateLimited { retry_after: Some(0) })),
    );
    complete(transport, &sandbox);
    assert_eq!(sandbox.fired(), [1, 1, 1]);
}

fn key_revoked_between_two_pages(transport: &dyn AnyTransport) {
    let rule = Rule::new(Fault::KeyRevoked).on(Route::ListOffers).after(1);
    match incomplete(transport, &sandbox(Faults::default().rule(rule)), 200) {
        IncompleteReason::PageFailed { page, error } => {
            assert!(page > 1 && error.is_auth(), "page {page}: {error}");
        }
        other => panic!("expected PageFailed, got {other:?}"),
    }
}
