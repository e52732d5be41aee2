//! What the table asks of an adapter.

use offerslook_core::{Account, Request, Response, Settings, SetupError, TransportError};

/// An adapter under test.
pub trait Adapter: Send + Sync {
    /// What it is called in the list of tests.
    fn name(&self) -> &'static str;

    /// A client of an account, with these settings.
    ///
    /// # Errors
    /// As the adapter says.
    fn client(&self, account: Account, settings: Settings) -> Result<Box<dyn Calls>, SetupError>;
}

/// A client of an adapter under test.
pub trait Calls {
    /// Makes one call, and waits for what comes of it.
    ///
    /// # Errors
    /// As the adapter says.
    fn execute(&self, request: Request) -> Result<Response, TransportError>;
}
