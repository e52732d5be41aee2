//! What jobs cost, as promised in numbers.

use std::time::Duration;

use offerslook_tests::simulation::{Plan, Silent, Tally, run};

/// Carries it out, with every promise kept.
fn tally(plan: &Plan) -> Tally {
    let outcome = run(plan);
    if let Some(broken) = outcome.broken {
        panic!("{broken}");
    }
    outcome.tally
}

/// It in one line.
fn line(tally: &Tally) -> String {
    let Tally { calls, found, absent, refused, not_attempted, time, .. } = tally;
    let seconds = time.as_secs_f64();
    format!(
        "{calls} calls in {seconds:.1} s: {found} found, {absent} absent, {refused} refused, {not_attempted} left"
    )
}

const IDS: std::ops::RangeInclusive<u64> = 1..=5_000;

#[test]
fn ids_that_all_have_a_row() {
    insta::assert_snapshot!(line(&tally(&Plan::plain(IDS))), @"50 calls in 1.6 s: 5000 found, 0 absent, 0 refused, 0 left");
}

#[test]
fn ids_none_of_which_has_a_row() {
    let mut plan = Plan::plain(IDS);
    plan.world.without_row = 16;
    let tally = tally(&plan);
    assert!(tally.calls <= 60, "{tally}");
    insta::assert_snapshot!(line(&tally), @"58 calls in 10.6 s: 0 found, 5000 absent, 0 refused, 0 left");
}

#[test]
fn ids_of_which_every_eighth_has_no_row() {
    let mut plan = Plan::plain(IDS);
    plan.world.without_row = 2;
    insta::assert_snapshot!(line(&tally(&plan)), @"56 calls in 10.6 s: 4382 found, 618 absent, 0 refused, 0 left");
}

/// Whichever rows a server leaves out, and in whichever order the ids come.
#[test]
fn behind_a_silent_limit_of_20_rows() {
    for silent in [Silent::FirstIds(20), Silent::FirstRows(20), Silent::LowestRows(20)] {
        for ids in [IDS.collect(), IDS.rev().collect::<Vec<_>>()] {
            let mut plan = Plan::plain(ids);
            plan.server.silent = Some(silent);
            let tally = tally(&plan);
            assert!(tally.calls <= 270 && tally.found == 5_000, "{silent:?}: {tally}");
        }
    }
    let mut plan = Plan::plain(IDS);
    plan.server.silent = Some(Silent::FirstIds(20));
    insta::assert_snapshot!(line(&tally(&plan)), @"250 calls in 42.4 s: 5000 found, 0 absent, 0 refused, 0 left");
}

#[test]
fn a_server_that_refuses_more_than_50_ids() {
    let mut plan = Plan::plain(IDS);
    plan.server.loud = Some(50);
    let tally = tally(&plan);
    assert!(tally.calls <= 115, "{tally}");
    insta::assert_snapshot!(line(&tally), @"108 calls in 21.0 s: 5000 found, 0 absent, 0 refused, 0 left");
}

#[test]
fn one_id_that_is_refused() {
    let without = tally(&Plan::plain(IDS)).calls;
    for culprit in [1, 50, 2_500, 4_999, 5_000] {
        let mut plan = Plan::plain(IDS);
        plan.world.poison.insert(culprit);
        let tally = tally(&plan);
        assert!(tally.calls <= without + 20, "{tally}");
        assert_eq!((tally.found, tally.refused), (4_999, 1));
    }
    let mut plan = Plan::plain(IDS);
    plan.world.poison.insert(2_500);
    insta::assert_snapshot!(line(&tally(&plan)), @"62 calls in 11.2 s: 4999 found, 0 absent, 1 refused, 0 left");
}

/// No 16 refusals come in a row, so that nobody asks whether it is the ids at all.
#[test]
fn one_id_in_each_call_is_refused() {
    let mut plan = Plan::plain(IDS);
    plan.world.poison = IDS.step_by(100).collect();
    insta::assert_snapshot!(line(&tally(&plan)), @"750 calls in 144.6 s: 4950 found, 0 absent, 50 refused, 0 left");
}

#[test]
fn a_server_that_refuses_everything_after_its_25th_call() {
    let mut plan = Plan::plain(IDS);
    plan.server.refuses_after = Some(25);
    let tally = tally(&plan);
    assert!(tally.calls <= 50, "{tally}");
    insta::assert_snapshot!(line(&tally), @"49 calls in 1.4 s: 2500 found, 0 absent, 0 refused, 2500 left");
}

/// No scheduler is faster that keeps to the quota at the server, whatever the network does. Of n calls with at
/// most N arrivals in any half-open window W, the arrivals i and i + N are W or more apart. So the last one is at
/// least (⌈n / N⌉ - 1) × W behind the first, which takes one way, as the last answer takes another.
fn least_time(calls: u64) -> Duration {
    let windows = u32::try_from(calls.div_ceil(50) - 1).unwrap();
    windows * Duration::from_secs(10) + Duration::from_millis(200)
}

#[test]
fn a_hundred_thousand_ids() {
    for (without_row, most) in [(0, 1_000), (2, 1_020)] {
        let mut plan = Plan::plain(1..=100_000);
        plan.world.without_row = without_row;
        let tally = tally(&plan);
        assert!(tally.calls <= most, "{tally}");
        let least = least_time(tally.calls);
        assert!(tally.time.as_secs_f64() <= 1.05 * least.as_secs_f64(), "{:?}, {least:?}", tally.time);
    }
    insta::assert_snapshot!(line(&tally(&Plan::plain(1..=100_000))), @"1000 calls in 195.4 s: 100000 found, 0 absent, 0 refused, 0 left");
}
