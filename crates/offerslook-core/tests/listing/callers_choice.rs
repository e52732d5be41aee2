//! The page and the limit that the caller chose.

use offerslook_core::IncompleteReason;

use crate::{
    harness::Harness,
    server::{Reply, list, status},
    things::Things,
};

#[test]
fn the_callers_limit_and_first_page_are_kept() {
    let rows = list(234);
    let outcome =
        Harness::sequential().run(Things::limit(50).page(3), |call| Reply::honest(&rows, call).ok());
    outcome.assert_complete(&rows[100..]);
    assert!(outcome.calls.iter().all(|call| call.limit == 50 && call.page >= 3), "{:?}", outcome.calls);
    assert!(outcome.calls.len() <= 5);
}

#[test]
fn a_service_that_refuses_200_takes_50() {
    let rows = list(234);
    let server = |call: &_| {
        let reply = Reply::honest(&rows, call);
        if reply.limit > Some(50) { status(400) } else { reply.ok() }
    };
    Harness::default().run(Things::limit(50), server).assert_complete(&rows);
    let refused = Harness::default().run(Things::default(), server);
    assert!(refused.end.is_some());
    assert!(refused.rows.is_empty());
}

#[test]
fn the_last_page_that_has_a_number() {
    let last = usize::try_from(u32::MAX).unwrap();
    for first in [last, last - 1, last - 5] {
        let outcome = Harness::default().run(Things::limit(50).page(first), |call| {
            let rows = vec![call.page.try_into().unwrap()];
            Reply { rows, total_rows: Some(usize::MAX), total_pages: Some(last), limit: None }.ok()
        });
        assert_eq!(outcome.rows.len(), last - first + 1);
        outcome.incomplete();
    }
}

/// It may have repeated a page before the first one, too, so the rows that were skipped are not known.
#[test]
fn a_service_that_repeats_a_page_after_the_first_one() {
    let rows = list(60);
    let outcome = Harness::sequential().run(Things::limit(10).page(3), |call| {
        let page = if call.page > 3 { call.page - 1 } else { call.page };
        Reply::cut(&rows, page, call.limit).ok()
    });
    assert_eq!(outcome.rows, rows[20..]);
    assert!(matches!(outcome.incomplete().reason, IncompleteReason::RowsDiffer { total: 60 }));
}
