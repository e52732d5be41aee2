//! What the sandbox answers, as the client reads it: complete, without drift, and what the sandbox holds.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what fails a test does so by panicking"
)]

mod changes;
mod lists;

use std::time::Duration;

use offerslook_core::{
    Account, BaseUrl, Credentials, Endpoint, Error, Paged,
    job::{Quota, Rate},
    parse_with_drift,
};
use offerslook_sandbox::{Sandbox, SandboxConfig};
use offerslook_transport_ureq::Client;
use serde::Serialize;

/// A sandbox and a client of it.
struct Affiliate {
    sandbox: Sandbox,
    client: Client,
}

impl Affiliate {
    fn of(config: SandboxConfig) -> Self {
        let sandbox = Sandbox::start(config.without_quota()).unwrap();
        let base_url: BaseUrl = sandbox.base_url().parse().unwrap();
        let credentials = Credentials::affiliate(sandbox.email(), sandbox.api_key()).unwrap();
        let quota = Quota::new(Rate::new(10_000, Duration::from_secs(1)).unwrap());
        let client = Client::builder(Account::new(base_url, credentials)).quota(quota).build().unwrap();
        Self { sandbox, client }
    }

    /// One call; an answer that holds anything that the client does not know fails the test.
    #[track_caller]
    fn try_ask<E: Endpoint<Output: Serialize>>(&self, call: &E) -> Result<E::Output, Error> {
        let request = self.client.jobs().account().request(call).unwrap();
        let response = self.client.execute(request).unwrap();
        let (output, drift) = parse_with_drift::<E>(&response)?;
        assert_eq!(drift.to_string(), "", "{}", E::SPEC.name);
        Ok(output)
    }

    #[track_caller]
    fn ask<E: Endpoint<Output: Serialize>>(&self, call: &E) -> E::Output {
        self.try_ask(call).unwrap()
    }

    /// Walks through a list to its end, and fails where it is not complete.
    #[track_caller]
    fn walk<E: Paged>(&self, call: E) -> Vec<E::Row> {
        self.client.run(self.client.jobs().listing(call)).collect::<Result<_, _>>().unwrap()
    }
}
