//! Lists that change while they are read.

use offerslook_simulation::ListChange::{self, Insert, Remove, Replace};

use super::{Call, Harness, MANY, ONE, Order, Outcome, Reply, list, pages_of, status};

/// Lists `rows` rows on a server whose list changes just before it handles some calls, and asserts that the outcome is
/// not a lie.
#[track_caller]
fn truthful(harness: Harness, rows: usize, limit: usize, changes: &[(usize, ListChange)]) -> Outcome {
    let mut moments = vec![list(rows)];
    let outcome = harness.run(pages_of(limit), |call: &Call| {
        for (_, change) in changes.iter().filter(|(before, _)| *before == call.number) {
            moments.push(change.apply(moments.last().unwrap()));
        }
        Reply::honest(moments.last().unwrap(), call).ok()
    });
    let is_true = moments.contains(&outcome.rows);
    assert!(outcome.error.is_some() || is_true, "complete, and it is not: {:?}", outcome.calls);
    outcome
}

/// After the first page, before the last one, and while the quota is used up: the calls of one window are read quickly,
/// and then the list has time to change.
#[test]
fn one_deleted_and_one_added_is_noticed() {
    let mut cases = Vec::new();
    for rows in [20, 25, 50, 95] {
        cases.extend([(0, rows - 1), (4, 15), (9, 10)].map(|(gone, new)| (ONE, rows, 1, gone, new)));
    }
    for rows in [15, 20, 25, 50, 95] {
        let last = usize::div_ceil(rows, 10) - 1;
        cases.push((ONE, rows, last, last * 10 - 3, rows - 1));
    }
    for gone in [250, 480, 499] {
        cases.extend([1, 2, 8].map(|in_flight| (Harness { in_flight, ..MANY }, 580, 50, gone, 579)));
    }
    for (harness, rows, before, gone, new) in cases {
        let outcome = truthful(harness, rows, 10, &[(before, Replace { gone, new })]);
        assert!(outcome.error.is_some(), "{rows} rows, before {before}, {gone} to {new}");
    }
}

/// Every place of a list of at most four pages, at every moment, both ways round.
#[test]
fn one_deleted_and_one_added_anywhere_in_a_small_list() {
    const LIMIT: usize = 2;
    let orders = [Order::Oldest, Order::Newest, Order::Seeded(1), Order::Seeded(2)];
    for rows in 1..=4 * LIMIT {
        for before in 1..=rows.div_ceil(LIMIT) + 2 {
            for (gone, new) in (0..rows).flat_map(|gone| (0..rows).map(move |new| (gone, new))) {
                for (in_flight, order) in [1, 8].into_iter().flat_map(|n| orders.map(|order| (n, order))) {
                    let change = Replace { gone, new };
                    truthful(Harness { in_flight, order, ..ONE }, rows, LIMIT, &[(before, change)]);
                }
            }
        }
    }
}

#[test]
fn a_row_added_or_deleted_between_any_two_pages() {
    for (at, before) in (0..50).step_by(7).flat_map(|at| (1..7).map(move |before| (at, before))) {
        for change in [Insert(at), Remove(at)] {
            truthful(ONE, 50, 10, &[(before, change)]);
            truthful(Harness { order: Order::Newest, ..MANY }, 50, 10, &[(before, change)]);
        }
        for (delete, from) in (1..7).flat_map(|delete| (0..50).step_by(9).map(move |from| (delete, from))) {
            if delete != before {
                truthful(ONE, 50, 10, &[(before, Insert(at)), (delete, Remove(from))]);
            }
        }
    }
}

#[test]
fn rows_in_another_order_at_every_call() {
    for seed in 0..50 {
        let mut random = fastrand::Rng::with_seed(seed);
        let rows = list(35);
        let outcome = ONE.run(pages_of(10), |call| {
            let mut shuffled = rows.clone();
            random.shuffle(&mut shuffled);
            Reply::honest(&shuffled, call).ok()
        });
        assert!(outcome.error.is_some());
        assert!(outcome.calls.len() <= 50);
    }
}

#[test]
fn one_deleted_and_one_added_while_the_service_limits_the_rate() {
    let before = list(300);
    let after = Replace { gone: 105, new: 299 }.apply(&before);
    let mut now = &before;
    let outcome = ONE.run(pages_of(10), |call| {
        if call.page == 12 && call.reads == 0 {
            now = &after;
            return status(429);
        }
        Reply::honest(now, call).ok()
    });
    assert!(outcome.error.is_some());
}

/// What the docs of `Listing` name. Each observation of it is also one of a list that never changed.
#[test]
fn the_one_change_that_escapes() {
    let before = list(50);
    let after = Replace { gone: 15, new: 25 }.apply(&before);
    let outcome = ONE
        .run(pages_of(10), |call| Reply::honest(if call.number < 2 { &before } else { &after }, call).ok());
    assert!(outcome.error.is_none());
    assert!(outcome.calls.iter().map(|call| call.page).eq([1, 2, 3, 4, 5, 1, 4]));
}
