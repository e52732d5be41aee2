//! What jobs cost. A change of the scheduler shows in the snapshots in how many calls it saves, if it is meant, and shows
//! at all if it is not.

use std::{fmt::Write, time::Duration};

use offerslook_simulation::{Figures, Plan, Scenario, Statistics, run, scenarios};

/// Runs a plan and returns its figures; every promise is kept.
pub(crate) fn statistics(plan: &Plan) -> Statistics {
    let outcome = run(plan);
    if let Some(violation) = outcome.violation {
        panic!("{violation}");
    }
    outcome.statistics
}

/// The command `verdicts` does the same for many seeds.
fn check_bars(is_played: impl Fn(&Scenario) -> bool) -> String {
    let mut table = Figures::HEADER.to_owned();
    for row in scenarios().into_iter().flat_map(|(_, rows)| rows).filter(is_played) {
        let figures = row.play(1, 8);
        assert!(figures.holds(), "{figures}\n{:?}", figures.violation);
        write!(table, "\n{figures}").unwrap();
    }
    table
}

#[test]
fn bars_are_met_and_verdicts_true_for_few_ids() {
    insta::assert_snapshot!(check_bars(|row| row.ids < 5_000));
}

#[test]
fn bars_are_met_and_verdicts_true_for_thousands_of_ids() {
    insta::assert_snapshot!(check_bars(|row| row.ids >= 5_000));
}

/// Lays out numbers below the names of their columns.
pub(crate) fn table<'c>(
    columns: impl AsRef<[&'c str]>,
    rows: impl IntoIterator<Item: AsRef<[u64]>>,
) -> String {
    let columns = columns.as_ref();
    let mut table = columns.join("  ");
    for row in rows {
        table.push('\n');
        for (column, number) in columns.iter().zip(row.as_ref()) {
            let width = column.len();
            write!(table, "{number:>width$}  ").unwrap();
        }
        table.truncate(table.trim_end().len());
    }
    table
}

/// The columns of [`outcomes`].
pub(crate) const OUTCOMES: [&str; 8] =
    ["found", "no link", "no row", "unproved", "refused", "failed", "in doubt", "not attempted"];

pub(crate) fn outcomes(it: &Statistics) -> [u64; 8] {
    let Statistics { found, without_link, no_row, unanswered, .. } = *it;
    let Statistics { refused, failed, in_doubt, not_attempted, .. } = *it;
    [found, without_link, no_row, unanswered, refused, failed, in_doubt, not_attempted]
}

#[test]
fn plans_of_all_kinds() {
    let columns =
        [&["seed", "calls", "retries", "cancelled"], &OUTCOMES[..], &["rows", "milliseconds"]].concat();
    let rows = (0..200).map(|seed| {
        let it = statistics(&Plan::of_seed(seed));
        let time = u64::try_from(it.time.as_millis()).unwrap();
        [&[seed, it.calls, it.retries, it.cancelled], &outcomes(&it)[..], &[it.rows, time]].concat()
    });
    insta::assert_snapshot!(table(columns, rows));
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
