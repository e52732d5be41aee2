//! Listings of offers: all of them, each once and in order, or a word on why they are not all.

use std::{num::NonZeroUsize, sync::Arc};

use offerslook_core::{
    Error,
    affiliate::offers::ListOffers,
    job::{Incomplete, IncompleteReason},
};
use offerslook_sandbox::{Fault, Faults, Route, Rule, SandboxConfig, Status};

use crate::{
    Adapter,
    given::{options, patient},
    sandboxed::Sandboxed,
};

cases![
    every_page_in_order,
    pages_that_come_at_another_attempt,
    a_repeated_page,
    moving_totals,
    missing_rows,
    duplicate_rows,
    ids_as_strings,
    a_key_that_is_revoked_on_the_way,
    a_page_that_cannot_be_had,
];

/// Three pages of 200.
const OFFERS: u64 = 600;

fn sandboxed(faults: Faults) -> Sandboxed {
    let sandbox = Sandboxed::start(SandboxConfig::default().offers(OFFERS).faults(faults));
    (1..=OFFERS).for_each(|id| sandbox.approve(id));
    sandbox
}

fn always(fault: Fault) -> Sandboxed {
    sandboxed(Faults::default().rule(Rule::new(fault).on(Route::ListOffers)))
}

/// The ids that came, and what the listing says of itself in the end.
fn listed(adapter: &dyn Adapter, sandbox: &Sandboxed) -> (Vec<u64>, Option<Incomplete>) {
    let client = adapter.client(sandbox.account(), options(patient())).unwrap();
    let mut items: Vec<_> = client.offers(ListOffers::new()).collect();
    let incomplete = items.pop_if(|last| last.is_err()).and_then(Result::err);
    (items.into_iter().map(|row| row.unwrap().offer.id.get()).collect(), incomplete)
}

fn whole(adapter: &dyn Adapter, sandbox: &Sandboxed) {
    let (ids, incomplete) = listed(adapter, sandbox);
    assert!(incomplete.is_none(), "it is complete, and says: {incomplete:?}");
    let strange = ids.iter().copied().zip(1..).find(|(came, due)| came != due);
    let last = ids.last().copied();
    assert!(strange.is_none() && last == Some(OFFERS), "came, due: {strange:?}; the last is {last:?}");
}

/// Why it is not whole. These many rows come all the same.
fn lacking(adapter: &dyn Adapter, sandbox: &Sandboxed, rows: u64) -> IncompleteReason {
    let (ids, incomplete) = listed(adapter, sandbox);
    let incomplete = incomplete.expect("it has to say that it is not complete");
    let came = u64::try_from(ids.len()).unwrap();
    assert_eq!(
        (came, incomplete.rows),
        (rows, rows),
        "rows that came, and that it counts (left): {incomplete}"
    );
    incomplete.reason
}

fn every_page_in_order(adapter: &dyn Adapter) {
    let sandbox = sandboxed(Faults::default());
    whole(adapter, &sandbox);
    sandbox.was_called(3);
}

fn pages_that_come_at_another_attempt(adapter: &dyn Adapter) {
    let at = |call, fault| Rule::new(fault).on(Route::ListOffers).calls([call]);
    let sandbox = sandboxed(
        Faults::default()
            .rule(at(1, Fault::CutBody { after_bytes: None }))
            .rule(at(3, Fault::Reset))
            .rule(at(4, Fault::RateLimited { retry_after: Some(0) })),
    );
    whole(adapter, &sandbox);
    assert_eq!(sandbox.fired(), [1, 1, 1]);
}

fn a_repeated_page(adapter: &dyn Adapter) {
    let reason = lacking(adapter, &always(Fault::RepeatedPage), 200);
    assert!(matches!(reason, IncompleteReason::PageRepeated { page: 2 }), "{reason:?}");
}

fn moving_totals(adapter: &dyn Adapter) {
    let reason = lacking(adapter, &always(Fault::MovingTotals), OFFERS);
    assert!(matches!(reason, IncompleteReason::TotalChanged { from: OFFERS, to: 800 }), "{reason:?}");
}

fn missing_rows(adapter: &dyn Adapter) {
    let every = NonZeroUsize::new(200).unwrap();
    let reason = lacking(adapter, &always(Fault::MissingRows { every }), OFFERS - 3);
    assert!(matches!(reason, IncompleteReason::RowsDiffer { announced: OFFERS }), "{reason:?}");
}

fn duplicate_rows(adapter: &dyn Adapter) {
    whole(adapter, &always(Fault::DuplicateRows));
}

fn ids_as_strings(adapter: &dyn Adapter) {
    whole(adapter, &always(Fault::IdsAsStrings));
}

/// The page that failed, after these many rows had come, and why.
fn failed(adapter: &dyn Adapter, fault: Fault, rows: u64) -> (u32, Arc<Error>) {
    let rule = Rule::new(fault).on(Route::ListOffers).after(1);
    match lacking(adapter, &sandboxed(Faults::default().rule(rule)), rows) {
        IncompleteReason::PageFailed { page, error } => (page, error),
        other => panic!("another reason: {other:?}"),
    }
}

fn a_key_that_is_revoked_on_the_way(adapter: &dyn Adapter) {
    let (page, error) = failed(adapter, Fault::KeyRevoked, 200);
    assert!(page > 1 && error.is_auth(), "page {page}: {error}");
}

fn a_page_that_cannot_be_had(adapter: &dyn Adapter) {
    let refused = Fault::Status { status: Status::of::<400>(), retry_after: None };
    let (page, error) = failed(adapter, refused, 200);
    assert!(page == 2 && error.to_string().contains("400"), "page {page}: {error}");
}
