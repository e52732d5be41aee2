//! Whatever the server, the network and the clock do, the scheduler keeps its promises.

use offerslook_tests::simulation::{Plan, explain, run};
use proptest::{prelude::*, test_runner::RngSeed};

use super::plans::plan;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_promise_is_kept(plan in plan()) {
        let outcome = run(&plan);
        if let Some(broken) = outcome.broken {
            return Err(TestCaseError::fail(format!("{broken}\n{}", explain(&plan).text)));
        }
        // The same plan, the same actions.
        prop_assert_eq!(run(&plan).hash, outcome.hash);
    }
}

/// A few of the simulator's own seeds, so that it is seen to work wherever the tests are run.
#[test]
fn the_first_seeds_keep_every_promise() {
    for seed in 0..200 {
        let plan = Plan::of_seed(seed);
        if let Some(broken) = run(&plan).broken {
            panic!("seed {seed}: {broken}\n{}", explain(&plan).text);
        }
    }
}
