//! How many calls, how many at a time, and how far ahead of the rows that are due.

use crate::{
    harness::{Harness, Order},
    server::{Reply, list, status},
    things::Things,
};

#[test]
fn a_page_that_is_late_does_not_let_the_others_run_away() {
    let rows = list(2_000);
    for in_flight in [1, 2, 3, 8] {
        for order in [Order::Oldest, Order::Newest, Order::Seeded(1), Order::Seeded(2)] {
            let outcome = Harness::default()
                .in_flight(in_flight)
                .order(order)
                .run(Things::limit(10), |call| Reply::honest(&rows, call).ok());
            outcome.assert_complete(&rows);
            assert!(outcome.most_in_flight <= in_flight);
            assert!(outcome.most_ahead <= 4 * in_flight, "{} pages ahead", outcome.most_ahead);
            assert!(outcome.calls.len() <= 202);
        }
    }
}

#[test]
fn calls_fly_together() {
    let rows = list(2_000);
    let outcome = Harness::default().run(Things::limit(10), |call| Reply::honest(&rows, call).ok());
    assert_eq!(outcome.most_in_flight, 8);
}

#[test]
fn a_429_in_the_middle() {
    let rows = list(234);
    for limited in 0..8 {
        for order in [Order::Oldest, Order::Newest] {
            let outcome = Harness::default().order(order).run(Things::limit(50), |call| {
                if call.number == limited { status(429) } else { Reply::honest(&rows, call).ok() }
            });
            outcome.assert_complete(&rows);
            assert!(outcome.calls.len() <= 5 + 2 + 1);
        }
    }
}

#[test]
fn one_page_is_one_call() {
    for count in [0, 1, 9] {
        let rows = list(count);
        let outcome = Harness::default().run(Things::limit(10), |call| Reply::honest(&rows, call).ok());
        outcome.assert_complete(&rows);
        assert_eq!(outcome.calls.len(), 1, "a single answer cannot contradict itself");
    }
}
