//! Who gets the slots.

use std::time::Duration;

use offerslook_core::job::{Fallback, Rate};

use crate::world::World;

/// With clients of equal appetite each gets at least half of its equal share over ten windows.
#[test]
fn no_program_starves() {
    for seed in 0..30 {
        let calls = [1, 3, 10, 50][seed as usize % 4];
        let rate = Rate::new(calls, Duration::from_secs(10)).unwrap();
        let clients: u32 = [2, 3, 8][seed as usize % 3];
        let mut world = World::new(seed, rate);
        world.line.delay = 1..=50;
        let all: Vec<_> = (0..clients)
            .map(|client| {
                // Their greed differs, and so does when they begin.
                let options = World::options().max_in_flight(if client == 0 { 100 } else { 8 });
                let start = Duration::from_millis(world.rng.u64(0..30_000));
                world.start(start, 100_000, options, Fallback::Wait)
            })
            .collect();
        let begin = Duration::from_secs(200);
        let end = begin + rate.window() * 10;
        world.run(end);
        let share = 10.0 * f64::from(calls) / f64::from(clients);
        for program in all {
            let got =
                world.arrivals.iter().filter(|(who, at)| *who == program && *at >= begin).count() as f64;
            assert!(
                got >= (share / 2.0).floor(),
                "seed {seed}: {got} calls of {share} at {rate} for {clients}"
            );
        }
        assert!(world.fullest_window() <= calls as usize);
    }
}
