//! Jobs under many faults of the service at once. The snapshots show which way a job takes where several are right.

use std::time::Duration;

use offerslook_simulation::{
    Fault, JobPlan, Kind, Limits, ListBehaviour, ListChange, LooksAt, PageCap, Plan, Refusal, RowOrder,
    Spoiled, Total, World,
};

use crate::figures::{OUTCOMES, outcomes, statistics, table};

/// What is refused or lost just where a batch asks its last questions: every time matters.
#[test]
fn the_end_of_a_batch() {
    let columns = ["ids", "after", "refuses", "loses", "calls", "found", "no row", "refused", "unproved"];
    let rows =
        [(90, 100), (101, 100), (150, 20), (163, 20), (171, 20)].into_iter().flat_map(|(ids, limit)| {
            [1, 2, 3, 4, 5, 7, 9, 12].into_iter().flat_map(move |after| {
                [(1, true), (2, true), (8, true), (8, false)].map(|(count, are_refused)| {
                    let mut plan = Plan::plain(1..=ids);
                    plan.world.without_row = 200;
                    plan.world.refused = [ids].into();
                    plan.server.limits.ids = Some(LooksAt::First(limit));
                    plan.server.spoiled = Some(Spoiled { after, count, are_refused });
                    let it = statistics(&plan);
                    let spoiled = u64::try_from(count).unwrap();
                    let (refuses, loses) = if are_refused { (spoiled, 0) } else { (0, spoiled) };
                    [ids, after, refuses, loses, it.calls, it.found, it.no_row, it.refused, it.unanswered]
                })
            })
        });
    insta::assert_snapshot!(table(columns, rows));
}

/// Much is refused, truncated, lost or gone, and the service changes while the batches run.
#[test]
fn batches() {
    let columns = [&["seed", "ids", "calls"], &OUTCOMES[..], &["seconds"]].concat();
    let rows = (0..450).map(|seed| {
        let plan = batch_plan(seed);
        let it = statistics(&plan);
        let ids = u64::try_from(plan.jobs[0].ids.len()).unwrap();
        [&[seed, ids, it.calls], &outcomes(&it)[..], &[it.time.as_secs()]].concat()
    });
    insta::assert_snapshot!(table(columns, rows));
}

/// Some mistakes break a promise in one of ten thousand such batches:
/// - The only two sentinels are refused before the next call is planned.
/// - A refused call with one id has no sentinels left when it is repeated.
/// - There are more sentinels when a call is repeated, and no room for them.
#[test]
fn rare_batches() {
    for seed in [49_569, 3_857, 1_102] {
        statistics(&batch_plan(seed));
    }
}

fn batch_plan(seed: u64) -> Plan {
    let mut random = fastrand::Rng::with_seed(seed);
    let ids = 1..=[12, 60, 60, 250][random.usize(..4)];
    let mut plan = Plan::plain(ids.clone());
    let refused = random.usize(..4);
    plan.world = World {
        salt: seed,
        without_row: [0, 100, 400, 800, 1_000][random.usize(..5)],
        without_link: 30,
        malformed: [0, 0, 30][random.usize(..3)],
        anonymous: [0, 0, 30][random.usize(..3)],
        stretch: random.u64(1..12),
        refused: (0..refused).map(|_| random.u64(ids.clone())).collect(),
        ..World::default()
    };
    let most = random.usize(1..14);
    let limits = |random: &mut fastrand::Rng| match random.u8(..6) {
        0 | 1 => Limits::default(),
        2 => Limits { ids: Some(LooksAt::First(most)), ..Limits::default() },
        3 => Limits { ids: Some(LooksAt::Highest(most)), ..Limits::default() },
        4 => Limits { ids: Some(LooksAt::Lowest(most)), ..Limits::default() },
        _ => Limits { rows: Some(most), ..Limits::default() },
    };
    plan.server.limits = limits(&mut random);
    plan.server.later_limits = Some((random.u64(1..60), limits(&mut random))).filter(|_| random.bool());
    plan.server.order = [RowOrder::Requested, RowOrder::Ascending, RowOrder::Random][random.usize(..3)];
    plan.server.spoiled = random.bool().then(|| Spoiled {
        after: random.u64(1..20),
        count: random.usize(1..4),
        are_refused: random.bool(),
    });
    plan.server.max_ids = [None, None, Some(random.usize(2..14))][random.usize(..3)];
    plan.server.lossy_calls = [0, 0, 100][random.usize(..3)];
    plan.server.fault_rate = [0, 0, 100][random.usize(..3)];
    plan.server.faults = vec![Fault::Refused(Refusal::Code), Fault::Gateway];
    plan.jobs[0].ids_per_request = random.usize(2..16);
    plan.jobs[0].max_in_flight = random.usize(1..9);
    plan.jobs[0].retries = if seed % 3 == 1 { 0 } else { 4 };
    if random.u8(..5) == 0 {
        plan.jobs[0].kind = Kind::Applications;
    }
    match random.u8(..10) {
        0 => plan.jobs[0].stop = Some(Duration::from_millis(random.u64(..5_000))),
        1 => plan.jobs[0].max_time = Some(Duration::from_millis(random.u64(..5_000))),
        2 => plan.jobs[0].stopped_after = Some(random.u64(..60)),
        _ => {}
    }
    plan
}

/// Lists whose service miscounts, cuts, repeats or refuses pages, or changes them while they are read.
#[test]
fn lists() {
    let columns = ["seed", "in list", "calls", "retries", "cancelled", "rows", "complete", "seconds"];
    let rows = (0..600).map(|seed| {
        let plan = list_plan(seed);
        let it = statistics(&plan);
        let in_list = u64::try_from(plan.jobs[0].ids.len()).unwrap();
        [seed, in_list, it.calls, it.retries, it.cancelled, it.rows, it.complete, it.time.as_secs()]
    });
    insta::assert_snapshot!(table(columns, rows));
}

/// Retries of pages behind the end were still sent: in one of a thousand such lists.
#[test]
fn a_list_that_is_over_is_asked_for_nothing() {
    assert_eq!([1_009, 2_039].map(|seed| statistics(&list_plan(seed)).calls), [8, 9]);
}

fn list_plan(seed: u64) -> Plan {
    let mut random = fastrand::Rng::with_seed(seed);
    let most = [3, 15, 60][random.usize(..3)];
    let rows = random.u64(0..=most);
    let mut plan = Plan { seed, ..Plan::plain([]) };
    plan.jobs = vec![JobPlan {
        max_in_flight: random.usize(1..9),
        first_page: [None, None, Some((random.u32(1..4), random.u32(1..6)))][random.usize(..3)],
        ..JobPlan::plain(Kind::Numbers, 1..=rows)
    }];
    let number = random.usize(1..9);
    let totals = [Total::True, Total::True, Total::Less(number), Total::More(number), Total::Unsaid];
    let mut list = ListBehaviour {
        total_pages: totals[random.usize(..5)],
        total_rows: totals[[0, 0, 3, 4][random.usize(..4)]],
        refuses_past_end: random.bool(),
        ..ListBehaviour::default()
    };
    match random.u8(..8) {
        0 => list.page_cap = Some(PageCap::Shorter(random.usize(2..5))),
        1 => list.page_cap = Some(PageCap::Gaps(4)),
        2 => list.refused_page = Some(number),
        3 => list.repeats_from = Some(number + 1),
        4 => list.change = Some((random.u64(1..12), ListChange::Remove(random.usize(..60)))),
        5 => {
            let change = ListChange::Replace { gone: random.usize(..60), new: random.usize(..60) };
            list.change = Some((random.u64(1..12), change));
        }
        _ => {}
    }
    plan.server.list = list;
    plan.server.fault_rate = [0, 0, 100, 300][random.usize(..4)];
    plan.server.faults = vec![Fault::Gateway, Fault::Refused(Refusal::NotFound)];
    plan.network.jitter = [0, 500, 5_000][random.usize(..3)];
    plan
}
