//! Servers that cap the size of a page without saying so.

use offerslook_core::IncompleteReason;

use crate::{
    harness::{Answer, Call, Harness, Order},
    server::{Reply, list},
    things::Things,
};

const CAP: usize = 50;

/// Pages have the size of the cap, whatever was asked for.
fn own_offsets(rows: &[u64], call: &Call) -> Reply {
    Reply::cut(rows, call.page, call.limit.min(CAP))
}

/// Pages begin where they would without the cap.
fn asked_offsets(rows: &[u64], call: &Call) -> Reply {
    let mut reply = Reply::honest(rows, call);
    reply.rows.truncate(CAP);
    reply
}

#[track_caller]
fn all_rows(count: usize, server: impl Fn(&[u64], &Call) -> Answer) {
    let rows = list(count);
    for (in_flight, order) in [(1, Order::Oldest), (8, Order::Newest), (8, Order::Seeded(1))] {
        let harness = Harness::sequential().in_flight(in_flight).order(order);
        let outcome = harness.run(Things::default(), |call| server(&rows, call));
        outcome.assert_complete(&rows);
        assert!(outcome.calls.len() <= rows.len().div_ceil(CAP) + 3, "{:?}", outcome.calls);
    }
}

#[test]
fn offset_and_total_pages_from_the_cap_or_from_the_asked_limit() {
    for count in [1, 50, 51, 199, 200, 201, 1_234] {
        all_rows(count, |rows, call| own_offsets(rows, call).ok());
        all_rows(count, |rows, call| asked_offsets(rows, call).ok());
        all_rows(count, |rows, call| {
            let pages = rows.len().div_ceil(call.limit);
            own_offsets(rows, call).totals(Some(rows.len()), Some(pages)).ok()
        });
    }
}

#[test]
fn a_cap_that_the_answer_hides() {
    for count in [51, 200, 1_234] {
        all_rows(count, |rows, call| Reply { limit: None, ..own_offsets(rows, call) }.ok());
        all_rows(count, |rows, call| Reply { limit: Some(call.limit), ..own_offsets(rows, call) }.ok());
        all_rows(count, |rows, call| Reply { limit: None, ..asked_offsets(rows, call) }.ok());
    }
}

/// The caller's limit is asked for as it is, so the gaps between such pages cannot be filled.
#[test]
fn a_cap_below_the_callers_limit_is_never_a_complete_list_with_gaps() {
    let rows = list(1_234);
    let outcome = Harness::default().run(Things::limit(100), |call| asked_offsets(&rows, call).ok());
    assert!(outcome.end.is_some() || outcome.rows == rows);
    let outcome = Harness::default().run(Things::limit(100), |call| own_offsets(&rows, call).ok());
    outcome.assert_complete(&rows);
}

/// What the reference says of `offset`, taken literally: a number of rows to skip.
#[test]
fn an_offset_in_rows_instead_of_pages() {
    let rows = list(1_234);
    let outcome = Harness::default().run(Things::limit(50), |call| {
        let mut reply = Reply::honest(&rows, call);
        reply.rows = rows.iter().skip(call.page).take(call.limit).copied().collect();
        reply.ok()
    });
    outcome.incomplete();
    assert!(outcome.calls.len() <= 12, "{} calls", outcome.calls.len());
}

/// Then the pages before the first one are shorter, too, and it begins elsewhere.
#[test]
fn a_later_first_page_that_is_cut() {
    let rows = list(60);
    let outcome = Harness::sequential()
        .run(Things::limit(10).page(3), |call| Reply::cut(&rows, call.page, 5).totals(Some(60), None).ok());
    assert!(matches!(outcome.incomplete().reason, IncompleteReason::RowsDiffer { total: 60 }));
}
