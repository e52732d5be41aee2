//! Listings that end early: a stop, a deadline, a key that is not accepted, calls without an answer.

use std::time::Duration;

use super::{ALL, Harness, MANY, ONE, Reply, check, list, pages_of, silence, status, timed_out};

#[test]
fn a_deadline() {
    let rows = list(1_000);
    let within = |millis, harness| Harness { max_time: Some(Duration::from_millis(millis)), ..harness };
    let outcome = within(350, ONE).run(pages_of(10), |call| Reply::honest(&rows, call).ok());
    assert_eq!(outcome.end(), "DeadlinePassed");
    assert!(rows.starts_with(&outcome.rows) && !outcome.rows.is_empty());
    assert!(outcome.calls.len() <= 4);
    let expected = (Some(&[][..]), "DeadlinePassed", 100);
    check("before the first answer", &[within(50, ONE)], pages_of(10), expected, |_| timed_out());
    check("without an answer", &[within(3_000, MANY)], pages_of(10), expected, |_| silence());
}

#[test]
fn a_stop() {
    let rows = list(1_000);
    for (stop, harness) in [1, 10, 11, 333].into_iter().flat_map(|stop| ALL.map(|harness| (stop, harness))) {
        let harness = Harness { stop_after_rows: Some(stop), ..harness };
        let outcome = harness.run(pages_of(10), |call| Reply::honest(&rows, call).ok());
        assert_eq!(outcome.end(), "Requested", "after {stop} rows");
        assert!(outcome.rows.len() >= stop);
    }
    let stop = Harness { stop_after_rows: Some(5), ..ONE };
    check("at the last row", &[stop], pages_of(10), (Some(&rows[..5]), "complete", 1), |call| {
        Reply::honest(&rows[..5], call).ok()
    });
    // After the sixth call everything is known.
    for calls in 1..=6 {
        let stop = Harness { stop_after_calls: Some(calls), ..ONE };
        check("after a call", &[stop], pages_of(10), (None, "Requested", calls), |call| {
            Reply::honest(&rows[..35], call).ok()
        });
    }
}

#[test]
fn a_key_that_is_not_accepted() {
    let rows = list(1_000);
    for (code, class) in [(401, "page 1: Some(Authentication)"), (403, "page 1: Some(Forbidden)")] {
        let expected = (Some(&[][..]), class, 1);
        check("from the start", &ALL, pages_of(10), expected, |_| status(code));
    }
    for harness in ALL {
        let outcome = harness.run(pages_of(10), |call| {
            if call.number < 4 { Reply::honest(&rows, call).ok() } else { status(401) }
        });
        assert!(outcome.end().ends_with("Some(Authentication)"), "{harness:?}: {}", outcome.end());
        assert_eq!(outcome.rows.len(), 40, "rows that were read are kept");
        assert!(outcome.calls.len() <= 12);
    }
    let end = (Some(&rows[..40]), "page 1: Some(Authentication)", 5);
    check("before the check at the end", &[ONE], pages_of(10), end, |call| {
        if call.number < 4 { Reply::honest(&rows[..40], call).ok() } else { status(401) }
    });
    let end = (Some(&rows[..40]), "page 5: Some(Redirect)", 20);
    check("a redirect", &[ONE, MANY], pages_of(10), end, |call| {
        if call.page < 5 { Reply::honest(&rows[..100], call).ok() } else { status(302) }
    });
}

#[test]
fn the_reason_of_the_end_comes_before_that_of_a_page() {
    let rows = list(200);
    let end = (None, "page 9: Some(Authentication)", 20);
    check("an end of its own", &[ONE], pages_of(10), end, |call| match call.page {
        2 => status(400),
        9 => status(401),
        _ => Reply::honest(&rows, call).ok(),
    });
    let stop = Harness { stop_after_calls: Some(9), ..ONE };
    check("a stop", &[stop], pages_of(10), (None, "Requested", 9), |call| {
        if call.page == 2 { status(400) } else { Reply::honest(&rows, call).ok() }
    });
}

#[test]
fn calls_that_are_never_answered() {
    let rows = list(95);
    for silent in 0..12 {
        check("one call", &ALL, pages_of(10), (Some(&rows), "complete", 13), |call| {
            if call.number == silent { silence() } else { Reply::honest(&rows, call).ok() }
        });
    }
    let read = [&rows[..30], &rows[40..]].concat();
    check("one page", &[MANY], pages_of(10), (Some(&read), "incomplete", 40), |call| {
        if call.page == 4 { silence() } else { Reply::honest(&rows, call).ok() }
    });
}
