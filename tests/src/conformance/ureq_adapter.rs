//! The blocking adapter under test.

use offerslook_core::{Account, Request, Response, Settings, SetupError, TransportError};
use offerslook_transport_ureq::Client;

use crate::conformance::{
    adapter::{Adapter, Calls},
    given::options,
};

/// The adapter as it comes.
pub struct Ureq;

impl Adapter for Ureq {
    fn name(&self) -> &'static str {
        "ureq"
    }

    fn client(&self, account: Account, settings: Settings) -> Result<Box<dyn Calls>, SetupError> {
        Ok(Box::new(Client::with_options(account, options(settings))?))
    }
}

impl Calls for Client {
    fn execute(&self, request: Request) -> Result<Response, TransportError> {
        Client::execute(self, request)
    }
}
