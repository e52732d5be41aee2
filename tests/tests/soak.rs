//! Both clients under load, without leaks. Alone in its process, since it counts what the process holds.
//! `cargo xtask soak` makes twenty times as many calls.

use offerslook_tests::soak::{Scale, run};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

#[cfg(target_os = "linux")]
#[test]
fn every_id_has_one_outcome_and_nothing_leaks() {
    let scale = Scale { rounds: 5, streams: 200, threads: 64, ids: 1_000 };
    let report = run(&scale, || HEAP.current_usage());
    assert!(report.arrivals > 10_000, "{report}");
}
