//! Whatever the server, the network and the clock do, the scheduler keeps its promises.

use offerslook_simulation::{Certainty, RULES, explain, run};
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
        if let Some(violation) = outcome.violation {
            return Err(TestCaseError::fail(format!("{violation}\n{}", explain(&plan).text)));
        }
        // The same plan, the same actions.
        prop_assert_eq!(run(&plan).hash, outcome.hash);
    }
}

/// The table in the documentation of the simulation is the one that the simulation goes by.
#[test]
fn the_documented_rules_are_the_rules() {
    let documentation = include_str!("../../src/lib.rs");
    let word = |certainty| match certainty {
        Certainty::Certain => "certain",
        Certainty::UnlessHit => "unless hit by chance",
        Certainty::KnownLimit => "known limit",
    };
    for rule in RULES {
        let row = format!("//! | {} | {} | {} |", rule.behaviour, word(rule.no_row), word(rule.refused));
        assert!(documentation.contains(&row), "the documentation lacks\n{row}");
    }
}
