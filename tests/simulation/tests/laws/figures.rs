//! What jobs cost.

use std::time::Duration;

use offerslook_simulation::{Plan, Statistics, run, scenarios};

/// Runs a plan and returns its figures; every promise is kept.
pub(crate) fn statistics(plan: &Plan) -> Statistics {
    let outcome = run(plan);
    if let Some(violation) = outcome.violation {
        panic!("{violation}");
    }
    outcome.statistics
}

/// The command `verdicts` does the same for many seeds.
#[test]
fn every_bar_is_met_and_every_verdict_is_true() {
    for (_, rows) in scenarios() {
        for row in rows {
            let figures = row.play(1, 8);
            assert!(figures.holds(), "{figures}\n{:?}", figures.violation);
        }
    }
}

#[test]
fn one_call_at_a_time_meets_the_bars_too() {
    let [(_, rows), _] = scenarios();
    for row in rows {
        let figures = row.play(1, 1);
        assert!(figures.holds(), "{figures}\n{:?}", figures.violation);
    }
}

/// No scheduler is faster that keeps to the rate limit at the server, whatever the network does. Of n calls with at
/// most N arrivals in any half-open window W, the arrivals i and i + N are W or more apart. So the last one is at
/// least (⌈n / N⌉ - 1) × W behind the first, which takes one way, as the last answer takes another.
fn least_time(calls: u64) -> Duration {
    let windows = u32::try_from(calls.div_ceil(50) - 1).unwrap();
    windows * Duration::from_secs(10) + Duration::from_millis(200)
}

#[test]
fn a_hundred_thousand_ids_take_the_least_time() {
    for (without_row, most) in [(0, 1_000), (100, 1_120)] {
        let mut plan = Plan::plain(1..=100_000);
        plan.world.without_row = without_row;
        let statistics = statistics(&plan);
        assert!(statistics.calls <= most, "{statistics}");
        let least = least_time(statistics.calls);
        assert!(statistics.time.as_secs_f64() <= 1.05 * least.as_secs_f64(), "{statistics}, {least:?}");
    }
}
