//! Lists without an end.

use crate::{
    harness::{Call, Harness, Order, Outcome},
    server::{Reply, list, status},
    things::Things,
};

/// How many pages are read at most where the first page does not say how many there are, and where it does.
const MAX_UNANNOUNCED: usize = 10_000;
const MAX_ANNOUNCED: usize = 100_000;

/// Lists with few and with many calls in flight. Never complete, and never without an end.
#[track_caller]
fn ends(most_calls: usize, server: impl Fn(&Call) -> Reply) -> Outcome {
    let run = |harness: Harness| harness.run(Things::limit(10), |call| server(call).ok());
    for harness in [Harness::default(), Harness::default().order(Order::Seeded(3)).in_flight(3)] {
        if most_calls < MAX_UNANNOUNCED {
            assert_ends(&run(harness), most_calls);
        }
    }
    let outcome = run(Harness::sequential());
    assert_ends(&outcome, most_calls);
    outcome
}

#[track_caller]
fn assert_ends(outcome: &Outcome, most_calls: usize) {
    assert!(outcome.end.is_some(), "complete after {} calls", outcome.calls.len());
    assert!(outcome.calls.len() <= most_calls, "{} calls", outcome.calls.len());
}

fn id(call: &Call) -> u64 {
    call.page.try_into().unwrap()
}

fn fresh(call: &Call) -> Vec<u64> {
    (0..10).map(|row| id(call) * 10 + row).collect()
}

#[test]
fn new_rows_for_ever_with_a_total_that_is_passed() {
    let passed = |total_rows, total_pages| {
        move |call: &Call| Reply { rows: fresh(call), total_rows: Some(total_rows), total_pages, limit: None }
    };
    ends(20, passed(35, None));
    ends(20, passed(35, Some(4)));
    ends(99, passed(40, Some(99)));
}

#[test]
fn new_rows_for_ever_without_totals() {
    ends(MAX_UNANNOUNCED, |call| Reply { rows: fresh(call), ..Reply::default() });
    ends(MAX_UNANNOUNCED, |call| Reply {
        rows: fresh(call),
        total_pages: Some(call.page + 1),
        ..Reply::default()
    });
}

#[test]
fn new_rows_for_ever_and_growing_totals() {
    ends(MAX_UNANNOUNCED, |call| Reply {
        rows: fresh(call),
        total_rows: Some((call.page + 1) * 10),
        total_pages: Some(call.page + 1),
        limit: Some(10),
    });
    ends(MAX_UNANNOUNCED, |call| Reply {
        rows: fresh(call),
        total_rows: Some((call.number + 3) * 10),
        ..Reply::default()
    });
}

#[test]
fn a_row_on_every_page_and_a_total_out_of_reach() {
    ends(MAX_ANNOUNCED, |call| Reply {
        rows: vec![id(call)],
        total_rows: Some(usize::MAX),
        total_pages: Some(4_000_000_000),
        limit: Some(10),
    });
}

#[test]
fn the_same_rows_for_ever() {
    for total_rows in [None, Some(100), Some(1_000_000)] {
        for total_pages in [None, Some(10), Some(1_000_000)] {
            let outcome = ends(60, |_| Reply { rows: list(10), total_rows, total_pages, limit: None });
            assert_eq!(outcome.rows, list(10));
        }
    }
}

#[test]
fn the_same_rows_for_ever_and_growing_totals() {
    ends(60, |call| Reply { rows: list(10), total_rows: Some((call.number + 2) * 10), ..Reply::default() });
}

/// A server that answers a page past the end with the last page.
#[test]
fn the_last_page_for_ever() {
    let rows = list(35);
    ends(60, |call| Reply::cut(&rows, call.page.min(4), call.limit).totals(Some(50), Some(5)));
    let outcome = Harness::default().run(Things::limit(10), |call| {
        Reply::cut(&rows, call.page.min(4), call.limit).totals(Some(35), None).ok()
    });
    outcome.assert_complete(&rows);
}

#[test]
fn empty_pages_for_ever() {
    for total_pages in [None, Some(3), Some(4_000_000_000)] {
        ends(40, |_| Reply { total_rows: Some(usize::MAX), total_pages, ..Reply::default() });
    }
}

#[test]
fn refused_pages_for_ever() {
    let outcome = Harness::default().run(Things::limit(10), |call| {
        let totals =
            Reply { rows: fresh(call), total_rows: Some(1_000_000), total_pages: Some(100_000), limit: None };
        if call.page == 1 { totals.ok() } else { status(404) }
    });
    outcome.incomplete();
    assert_eq!(outcome.rows.len(), 10);
    assert!(outcome.calls.len() <= 40, "{} calls", outcome.calls.len());
}

#[test]
fn every_other_page_refused() {
    let outcome = Harness::default().run(Things::limit(10), |call| {
        let reply = Reply { rows: fresh(call), total_rows: Some(6_000), ..Reply::default() };
        if call.page % 2 == 1 { reply.ok() } else { status(404) }
    });
    outcome.incomplete();
    assert_eq!(outcome.rows.len(), 3_000);
    assert!(outcome.calls.len() <= 601, "{} calls", outcome.calls.len());
}
