//! The conformance suite, against every transport of the workspace.

use std::process::ExitCode;

use offerslook_conformance::Suite;
use offerslook_tests::adapters::{HyperOnManyThreads, HyperOnOneThread, REQWEST_DEVIATIONS, Reqwest, Ureq};

fn main() -> ExitCode {
    Suite::default()
        .transport("hyper, one thread", HyperOnOneThread, &[])
        .transport("hyper, many threads", HyperOnManyThreads, &[])
        .transport("ureq", Ureq, &[])
        .transport("reqwest, one thread", Reqwest, REQWEST_DEVIATIONS)
        .run()
}
