//! Both clients under load: 200,000 calls, about one in 25 of which meets a fault.
#![expect(clippy::print_stdout, reason = "the purpose of the program")]

use std::time::Instant;

use offerslook_tests::soak::{Scale, run};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() {
    let start = Instant::now();
    let scale = Scale { rounds: 5, streams: 200, threads: 64, ids: 20_000 };
    let report = run(&scale, || HEAP.current_usage());
    let (seconds, peak) = (start.elapsed().as_secs_f64(), HEAP.peak_usage_as_mb());
    println!("{report}\n{seconds:.1} s, at most {peak:.0} MiB in use");
}
