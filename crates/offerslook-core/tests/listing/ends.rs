//! Listings that end early: a stop, a deadline, a key that is not accepted.

use std::time::Duration;

use offerslook_core::{ErrorClass, StopCause};

use crate::{
    harness::{Harness, Order},
    server::{Answer, Reply, list, status, timed_out},
    things::Things,
};

#[test]
fn a_deadline() {
    let rows = list(1_000);
    let outcome = Harness::sequential()
        .max_time(Duration::from_millis(350))
        .run(Things::limit(10), |call| Reply::honest(&rows, call).ok());
    assert_eq!(outcome.stop_cause(), Some(StopCause::DeadlinePassed));
    assert!(rows.starts_with(&outcome.rows) && !outcome.rows.is_empty());
    assert!(outcome.calls.len() <= 4);
}

#[test]
fn a_deadline_before_the_first_answer() {
    let outcome =
        Harness::sequential().max_time(Duration::from_millis(50)).run(Things::limit(10), |_| timed_out());
    assert_eq!(outcome.stop_cause(), Some(StopCause::DeadlinePassed));
    assert!(outcome.rows.is_empty());
}

#[test]
fn a_stop() {
    let rows = list(1_000);
    for stop in [1, 10, 11, 333] {
        for harness in [Harness::sequential(), Harness::default().order(Order::Newest)] {
            let outcome =
                harness.stop_after_rows(stop).run(Things::limit(10), |call| Reply::honest(&rows, call).ok());
            assert_eq!(outcome.stop_cause(), Some(StopCause::Requested), "after {stop} rows");
            assert!(outcome.rows.len() >= stop);
        }
    }
}

#[test]
fn a_stop_at_the_last_row_of_a_short_list() {
    let rows = list(5);
    let outcome = Harness::sequential()
        .stop_after_rows(5)
        .run(Things::limit(10), |call| Reply::honest(&rows, call).ok());
    assert_eq!(outcome.rows, rows);
}

#[test]
fn a_wrong_key() {
    for key in [|| status(401), || status(403)] {
        let outcome = Harness::default().run(Things::limit(10), |_| key());
        assert!(outcome.end.as_ref().is_some_and(offerslook_core::Error::is_auth), "{:?}", outcome.end);
        assert_eq!((outcome.rows.len(), outcome.calls.len()), (0, 1));
    }
}

#[test]
fn a_key_that_is_revoked_in_the_middle() {
    let rows = list(1_000);
    for order in [Order::Oldest, Order::Newest, Order::Seeded(1)] {
        let mut valid = 4;
        let outcome = Harness::default().order(order).run(Things::limit(10), |call| {
            if valid == 0 {
                return status(401);
            }
            valid -= 1;
            Reply::honest(&rows, call).ok()
        });
        let end = outcome.end.as_ref().unwrap();
        assert_eq!(end.class(), Some(ErrorClass::Authentication), "{end}");
        assert_eq!(outcome.rows.len(), 40, "rows that were read are kept");
        assert!(outcome.calls.len() <= 12);
    }
}

#[test]
fn a_key_that_is_revoked_before_the_check_at_the_end() {
    let rows = list(40);
    let outcome = Harness::sequential().run(Things::limit(10), |call| -> Answer {
        if call.number < 4 { Reply::honest(&rows, call).ok() } else { status(401) }
    });
    assert_eq!(outcome.rows, rows);
    assert!(outcome.end.as_ref().is_some_and(offerslook_core::Error::is_auth), "{:?}", outcome.end);
}

#[test]
fn a_redirect_in_the_middle() {
    let rows = list(100);
    let outcome = Harness::default().run(Things::limit(10), |call| {
        if call.page < 5 { Reply::honest(&rows, call).ok() } else { status(302) }
    });
    assert_eq!(outcome.end.unwrap().class(), Some(ErrorClass::Redirect));
    assert_eq!(outcome.rows, rows[..40]);
}
