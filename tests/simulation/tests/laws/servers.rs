//! Servers, inputs and ends that no seed draws, or seldom. Beside what a test asserts, its run keeps every promise.

use std::time::Duration;

use fastrand::Rng;
use offerslook_simulation::{
    Behaviour, Fault, LimitedCalls, Limits, LooksAt, MaxSize, Network, Outage, Pause, Plan, Refusal,
    Revocation, RowOrder, Spoiled, Truth, World,
};

use crate::figures::statistics;

/// A batch of up to 700 ids in any order, of which any share has no row, and any number goes in a call.
fn any_batch(seed: u64) -> Plan {
    let mut random = Rng::with_seed(seed);
    let count = random.choice([1, 2, 3, 7, 70, 230, 700]).unwrap();
    let mut ids: Vec<u64> = (1..).step_by(random.usize(1..4)).take(count).collect();
    match random.u32(..4) {
        0 => {}
        1 => ids.reverse(),
        2 => random.shuffle(&mut ids),
        _ => {
            ids.extend_from_within(..count / 5);
            random.shuffle(&mut ids);
        }
    }
    let mut plan = Plan::plain(ids);
    plan.seed = seed;
    plan.world = World {
        salt: seed,
        without_row: random.choice([0, 2, 20, 100, 500, 900, 990]).unwrap(),
        stretch: if random.bool() { 1 } else { random.u64(1..200) },
        ..World::default()
    };
    let most = random.choice([1, 2, 3, 4, 5, 10, 11, 50, 100, 100, 100, 1_000]).unwrap();
    (plan.jobs[0].ids_per_request, plan.jobs[0].max_in_flight) = (most, random.choice([1, 2, 8, 8]).unwrap());
    plan
}

fn limited(limits: Limits) -> Behaviour {
    Behaviour { limits, ..Behaviour::default() }
}

fn looks_at(ids: LooksAt) -> Behaviour {
    limited(Limits { ids: Some(ids), ..Limits::default() })
}

fn sends(rows: usize, order: RowOrder) -> Behaviour {
    Behaviour { order, ..limited(Limits { rows: Some(rows), ..Limits::default() }) }
}

fn sends_bytes(bytes: u64, skips: bool) -> Behaviour {
    limited(Limits { size: Some(MaxSize { bytes, skips }), ..Limits::default() })
}

/// Plays a server with any batch, and with a limit of its own for each seed.
fn verdicts_are_true(name: &str, server: impl Fn(usize, &mut Plan)) {
    for seed in 0..12 {
        let mut plan = any_batch(seed);
        let limit = Rng::with_seed(seed ^ 0xcab).choice([1, 2, 3, 5, 7, 20, 50, 99]).unwrap();
        server(limit, &mut plan);
        let statistics = statistics(&plan);
        let wrong = (statistics.wrong_no_row, statistics.wrong_refused);
        assert_eq!(wrong, (0, 0), "{name}, seed {seed}, limit {limit}");
    }
}

#[test]
fn what_a_server_leaves_out_is_not_missing() {
    let with = |name: &str, server: fn(usize) -> Behaviour| {
        verdicts_are_true(name, |limit, plan| plan.server = server(limit));
    };
    with("3,000 bytes", |_| sends_bytes(3_000, false));
    with("what fits in 3,000 bytes", |_| sends_bytes(3_000, true));
    with("200 characters of the path", |_| looks_at(LooksAt::Characters(200)));
    with("fewer ids with each call", |_| Behaviour {
        limited_calls: LimitedCalls::Tightening,
        ..looks_at(LooksAt::First(100))
    });
    with("fewer rows with each call", |_| Behaviour {
        limited_calls: LimitedCalls::Tightening,
        ..sends(100, RowOrder::Requested)
    });
    with("two back ends, few ids", |n| Behaviour {
        limited_calls: LimitedCalls::Half,
        ..looks_at(LooksAt::First(n.max(2)))
    });
    with("two back ends, few rows", |n| Behaviour {
        limited_calls: LimitedCalls::Half,
        ..sends(n.max(2), RowOrder::Requested)
    });
}

#[test]
fn ids_without_a_row_may_be_refused() {
    verdicts_are_true("refuses ids without a row", |_, plan| {
        let has_no_row = |id: &u64| plan.world.truth(*id) == Truth::NoRow;
        plan.world.refused = plan.jobs[0].ids.iter().copied().filter(has_no_row).collect();
    });
}

/// Offers are closed during the run: those whose rows were sent most often, which prove others, first.
#[test]
fn offers_that_vanish_meanwhile() {
    for (count, after) in [(3, 3), (50, 7), (300, 3), (700, 10)] {
        verdicts_are_true("offers vanish", |_, plan| {
            plan.server.spoiled = Some(Spoiled { after, count, are_refused: false });
        });
    }
}

#[test]
fn rows_that_are_lost_now_and_then_do_no_harm() {
    for (without_row, empty_calls, flaky) in [(0, 10, 0), (20, 10, 0), (200, 10, 0), (20, 0, 1)] {
        for seed in 0..6 {
            let mut plan = Plan::plain(1..=2_000);
            (plan.seed, plan.world.salt, plan.world.without_row) = (seed, seed, without_row);
            (plan.server.empty_calls, plan.server.flaky) = (empty_calls, flaky);
            Rng::with_seed(seed).shuffle(&mut plan.jobs[0].ids);
            let statistics = statistics(&plan);
            assert_eq!(
                (statistics.wrong_no_row, statistics.not_attempted),
                (0, 0),
                "{without_row}: {statistics}"
            );
        }
    }
}

/// Two of a hundred calls fail, and one of a hundred ids is refused for itself.
#[test]
fn passing_failures_are_not_blamed_on_ids() {
    for fault in [Fault::Refused(Refusal::NotFound), Fault::FailedByCode(500)] {
        for seed in 0..8 {
            let mut plan = Plan::plain(1..=1_000);
            (plan.seed, plan.world.salt, plan.world.without_row) = (seed, seed, 20);
            plan.world.refused = (97..=1_000).step_by(97).collect();
            (plan.server.fault_rate, plan.server.faults) = (20, vec![fault]);
            let statistics = statistics(&plan);
            let wrong = statistics.wrong_no_row + statistics.wrong_refused + statistics.not_attempted;
            assert_eq!(wrong, 0, "{fault:?}, seed {seed}: {statistics}");
        }
    }
}

/// The service answers 404 for some seconds, as while it is being replaced.
#[test]
fn an_outage_is_not_blamed_on_ids() {
    for (seed, seconds) in (0..15).zip([1, 3, 30].into_iter().cycle()) {
        let mut plan = Plan::plain(1..=1_500);
        (plan.seed, plan.world.salt, plan.world.without_row) = (seed, seed, 100);
        (plan.network.latency, plan.network.jitter) = (5, 300);
        Rng::with_seed(seed).shuffle(&mut plan.jobs[0].ids);
        let from = Duration::from_millis(Rng::with_seed(seed).u64(..3_000));
        let length = Duration::from_secs(seconds);
        plan.server.outage = Some(Outage { from, length, fault: Fault::Refused(Refusal::NotFound) });
        let statistics = statistics(&plan);
        assert_eq!((statistics.refused, statistics.wrong_no_row), (0, 0), "{seed}: {statistics}");
    }
}

#[test]
fn bad_ids_cost_only_themselves() {
    for refusal in [Refusal::Code, Refusal::NotFound, Refusal::Forbidden, Refusal::RenamedKey] {
        let mut plan = Plan::plain(1..=2_000);
        plan.world.refused = [250, 750, 1_250, 1_750].into();
        plan.server.refusal = refusal;
        let statistics = statistics(&plan);
        assert_eq!((statistics.found, statistics.not_attempted), (1_996, 0), "{refusal:?}");
        assert!(statistics.calls < 100, "{refusal:?}: {statistics}");
    }
}

#[test]
fn rows_that_never_decode_cost_only_their_ids() {
    let mut plan = Plan::plain(1..=500);
    plan.world.malformed = 10;
    let statistics = statistics(&plan);
    let malformed = (1..=500).filter(|id| plan.world.truth(*id) == Truth::Malformed).count();
    assert_eq!(usize::try_from(statistics.found), Ok(500 - malformed));
    assert!(malformed > 0 && statistics.no_row == 0 && statistics.calls < 30, "{statistics}");
}

#[test]
fn a_wrong_key_costs_one_call() {
    for how in [Revocation::Unauthorized, Revocation::Forbidden, Revocation::Code] {
        for ids in [1, 2, 3, 20, 1_000] {
            let mut plan = Plan::plain(1..=ids);
            plan.server.revoked_after = Some((0, how));
            let statistics = statistics(&plan);
            assert_eq!((statistics.calls, statistics.not_attempted), (1, ids), "{how:?}");
        }
    }
}

/// No id is refused for itself, and the run ends.
#[test]
fn a_key_that_is_revoked_meanwhile_is_not_blamed_on_ids() {
    for how in [Revocation::Unauthorized, Revocation::Forbidden, Revocation::Code] {
        for (seed, ids) in (0..20).zip([5, 60, 400].into_iter().cycle()) {
            let mut plan = any_batch(seed);
            plan.world.without_row = 100;
            plan.jobs[0].ids = (1..=ids).collect();
            plan.server.revoked_after = Some((seed % 12, how));
            let statistics = statistics(&plan);
            assert_eq!(statistics.refused, 0, "{how:?}, seed {seed}: {statistics}");
            let was_revoked = statistics.arrivals > seed % 12;
            assert_eq!(statistics.not_attempted > 0, was_revoked, "{how:?}, seed {seed}: {statistics}");
        }
    }
}

#[test]
fn what_fails_for_good_ends_the_job() {
    let faults = [
        Fault::Failed(Pause::Absent),
        Fault::Limited(Pause::Absent),
        Fault::Truncated,
        Fault::Refused(Refusal::RenamedKey),
        Fault::Refused(Refusal::Code),
    ];
    for (fault, ids) in faults.into_iter().flat_map(|fault| [1, 100, 10_000].map(|ids| (fault, ids))) {
        let mut plan = Plan::plain(1..=ids);
        (plan.server.fault_rate, plan.server.faults) = (1_000, vec![fault]);
        let statistics = statistics(&plan);
        assert!(statistics.calls < 100, "{fault:?}, {ids}: {statistics}");
        assert!(statistics.time < Duration::from_mins(20), "{fault:?}, {ids}: {statistics}");
        assert!(statistics.not_attempted > 0 || ids < 10_000, "{fault:?}, {ids}: {statistics}");
    }
}

#[test]
fn a_network_without_answers_ends_the_job() {
    let slow = Network { latency: 60_000, ..Network::default() };
    for network in [
        Network { keeps_timeouts: true, ..slow.clone() },
        slow,
        Network { unreported: 1_000, ..Network::default() },
        Network { lost_request: 1_000, ..Network::default() },
    ] {
        let plan = Plan { network, ..Plan::plain(1..=10_000) };
        let statistics = statistics(&plan);
        assert!(statistics.not_attempted > 0 && statistics.time < Duration::from_mins(30), "{statistics}");
    }
}

#[test]
fn a_stop_at_any_action_leaves_one_outcome_each() {
    for seed in 0..100 {
        let mut plan = any_batch(seed);
        plan.server.fault_rate = 200;
        plan.server.faults = vec![Fault::Failed(Pause::Absent), Fault::Refused(Refusal::Code)];
        plan.network.keeps_timeouts = seed.is_multiple_of(2);
        plan.jobs[0].stopped_after = Some(1 + seed * 3 % 700);
        statistics(&plan);
    }
}

#[test]
fn a_deadline_ends_the_job_in_time() {
    for (seed, millis) in (0..30).zip([0, 1, 500, 3_000, 60_000].into_iter().cycle()) {
        let mut plan = any_batch(seed);
        (plan.server.fault_rate, plan.server.faults) = (100, vec![Fault::Limited(Pause::Seconds(100))]);
        let limit = Duration::from_millis(millis);
        plan.jobs[0].max_time = Some(limit);
        let statistics = statistics(&plan);
        // A driver wakes late.
        assert!(statistics.time <= limit + Duration::from_millis(2), "{limit:?}: {statistics}");
    }
}

#[test]
fn inputs_of_none_and_of_zeros() {
    for ids in [vec![], vec![0], vec![1, 0, 2], vec![0, 1], vec![1, 2, 0], vec![5, 5, 0, 0, 5]] {
        let valid = ids.iter().take_while(|id| **id > 0).count();
        let statistics = statistics(&Plan::plain(ids.clone()));
        assert_eq!(usize::try_from(statistics.outcomes()), Ok(valid), "{ids:?}");
    }
}

/// Input is taken only so far ahead, which each run checks.
#[test]
fn endless_repeats_are_not_read_ahead() {
    let between: Vec<u64> = (1..500).flat_map(|n| [7_000, n]).collect();
    for ids in [vec![7], vec![7, 8], (1..=30).collect(), between] {
        for server in [
            Behaviour::default(),
            looks_at(LooksAt::First(10)),
            sends(5, RowOrder::Requested),
            Behaviour { fault_rate: 20, faults: vec![Fault::Failed(Pause::Absent)], ..Behaviour::default() },
        ] {
            for (ids_per_request, without_row, jitter) in
                [1, 5, 100].into_iter().flat_map(|n| [(n, 0, 0), (n, 500, 0), (n, 300, 12_000)])
            {
                let mut plan = Plan { server: server.clone(), ..Plan::plain(ids.clone()) };
                (plan.world.without_row, plan.network.jitter) = (without_row, jitter);
                plan.world.refused = [10, 20].into();
                plan.jobs[0].ids_per_request = ids_per_request;
                (plan.jobs[0].is_endless, plan.jobs[0].stop) = (true, Some(Duration::from_mins(1)));
                assert!(statistics(&plan).outcomes() > 0);
            }
        }
    }
}
