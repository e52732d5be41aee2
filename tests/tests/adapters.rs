//! The table of conformance, against every adapter.

use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};
use offerslook_tests::conformance::{
    adapter::Adapter,
    cases,
    hyper_adapter::{HyperOnManyThreads, HyperOnOneThread},
    ureq_adapter::Ureq,
};

fn main() {
    let adapters: [Arc<dyn Adapter>; 3] =
        [Arc::new(HyperOnOneThread), Arc::new(HyperOnManyThreads), Arc::new(Ureq)];
    let trials = adapters.iter().flat_map(|adapter| {
        cases::all().into_iter().map(|case| {
            let adapter = Arc::clone(adapter);
            let name = format!("{}: {}: {}", adapter.name(), case.family, case.name.replace('_', " "));
            Trial::test(name, move || {
                (case.run)(&*adapter);
                Ok(())
            })
        })
    });
    let mut arguments = Arguments::from_args();
    // They wait for each other's silence more than they compute.
    arguments.test_threads.get_or_insert(8);
    libtest_mimic::run(&arguments, trials.collect()).exit();
}
