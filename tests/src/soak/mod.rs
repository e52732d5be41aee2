//! Load: many runs of one client at a time, against a sandbox with faults, and a check for leaks.
//!
//! In a round, all streams or threads share one client, with one id per call. Every id must have exactly one outcome, in
//! input order. After a round, no task, thread, connection or memory of it may be left.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test fails by panicking"
)]

mod fixtures;
mod outcomes;
mod resources;
mod round;

use std::fmt;

pub use outcomes::Outcomes;
use resources::Resources;
use round::Round;

/// The amount of load.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// The number of rounds of each client. The first two warm up.
    pub rounds: u32,
    /// The number of concurrent runs of one async client.
    pub streams: u64,
    /// The number of threads that share one blocking client.
    pub threads: u64,
    /// The number of ids in a round, one per call.
    pub ids: u64,
}

/// The outcomes of all rounds.
#[derive(Debug, Default)]
pub struct Report {
    /// The number of requests that arrived at the sandbox.
    pub arrivals: u64,
    /// The outcomes of all ids.
    pub outcomes: Outcomes,
    /// The memory in use after each round, in bytes.
    pub heap: Vec<usize>,
}

/// The memory that later rounds may add, in bytes.
const MAX_GROWTH: usize = 256 * 1024;

/// Runs all rounds. Fails if an id has no outcome or more than one, or if a round leaks. `heap` returns the memory in
/// use.
#[must_use]
pub fn run(scale: &Scale, heap: impl Fn() -> usize) -> Report {
    let sandbox = fixtures::sandbox(scale);
    let mut report = Report::default();
    for number in 0..scale.rounds {
        let before = Resources::in_use();
        for round in [Round::hyper, Round::ureq] {
            report.outcomes += round(&Round { sandbox: &sandbox, scale });
            before.wait_until_freed();
        }
        report.heap.push(heap());
        let warm = report.heap.get(1).copied().unwrap_or(usize::MAX - MAX_GROWTH);
        assert!(heap() <= warm + MAX_GROWTH, "round {number} leaks memory: {:?}", report.heap);
    }
    report.arrivals = sandbox.arrivals().total;
    assert_eq!(report.outcomes.total(), 2 * u64::from(scale.rounds) * scale.ids, "one outcome per id");
    sandbox.stop().unwrap();
    report
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} arrivals; {}", self.arrivals, self.outcomes)?;
        let heap: Vec<_> = self.heap.iter().map(|bytes| (bytes / 1024).to_string()).collect();
        write!(f, "memory in use after each round, KiB: {}", heap.join(" "))
    }
}
