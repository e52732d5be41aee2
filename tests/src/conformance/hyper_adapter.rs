//! The async adapter under test.

use offerslook_core::{Account, Request, Response, Settings, SetupError, TransportError};
use offerslook_transport_hyper::Client;
use tokio::runtime::{Builder, Runtime};

use crate::conformance::{
    adapter::{Adapter, Calls},
    given::options,
};

/// The adapter on a runtime that only runs while a call is waited for: what happens to a connection between
/// two calls is noticed by the second one.
pub struct HyperOnOneThread;

/// The adapter on a runtime that also runs between calls.
pub struct HyperOnManyThreads;

/// A client with a runtime of its own.
pub struct HyperClient {
    /// The client.
    pub client: Client,
    /// Its runtime.
    pub runtime: Runtime,
}

impl HyperClient {
    fn boxed(
        account: Account,
        settings: Settings,
        mut runtime: Builder,
    ) -> Result<Box<dyn Calls>, SetupError> {
        let runtime = runtime.enable_all().build().unwrap();
        Ok(Box::new(Self { client: Client::with_options(account, options(settings))?, runtime }))
    }
}

impl Adapter for HyperOnOneThread {
    fn name(&self) -> &'static str {
        "hyper, one thread"
    }

    fn client(&self, account: Account, settings: Settings) -> Result<Box<dyn Calls>, SetupError> {
        HyperClient::boxed(account, settings, Builder::new_current_thread())
    }
}

impl Adapter for HyperOnManyThreads {
    fn name(&self) -> &'static str {
        "hyper, many threads"
    }

    fn client(&self, account: Account, settings: Settings) -> Result<Box<dyn Calls>, SetupError> {
        HyperClient::boxed(account, settings, Builder::new_multi_thread())
    }
}

impl Calls for HyperClient {
    fn execute(&self, request: Request) -> Result<Response, TransportError> {
        self.runtime.block_on(self.client.execute(request))
    }
}
