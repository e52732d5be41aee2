//! The conformance suite, in one line.

use std::process::ExitCode;

use attohttpc_adapter::{Attohttpc, DEVIATIONS};

fn main() -> ExitCode {
    offerslook_conformance::blocking::<Attohttpc>("attohttpc", DEVIATIONS)
}
