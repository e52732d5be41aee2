//! Listings that end early: a stop, a deadline, a key that is not accepted.

use std::time::Duration;

use offerslook_core::{ErrorClass, StopCause};

use crate::{
    harness::{Answer, Harness, Order},
    server::{Reply, list, silence, status, timed_out},
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
    outcome.assert_complete(&rows);
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

#[test]
fn the_reason_of_the_end_comes_before_that_of_a_page() {
    let rows = list(200);
    let outcome = Harness::sequential().run(Things::limit(10), |call| match call.page {
        2 => status(400),
        9 => status(401),
        _ => Reply::honest(&rows, call).ok(),
    });
    assert!(outcome.end.as_ref().is_some_and(offerslook_core::Error::is_auth), "{:?}", outcome.end);
    let outcome = Harness::sequential().stop_after_calls(Some(9)).run(Things::limit(10), |call| {
        if call.page == 2 { status(400) } else { Reply::honest(&rows, call).ok() }
    });
    assert_eq!(outcome.stop_cause(), Some(StopCause::Requested));
}

#[test]
fn a_stop_after_any_call() {
    let rows = list(35);
    for stop in 1..=6 {
        let outcome = Harness::sequential()
            .stop_after_calls(Some(stop))
            .run(Things::limit(10), |call| Reply::honest(&rows, call).ok());
        // After the sixth call everything is known.
        assert_eq!(outcome.stop_cause(), Some(StopCause::Requested), "after {stop} calls");
    }
}

#[test]
fn calls_that_are_never_answered() {
    let rows = list(95);
    for silent in 0..12 {
        let outcome = Harness::default().run(Things::limit(10), |call| {
            if call.number == silent { silence() } else { Reply::honest(&rows, call).ok() }
        });
        outcome.assert_complete(&rows);
    }
    let outcome = Harness::default().run(Things::limit(10), |call| {
        if call.page == 4 { silence() } else { Reply::honest(&rows, call).ok() }
    });
    assert_eq!(outcome.rows.len(), 85);
    outcome.incomplete();
    let outcome = Harness::default().max_time(Duration::from_secs(3)).run(Things::limit(10), |_| silence());
    assert_eq!(outcome.stop_cause(), Some(StopCause::DeadlinePassed));
}
