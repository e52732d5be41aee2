//! Both clients under load: `soak [IDS]` makes ten calls per id, 200,000 by default. About one in 25 meets a fault.
#![expect(clippy::print_stdout, reason = "the purpose of the program")]

use std::{env, num::ParseIntError, time::Instant};

use offerslook_tests::soak::{Scale, run};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() -> Result<(), ParseIntError> {
    let ids = env::args().nth(1).map_or(Ok(20_000), |ids| ids.parse())?;
    let start = Instant::now();
    let scale = Scale { rounds: 5, streams: 200, threads: 64, ids };
    let report = run(&scale, || HEAP.current_usage());
    let (seconds, peak) = (start.elapsed().as_secs_f64(), HEAP.peak_usage_as_mb());
    println!("{report}\n{seconds:.1} s, at most {peak:.0} MiB in use");
    Ok(())
}
