//! Load: many runs of one client at a time, through a service that fails now and then, and what they leave behind.
//!
//! A round is one client of one adapter, used by all streams or threads at once, a call an id. Every id has to have
//! exactly one outcome, in its order; after a round no task, thread, connection or memory of it may be left.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "what fails a test does so by panicking"
)]

mod leftovers;
mod outcomes;
mod round;
mod service;

use std::fmt;

use offerslook_sandbox::Sandbox;

use leftovers::Leftovers;
pub use outcomes::Outcomes;
use round::Round;

/// How much load.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// How many rounds each adapter has. The first two are to warm up.
    pub rounds: u32,
    /// How many runs of one async client go on at a time.
    pub streams: u64,
    /// How many threads use one blocking client at a time.
    pub threads: u64,
    /// How many ids are asked for in a round, a call each.
    pub ids: u64,
}

/// What came of all rounds.
#[derive(Debug, Default)]
pub struct Report {
    /// How many requests arrived at the service.
    pub arrivals: u64,
    /// The outcomes.
    pub outcomes: Outcomes,
    /// How much memory was in use after each round, in bytes.
    pub heap: Vec<usize>,
}

/// More memory than this, in bytes, no further round may leave behind.
const SLACK: usize = 256 * 1024;

/// Runs all rounds, and fails where an id has not its one outcome, or a round leaves anything behind. `heap` tells how
/// much memory is in use.
#[must_use]
pub fn run(scale: &Scale, heap: impl Fn() -> usize) -> Report {
    let sandbox = service::start(scale);
    let mut report = Report::default();
    for number in 0..scale.rounds {
        let before = Leftovers::now();
        for round in [Round::hyper, Round::ureq] {
            report.outcomes += round(&Round { sandbox: &sandbox, scale });
            before.wait_for();
        }
        report.heap.push(heap());
        let warm = report.heap.get(1).copied().unwrap_or(usize::MAX - SLACK);
        let now = heap();
        assert!(now <= warm + SLACK, "round {number} leaves memory behind: {:?}", report.heap);
    }
    report.arrivals = sandbox.arrivals().total;
    assert_eq!(report.outcomes.total(), 2 * u64::from(scale.rounds) * scale.ids, "an outcome for every id");
    stop(sandbox);
    report
}

fn stop(sandbox: Sandbox) {
    sandbox.stop().unwrap();
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "arrivals {}; {}", self.arrivals, self.outcomes)?;
        write!(f, "memory in use after each round, KiB: ")?;
        let heap: Vec<_> = self.heap.iter().map(|bytes| (bytes / 1024).to_string()).collect();
        f.write_str(&heap.join(" "))
    }
}
