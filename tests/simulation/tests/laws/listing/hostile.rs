//! What holds for every server.

use std::collections::BTreeSet;

use proptest::prelude::*;

use offerslook_simulation::ListChange;

use super::{
    Call, Harness, MANY, Order, Outcome, Reply, body, list, pages_from, pages_of, silence, status, timed_out,
};
use crate::fixture::Answer;

fn harness() -> impl Strategy<Value = Harness> {
    let order = prop_oneof![Just(Order::Oldest), Just(Order::Newest), any::<u64>().prop_map(Order::Seeded)];
    (1_usize..10, order).prop_map(|(in_flight, order)| Harness { in_flight, order, ..MANY })
}

/// How a server answers a call, when it does not answer as documented.
#[derive(Clone, Copy, Debug)]
enum Whim {
    Fail(u16),
    Lose,
    Ignore,
    Garbage,
    Empty,
    Repeat,
    Half,
    /// Another number of rows at each call: one that is always the same cannot be found out.
    TotalRows(Option<bool>),
    TotalPages(Option<usize>),
    Change(ListChange),
}

fn changes() -> impl Strategy<Value = ListChange> {
    prop_oneof![(0_usize..60).prop_map(ListChange::Insert), (0_usize..60).prop_map(ListChange::Remove)]
}

fn swaps() -> impl Strategy<Value = ListChange> {
    (0_usize..60, 0_usize..60).prop_map(|(gone, new)| ListChange::Replace { gone, new })
}

fn whim(change: impl Strategy<Value = ListChange>) -> impl Strategy<Value = Whim> {
    prop_oneof![
        proptest::sample::select(vec![400, 404, 429, 500, 503]).prop_map(Whim::Fail),
        Just(Whim::Lose),
        Just(Whim::Ignore),
        Just(Whim::Garbage),
        Just(Whim::Empty),
        Just(Whim::Repeat),
        Just(Whim::Half),
        any::<Option<bool>>().prop_map(Whim::TotalRows),
        proptest::option::of(0_usize..60).prop_map(Whim::TotalPages),
        change.prop_map(Whim::Change),
    ]
}

fn answer(moments: &mut Vec<Vec<u64>>, call: &Call, whim: Option<Whim>) -> Answer {
    if let Some(Whim::Change(change)) = whim {
        moments.push(change.apply(moments.last().unwrap()));
    }
    let now = moments.last().unwrap();
    let mut reply = Reply::honest(now, call);
    match whim {
        None | Some(Whim::Change(_)) => {}
        Some(Whim::Fail(code)) => return status(code),
        Some(Whim::Lose) => return timed_out(),
        Some(Whim::Ignore) => return silence(),
        Some(Whim::Garbage) => return body(r#"{"rowset":7}"#),
        Some(Whim::Empty) => reply.rows.clear(),
        Some(Whim::Repeat) => reply.rows = Reply::cut(now, 1, call.limit).rows,
        Some(Whim::Half) => reply.rows.truncate(call.limit / 2),
        Some(Whim::TotalRows(None)) => reply.total_rows = None,
        Some(Whim::TotalRows(Some(true))) => reply.total_rows = Some(now.len() + 1 + call.number),
        Some(Whim::TotalRows(Some(false))) => {
            // Whether one full page is all is for the next page to say, and that one may fail.
            let total = now.len().checked_sub(1 + call.number);
            reply.total_rows = total.filter(|total| *total != call.limit);
        }
        Some(Whim::TotalPages(pages)) => reply.total_pages = pages,
    }
    reply.ok()
}

/// Asserts that the rows are those of one moment, if the list is said to be complete, and that it ends soon.
fn is_truthful(
    moments: &mut Vec<Vec<u64>>,
    run: impl FnOnce(&mut dyn FnMut(&Call) -> Answer) -> Outcome,
    whims: &[Option<Whim>],
) -> Result<(), TestCaseError> {
    let outcome = run(&mut |call| answer(moments, call, whims.get(call.number).copied().flatten()));
    prop_assert!(outcome.calls.len() <= 300, "{} calls", outcome.calls.len());
    let distinct: BTreeSet<_> = outcome.rows.iter().collect();
    prop_assert_eq!(distinct.len(), outcome.rows.len());
    // A server that repeats some rows and omits others has no order.
    let is_all = |rows: &Vec<u64>| rows.iter().collect::<BTreeSet<_>>() == distinct;
    let is_true = outcome.error.is_some() || moments.iter().any(is_all);
    prop_assert!(is_true, "complete, and it is not: {:?}\n{:?}", outcome.rows, outcome.calls);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_honest_list_is_complete(
        harness in harness(),
        (count, limit, first) in prop_oneof![
            (0_usize..600, 1_usize..=200, Just(1)),
            // Sizes that one or two calls more would decide.
            (0_usize..13, 1_usize..5, 1_usize..5),
        ],
    ) {
        let rows = list(count);
        let outcome = harness.run(pages_from(first, limit), |call| Reply::honest(&rows, call).ok());
        let rest = rows.get((first - 1) * limit..).unwrap_or_default();
        prop_assert_eq!(outcome.end(), "complete");
        prop_assert_eq!(&outcome.rows, rest);
        prop_assert!(outcome.calls.len() <= rest.len().div_ceil(limit).max(1) + 2);
    }

    #[test]
    fn a_hostile_list_is_never_called_complete_wrongly(
        harness in harness(),
        stop in proptest::option::weighted(0.2, 1_usize..15),
        count in 0_usize..50,
        limit in 1_usize..12,
        whims in proptest::collection::vec(proptest::option::weighted(0.2, whim(changes())), 0..40),
    ) {
        let harness = Harness { stop_after_calls: stop, ..harness };
        is_truthful(&mut vec![list(count)], |server| harness.run(pages_of(limit), server), &whims)?;
    }

    /// Rows come and go at the same time, in a list of at most four pages.
    #[test]
    fn a_small_hostile_list_is_never_called_complete_wrongly(
        harness in harness(),
        stop in proptest::option::weighted(0.2, 1_usize..15),
        (limit, count) in (1_usize..6).prop_flat_map(|limit| (Just(limit), 0..=4 * limit)),
        whims in proptest::collection::vec(proptest::option::weighted(0.3, whim(swaps())), 0..20),
    ) {
        let harness = Harness { stop_after_calls: stop, ..harness };
        is_truthful(&mut vec![list(count)], |server| harness.run(pages_of(limit), server), &whims)?;
    }
}
