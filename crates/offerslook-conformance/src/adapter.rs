//! What the table asks of an adapter.

use offerslook_core::{
    Account, Error, OfferId, Request, Response, SetupError, TransportError,
    affiliate::{
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::ListOffers,
    },
    job::Options,
};

use crate::{Items, LinkItem, OfferItem, Signal};

/// An adapter under test.
pub trait Adapter: Send + Sync {
    /// What it is called in the list of tests.
    fn name(&self) -> &str;

    /// A client of an account, with these options.
    ///
    /// # Errors
    /// As the adapter says.
    fn client(&self, account: Account, options: Options) -> Result<Box<dyn Client>, SetupError>;

    /// Where it is known to do something else, and why it cannot be helped. These cases are run all the same: one
    /// that passes fails the test, so that what stands here stays true.
    fn deviations(&self) -> &[Deviation] {
        &[]
    }
}

/// Cases that an adapter cannot satisfy.
#[derive(Clone, Copy, Debug)]
pub struct Deviation {
    /// The cases, as the list of tests has them: `answers: many headers`.
    pub cases: &'static [&'static str],
    /// What the adapter does instead, and what is in its way.
    pub why: &'static str,
}

/// A client of an adapter under test.
pub trait Client {
    /// Makes one call, and waits for what comes of it.
    ///
    /// # Errors
    /// As the adapter says.
    fn execute(&self, request: Request) -> Result<Response, TransportError>;

    /// Starts to send this, and drops it when the signal comes: the future of it, or else a job of it that is running.
    /// Tells what came of it if that was before the signal.
    ///
    /// With futures this is [`Signal::cut_short`]; with threads see the example of [this crate](crate).
    fn send_until(
        &self,
        signal: Signal,
        call: &GetTrackingLinks,
    ) -> Option<Result<Vec<TrackingLinkRow>, Error>>;

    /// Starts the job that asks for the tracking links of these offers.
    fn links(&self, ids: Vec<OfferId>) -> Items<'_, LinkItem>;

    /// Starts the job that lists these offers.
    fn offers(&self, which: ListOffers) -> Items<'_, OfferItem>;
}
