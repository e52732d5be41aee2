//! Totals that are wrong or missing.

use offerslook_core::IncompleteReason;

use crate::{
    harness::{Call, Harness},
    server::{Reply, body, list},
    things::Things,
};

/// Reads pages of 50, and asserts that these are all rows, after so many calls at the most.
#[track_caller]
fn complete(rows: &[u64], most_calls: usize, server: impl Fn(&Call) -> Reply) {
    let outcome = Harness::default().run(Things::limit(50), |call| server(call).ok());
    outcome.assert_complete(rows);
    assert!(outcome.calls.len() <= most_calls, "{:?}", outcome.pages());
}

/// Reads pages of 50, and asserts that the list is known not to be complete, though it has these rows.
#[track_caller]
fn incomplete(rows: &[u64], most_calls: usize, server: impl Fn(&Call) -> Reply) -> IncompleteReason {
    let outcome = Harness::default().run(Things::limit(50), |call| server(call).ok());
    assert_eq!(outcome.rows, rows);
    assert!(outcome.calls.len() <= most_calls, "{:?}", outcome.pages());
    outcome.incomplete().reason.clone()
}

#[test]
fn total_pages_too_low() {
    for (count, said) in [(234, 1), (234, 0), (234, 3), (250, 4), (1_234, 7)] {
        let rows = list(count);
        for harness in [Harness::default(), Harness::sequential()] {
            let outcome = harness.run(Things::limit(50), |call| {
                Reply::honest(&rows, call).totals(Some(rows.len()), Some(said)).ok()
            });
            outcome.assert_complete(&rows);
            assert!(outcome.calls.len() <= rows.len().div_ceil(50) + 2, "{:?}", outcome.pages());
        }
    }
}

#[test]
fn total_pages_too_high() {
    for count in [1, 49, 50, 234, 250] {
        let rows = list(count);
        for said in [6, 99, 4_000_000_000] {
            let totals = |reply: Reply| reply.totals(Some(rows.len()), Some(said));
            complete(&rows, rows.len().div_ceil(50) + 3, |call| totals(Reply::honest(&rows, call)));
        }
    }
}

#[test]
fn total_pages_missing() {
    let rows = list(234);
    complete(&rows, 7, |call| Reply::honest(&rows, call).totals(Some(rows.len()), None));
}

#[test]
fn total_rows_missing() {
    for pages in [None, Some(5), Some(1), Some(99)] {
        let rows = list(234);
        let reason = incomplete(&rows, 5 + 8 + 2, |call| Reply::honest(&rows, call).totals(None, pages));
        assert!(matches!(reason, IncompleteReason::TotalUnknown), "{pages:?}: {reason:?}");
    }
}

#[test]
fn total_rows_on_some_pages_alone() {
    let rows = list(234);
    for with_total in [&[1][..], &[2, 3, 4, 5], &[3]] {
        let outcome = Harness::default().run(Things::limit(50), |call| {
            Reply::honest(&rows, call)
                .totals(with_total.contains(&call.page).then_some(rows.len()), None)
                .ok()
        });
        assert_eq!(outcome.rows, rows);
        assert_eq!(outcome.end.is_none(), with_total.contains(&1), "the first page decides");
    }
}

#[test]
fn total_rows_too_high() {
    for (count, more) in [(234, 1), (250, 5), (250, 60), (30, 1_000_000)] {
        let rows = list(count);
        let said = rows.len() + more;
        let totals = |reply: Reply| reply.totals(Some(said), Some(said.div_ceil(50)));
        incomplete(&rows, 40, |call| totals(Reply::honest(&rows, call)));
    }
}

#[test]
fn total_rows_too_low() {
    let rows = list(234);
    for said in [0, 1, 10, 50, 100, 120, 200, 233] {
        let outcome = Harness::default()
            .run(Things::limit(50), |call| Reply::honest(&rows, call).totals(Some(said), Some(5)).ok());
        assert!(outcome.end.is_some(), "{said}: complete with {} rows", outcome.rows.len());
        assert!(outcome.calls.len() <= 20, "{:?}", outcome.pages());
    }
}

/// A server that counts the rows of the page instead of those of the list.
#[test]
fn total_rows_of_the_page() {
    let rows = list(234);
    for pages in [None, Some(1), Some(5)] {
        let outcome = Harness::default().run(Things::limit(50), |call| {
            let reply = Reply::honest(&rows, call);
            let count = reply.rows.len();
            reply.totals(Some(count), pages).ok()
        });
        assert!(outcome.end.is_some(), "complete with {} rows", outcome.rows.len());
    }
}

#[test]
fn an_empty_list() {
    let outcome = Harness::default().run(Things::default(), |call| Reply::honest(&[], call).ok());
    outcome.assert_complete(&[]);
    assert!(outcome.calls.len() <= 2);
}

/// What PHP makes of an empty object.
#[test]
fn an_empty_list_without_totals() {
    for data in ["[]", "null", r#"{"rowset":[],"totalPages":0}"#] {
        let outcome = Harness::default()
            .run(Things::default(), |_| body(&format!(r#"{{"code":0,"message":"Success","data":{data}}}"#)));
        assert!(outcome.rows.is_empty());
        assert!(outcome.calls.len() <= 3, "{:?}", outcome.pages());
    }
}

#[test]
fn duplicates_inside_a_page() {
    let mut rows = list(234);
    rows[7] = rows[3];
    let mut distinct = rows.clone();
    distinct.remove(7);
    incomplete(&distinct, 40, |call| Reply::honest(&rows, call));
    complete(&distinct, 40, |call| Reply::honest(&rows, call).totals(Some(distinct.len()), Some(5)));
}

#[test]
fn rows_that_repeat_across_pages() {
    let mut rows = list(234);
    rows[150] = rows[40];
    let mut distinct = rows.clone();
    distinct.remove(150);
    incomplete(&distinct, 40, |call| Reply::honest(&rows, call));
}

#[test]
fn no_rows_are_announced_past_the_end() {
    let rows = list(250);
    complete(&rows, 40, |call| {
        let reply = Reply::honest(&rows, call).totals(Some(rows.len()), Some(9));
        if reply.rows.is_empty() { reply.totals(Some(0), Some(0)) } else { reply }
    });
}

/// A server that sends the whole list as every page.
#[test]
fn every_page_is_the_whole_list() {
    let rows = list(234);
    for pages in [None, Some(1), Some(5)] {
        complete(&rows, 3, |_| Reply::cut(&rows, 1, 234).totals(Some(rows.len()), pages));
    }
}

#[test]
fn a_total_that_differs_on_a_page_of_known_rows() {
    let rows = list(30);
    let outcome = Harness::sequential().run(Things::limit(10), |call| {
        let reply = Reply::cut(&rows, call.page.min(3), call.limit);
        reply.totals(Some(30 + usize::from(call.page == 4)), Some(4)).ok()
    });
    assert_eq!(outcome.rows, rows);
    assert!(matches!(outcome.incomplete().reason, IncompleteReason::Changed));
}

#[test]
fn pages_half_of_whose_rows_are_known() {
    let rows = list(60);
    let outcome = Harness::sequential().run(Things::limit(10), |call| {
        let page = rows.iter().skip((call.page - 1) * 5).take(10).copied().collect();
        Reply { rows: page, total_rows: Some(60), total_pages: None, limit: Some(10) }.ok()
    });
    outcome.assert_complete(&rows);
}

#[test]
fn a_total_that_is_too_high_ends_where_no_rows_come() {
    let rows = list(20);
    let outcome = Harness::sequential()
        .run(Things::limit(10), |call| Reply::honest(&rows, call).totals(Some(60), None).ok());
    assert_eq!(outcome.rows, rows);
    assert!(matches!(outcome.incomplete().reason, IncompleteReason::NothingNew { page: 5 }));
}

#[test]
fn a_total_that_is_too_low_is_no_reason_to_stop() {
    let rows = list(30);
    let outcome = Harness::sequential()
        .run(Things::limit(10), |call| Reply::honest(&rows, call).totals(Some(25), Some(3)).ok());
    assert_eq!(outcome.rows, rows);
    assert!(matches!(outcome.incomplete().reason, IncompleteReason::RowsDiffer { total: 25 }));
}

#[test]
fn one_page_without_rows_is_the_end_of_a_list_that_has_its_total() {
    let rows = list(250);
    let outcome = Harness::sequential()
        .run(Things::limit(50), |call| Reply::honest(&rows, call).totals(Some(250), Some(99)).ok());
    outcome.assert_complete(&rows);
    assert_eq!(outcome.pages()[..6], [1, 2, 3, 4, 5, 6]);
    assert_eq!(outcome.calls.len(), 8);
}
