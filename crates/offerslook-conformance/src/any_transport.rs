//! What the cases see of a transport: a client of it, whatever its type and runtime.

use offerslook_core::{
    Account, Error, OfferId, Request, Response, SetupError, TransportError,
    affiliate::{
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::ListOffers,
    },
    job::Options,
};

use crate::{
    items::{Items, LinkItem, OfferItem},
    signal::Signal,
};

/// A transport of any type.
pub trait AnyTransport: Send + Sync {
    /// Builds a client of this account.
    ///
    /// # Errors
    /// Those of the transport.
    fn client(&self, account: Account, options: Options) -> Result<Box<dyn AnyClient>, SetupError>;
}

/// A client of a transport of any type.
pub trait AnyClient {
    /// Sends one request, and waits for its outcome.
    ///
    /// # Errors
    /// Those of the transport.
    fn execute(&self, request: Request) -> Result<Response, TransportError>;

    /// Makes one call, and drops it when the signal comes. Returns the outcome if the call was over before.
    fn send_until(
        &self,
        signal: Signal,
        call: &GetTrackingLinks,
    ) -> Option<Result<Vec<TrackingLinkRow>, Error>>;

    /// Starts a job that requests the tracking links of these offers.
    fn links(&self, ids: Vec<OfferId>) -> Items<'_, LinkItem>;

    /// Starts a job that lists offers.
    fn offers(&self, call: ListOffers) -> Items<'_, OfferItem>;
}
