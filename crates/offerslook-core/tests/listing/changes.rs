//! Lists that change while they are read.

use crate::{
    harness::{Call, Harness, Order, Outcome},
    server::{Reply, list, status},
    things::Things,
};

/// What happens to a list at once.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change {
    Add(usize),
    Delete(usize),
    /// Deletes the row at the first position, then adds one at the second: the number of rows stays.
    Swap(usize, usize),
}

impl Change {
    pub(crate) fn apply(self, list: &mut Vec<u64>) {
        let fresh = list.iter().max().map_or(1, |id| id + 2_000_000);
        match self {
            Self::Add(at) => list.insert(at.min(list.len()), fresh),
            Self::Delete(at) if at < list.len() => drop(list.remove(at)),
            Self::Delete(_) => {}
            Self::Swap(from, to) => {
                Self::Delete(from).apply(list);
                list.insert(to.min(list.len()), fresh);
            }
        }
    }
}

/// Lists `rows` rows on a server whose list changes just before it handles some calls, and asserts that the outcome is
/// not a lie.
#[track_caller]
pub(crate) fn truthful(
    harness: Harness,
    rows: usize,
    limit: usize,
    changes: impl IntoIterator<Item = (usize, Change)>,
) -> Outcome {
    let mut changes: Vec<_> = changes.into_iter().collect();
    let mut moments = vec![list(rows)];
    let outcome = harness.run(Things::limit(limit), |call: &Call| {
        changes.retain(|(before, change)| {
            if *before == call.number {
                let mut next = moments.last().unwrap().clone();
                change.apply(&mut next);
                moments.push(next);
            }
            *before != call.number
        });
        Reply::honest(moments.last().unwrap(), call).ok()
    });
    let is_true = moments.contains(&outcome.rows);
    assert!(outcome.end.is_some() || is_true, "complete, and it is not: {:?}", outcome.calls);
    outcome
}

#[test]
fn one_deleted_and_one_added_after_the_first_page() {
    for rows in [20, 25, 50, 95] {
        for (from, to) in [(0, usize::MAX), (4, 15), (9, 10)] {
            let outcome = truthful(Harness::sequential(), rows, 10, [(1, Change::Swap(from, to))]);
            assert!(outcome.end.is_some(), "{rows} rows, {from} to {to}");
        }
    }
}

#[test]
fn one_deleted_and_one_added_before_the_last_page() {
    for rows in [15, 20, 25, 50, 95] {
        let last = usize::div_ceil(rows, 10) - 1;
        let outcome =
            truthful(Harness::sequential(), rows, 10, [(last, Change::Swap(last * 10 - 3, usize::MAX))]);
        assert!(outcome.end.is_some(), "{rows} rows");
    }
}

/// Every place of a list of at most four pages, at every moment, both ways round.
#[test]
fn one_deleted_and_one_added_anywhere_in_a_small_list() {
    const LIMIT: usize = 2;
    let orders = [Order::Oldest, Order::Newest, Order::Seeded(1), Order::Seeded(2)];
    for rows in 1..=4 * LIMIT {
        for before in 1..=rows.div_ceil(LIMIT) + 2 {
            for (from, to) in (0..rows).flat_map(|from| (0..rows).map(move |to| (from, to))) {
                for (in_flight, order) in [1, 8].into_iter().flat_map(|n| orders.map(|order| (n, order))) {
                    let harness = Harness::sequential().in_flight(in_flight).order(order);
                    let change = Change::Swap(from, to);
                    truthful(harness, rows, LIMIT, [(before, change)]);
                }
            }
        }
    }
}

#[test]
fn a_row_added_or_deleted_between_any_two_pages() {
    for at in (0..50).step_by(7) {
        for before in 1..7 {
            for change in [Change::Add(at), Change::Delete(at)] {
                truthful(Harness::sequential(), 50, 10, [(before, change)]);
                truthful(Harness::default().order(Order::Newest), 50, 10, [(before, change)]);
            }
        }
    }
}

#[test]
fn a_row_added_and_another_deleted_later() {
    for (add, delete) in (1..7).flat_map(|add| (1..7).map(move |delete| (add, delete))) {
        for (at, from) in (0..50).step_by(7).flat_map(|at| (0..50).step_by(9).map(move |from| (at, from))) {
            let changes = [(add, Change::Add(at)), (delete, Change::Delete(from))];
            truthful(Harness::sequential(), 50, 10, changes.into_iter().filter(|_| add != delete));
        }
    }
}

#[test]
fn rows_in_another_order_at_every_call() {
    for seed in 0..50 {
        let mut random = fastrand::Rng::with_seed(seed);
        let rows = list(35);
        let outcome = Harness::sequential().run(Things::limit(10), |call| {
            let mut shuffled = rows.clone();
            random.shuffle(&mut shuffled);
            Reply::honest(&shuffled, call).ok()
        });
        assert!(outcome.end.is_some());
        assert!(outcome.calls.len() <= 50);
    }
}

/// The calls of one window of the quota are read quickly, and then the list has time to change.
#[test]
fn one_deleted_and_one_added_while_the_quota_is_used_up() {
    for in_flight in [1, 2, 8] {
        for from in [250, 480, 499] {
            let harness = Harness::default().in_flight(in_flight);
            let outcome = truthful(harness, 580, 10, [(50, Change::Swap(from, usize::MAX))]);
            assert!(outcome.end.is_some(), "{in_flight} in flight, from {from}");
        }
    }
}

#[test]
fn one_deleted_and_one_added_while_the_service_limits_the_rate() {
    let mut now = list(300);
    let mut limited = false;
    let outcome = Harness::sequential().run(Things::limit(10), |call| {
        if call.page == 12 && !std::mem::replace(&mut limited, true) {
            Change::Swap(105, usize::MAX).apply(&mut now);
            return status(429);
        }
        Reply::honest(&now, call).ok()
    });
    assert!(outcome.end.is_some());
}

/// What the docs of `Listing` name. Each observation of it is also one of a list that never changed.
#[test]
fn the_one_change_that_escapes() {
    let mut now = list(50);
    let outcome = Harness::sequential().run(Things::limit(10), |call| {
        if call.number == 2 {
            Change::Swap(15, 25).apply(&mut now);
        }
        Reply::honest(&now, call).ok()
    });
    assert!(outcome.end.is_none());
    assert_eq!(outcome.pages(), [1, 2, 3, 4, 5, 1, 4]);
}
