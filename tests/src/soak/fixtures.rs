use std::time::Duration;

use offerslook_core::{
    Account, BaseUrl, Credentials,
    job::{Options, Quota, Rate},
};
use offerslook_sandbox::{Fault, Faults, Rule, Sandbox, SandboxConfig, Status};

use super::Scale;

/// A sandbox with an offer for every id. About one call in 25 meets a fault.
pub(super) fn sandbox(scale: &Scale) -> Sandbox {
    let faults = [
        (Fault::Reset, 0.01),
        (Fault::CutBody { after_bytes: None }, 0.01),
        (Fault::Status { status: Status::of::<503>(), retry_after: None }, 0.01),
        (Fault::Html { status: Status::of::<504>() }, 0.01),
        // Rare, since each pauses the whole client for a second.
        (Fault::RateLimited { retry_after: Some(0) }, 0.000_5),
    ];
    let faults = faults.into_iter().fold(Faults::seeded(7), |faults, (fault, probability)| {
        faults.rule(Rule::new(fault).with_probability(probability))
    });
    let config = SandboxConfig::default().offers(scale.ids).without_quota().faults(faults);
    Sandbox::start(config).unwrap()
}

pub(super) fn account(sandbox: &Sandbox) -> Account {
    let base_url: BaseUrl = sandbox.base_url().parse().unwrap();
    Account::new(base_url, Credentials::affiliate(sandbox.email(), sandbox.api_key()).unwrap())
}

/// One id per call, two calls in flight per run.
pub(super) fn options() -> Options {
    Options::builder().ids_per_request(1).max_in_flight(2).build().unwrap()
}

/// A quota that delays nothing.
pub(super) fn quota() -> Quota {
    Quota::new(Rate::new(u32::MAX, Duration::from_millis(1)).unwrap())
}
