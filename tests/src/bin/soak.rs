//! Both adapters under load: 200,000 calls, of which one in twenty meets a fault.
#![expect(clippy::print_stdout, reason = "a program tells what it found")]

use std::time::Instant;

use offerslook_tests::soak::{Scale, run};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() {
    let start = Instant::now();
    let scale = Scale { rounds: 5, streams: 200, threads: 64, ids: 20_000 };
    let report = run(&scale, || HEAP.current_usage());
    println!(
        "{report}\nin {:.1} s, at most {:.0} MiB in use",
        start.elapsed().as_secs_f64(),
        HEAP.peak_usage_as_mb()
    );
}
