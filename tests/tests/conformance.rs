//! The table of conformance, against every adapter.

use std::process::ExitCode;

use offerslook_tests::adapters::{HyperOnManyThreads, HyperOnOneThread, Reqwest, Ureq};

fn main() -> ExitCode {
    offerslook_conformance::main(&[&HyperOnOneThread, &HyperOnManyThreads, &Ureq, &Reqwest])
}
