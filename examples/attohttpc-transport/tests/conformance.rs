//! The conformance suite, in one line.

use std::process::ExitCode;

use attohttpc_transport::{Attohttpc, DEVIATIONS};

fn main() -> ExitCode {
    offerslook_conformance::blocking::<Attohttpc>("attohttpc", DEVIATIONS)
}
