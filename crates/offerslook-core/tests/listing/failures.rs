//! Pages that cannot be read.

use offerslook_core::{ErrorClass, IncompleteReason};

use crate::{
    harness::{Harness, Order},
    server::{Reply, body, list, status, timed_out},
    things::Things,
};

#[test]
fn pages_behind_a_failed_one_are_kept() {
    for order in [Order::Oldest, Order::Newest, Order::Seeded(4)] {
        for (count, failed) in
            [(234, 2), (234, 3), (234, 4), (234, 5), (200, 2), (200, 3), (150, 3), (100, 2)]
        {
            let rows = list(count);
            let outcome = Harness::default().order(order).run(Things::limit(50), |call| {
                if call.page == failed { status(400) } else { Reply::honest(&rows, call).ok() }
            });
            let mut read = rows.clone();
            read.drain((failed - 1) * 50..(failed * 50).min(rows.len()));
            assert_eq!(outcome.rows, read);
            let IncompleteReason::PageFailed { page, error } = &outcome.incomplete().reason else {
                panic!("{:?}", outcome.end)
            };
            assert_eq!((usize::try_from(*page), error.class()), (Ok(failed), Some(ErrorClass::Refused)));
        }
    }
}

#[test]
fn two_failed_pages() {
    let rows = list(500);
    let outcome = Harness::default().order(Order::Newest).run(Things::limit(50), |call| {
        if [3, 8].contains(&call.page) { status(404) } else { Reply::honest(&rows, call).ok() }
    });
    let read: Vec<_> = [&rows[..100], &rows[150..350], &rows[400..]].concat();
    assert_eq!(outcome.rows, read);
    assert!(matches!(outcome.incomplete().reason, IncompleteReason::PageFailed { page: 3, .. }));
}

#[test]
fn a_first_page_that_fails() {
    let outcome = Harness::default().run(Things::limit(50), |_| status(400));
    assert!(outcome.rows.is_empty());
    assert_eq!(outcome.end.unwrap().class(), Some(ErrorClass::Refused));
    assert_eq!(outcome.calls.len(), 1);
}

#[test]
fn a_404_past_the_end_after_all_rows() {
    for count in [1, 50, 234, 250] {
        let rows = list(count);
        for order in [Order::Oldest, Order::Newest, Order::Seeded(4)] {
            for pages in [Some(99), Some(6), Some(7), None] {
                let outcome = Harness::default().order(order).run(Things::limit(50), |call| {
                    let reply = Reply::honest(&rows, call).totals(Some(rows.len()), pages);
                    if reply.rows.is_empty() { status(404) } else { reply.ok() }
                });
                outcome.assert_complete(&rows);
            }
        }
    }
}

#[test]
fn a_404_past_the_end_of_a_list_without_totals() {
    let rows = list(250);
    let outcome = Harness::default().run(Things::limit(50), |call| {
        let reply = Reply::honest(&rows, call).totals(None, None);
        if reply.rows.is_empty() { status(404) } else { reply.ok() }
    });
    assert_eq!(outcome.rows, rows);
    outcome.incomplete();
}

#[test]
fn a_page_that_fails_once_is_read_again() {
    let rows = list(234);
    for failed in 1..=5 {
        for failure in [|| status(500), timed_out, || body(r#"{"code":0,"data":{"rows"#)] {
            let mut pending = true;
            let outcome = Harness::default().run(Things::limit(50), |call| {
                let fails = pending && call.page == failed;
                pending &= !fails;
                if fails { failure() } else { Reply::honest(&rows, call).ok() }
            });
            outcome.assert_complete(&rows);
        }
    }
}

#[test]
fn a_check_at_the_end_that_fails_proves_nothing() {
    let rows = list(234);
    for failure in [|| status(400), || status(404)] {
        let mut first = true;
        let outcome = Harness::default().run(Things::limit(50), |call| {
            let again = call.page == 1 && !std::mem::take(&mut first);
            if again { failure() } else { Reply::honest(&rows, call).ok() }
        });
        assert_eq!(outcome.rows, rows);
        outcome.incomplete();
    }
}

#[test]
fn a_row_that_cannot_be_read_fails_its_page_alone() {
    let rows = list(234);
    let outcome = Harness::default().run(Things::limit(50), |call| {
        if call.page == 2 {
            return body(r#"{"code":0,"data":{"rowset":[{"id":"what"}],"totalRows":234,"totalPages":5}}"#);
        }
        Reply::honest(&rows, call).ok()
    });
    assert!(outcome.rows.starts_with(&rows[..50]) && outcome.rows.ends_with(&rows[100..]));
    outcome.incomplete();
}
