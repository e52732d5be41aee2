use std::{num::NonZeroU32, time::Duration};

use offerslook_core::{
    Account, BaseUrl, Credentials,
    job::{Options, Rate},
};
use offerslook_sandbox::{Fault, Faults, Rule, Sandbox, SandboxConfig, Status};

use super::Scale;

/// A service with an offer for every id, of whose calls about one in twenty meets a fault.
pub(super) fn start(scale: &Scale) -> Sandbox {
    let faults = [
        Fault::Reset,
        Fault::CutBody { after_bytes: None },
        Fault::Status { status: Status::of::<503>(), retry_after: None },
        Fault::Html { status: Status::of::<504>() },
        Fault::RateLimited { retry_after: Some(0) },
    ];
    let faults = faults
        .into_iter()
        .fold(Faults::seeded(7), |faults, fault| faults.rule(Rule::new(fault).with_probability(0.01)));
    let config = SandboxConfig::default().offers(scale.ids).without_quota().faults(faults);
    Sandbox::start(config).unwrap()
}

pub(super) fn account(sandbox: &Sandbox) -> Account {
    let base_url: BaseUrl = sandbox.base_url().parse().unwrap();
    Account::new(base_url, Credentials::affiliate(sandbox.email(), sandbox.api_key()).unwrap())
}

/// A call an id, two at a time in each run, and no quota to speak of.
pub(super) fn options() -> Options {
    let mut options = Options::default();
    options.quota = Rate::new(NonZeroU32::MAX, Duration::from_millis(1)).unwrap();
    options.ids_per_request = 1.try_into().unwrap();
    options.max_in_flight = 2.try_into().unwrap();
    options
}
