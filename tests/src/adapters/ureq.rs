use offerslook_conformance::{AnyClient, AnyTransport, Items, LinkItem, OfferItem, Signal, YieldOnSend};
use offerslook_core::{
    Account, Error, OfferId, Request, Response, SetupError, TransportError,
    affiliate::{
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::ListOffers,
    },
    job::Options,
};

/// The blocking adapter.
pub struct Ureq;

struct UreqClient(offerslook_transport_ureq::Client);

impl AnyTransport for Ureq {
    fn client(&self, account: Account, options: Options) -> Result<Box<dyn AnyClient>, SetupError> {
        Ok(Box::new(UreqClient(offerslook_transport_ureq::Client::with_options(account, options)?)))
    }
}

impl AnyClient for UreqClient {
    fn execute(&self, request: Request) -> Result<Response, TransportError> {
        self.0.execute(request)
    }

    fn send_until(
        &self,
        signal: Signal,
        call: &GetTrackingLinks,
    ) -> Option<Result<Vec<TrackingLinkRow>, Error>> {
        let mut run = self.0.run(YieldOnSend::new(self.0.jobs().call(call)));
        assert!(matches!(run.next(), Some(None)), "the call was started");
        signal.wait();
        None
    }

    fn links(&self, ids: Vec<OfferId>) -> Items<'_, LinkItem> {
        Items::blocking(self.0.links(ids))
    }
    fn offers(&self, which: ListOffers) -> Items<'_, OfferItem> {
        Items::blocking(self.0.offers(which))
    }
}
