use offerslook_conformance::{AnyClient, AnyTransport, Items, LinkItem, OfferItem, Signal};
use offerslook_core::{
    Account, Error, OfferId, Request, Response, SetupError, TransportError,
    affiliate::{
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::ListOffers,
    },
    job::Options,
};
use tokio::runtime::{Builder, Runtime};

/// The async adapter on a runtime that only runs while a call is waited for: what happens to a connection between
/// two calls is noticed by the second one.
pub struct HyperOnOneThread;

/// The async adapter on a runtime that also runs between calls.
pub struct HyperOnManyThreads;

struct HyperClient {
    client: offerslook_transport_hyper::Client,
    runtime: Runtime,
}

impl HyperClient {
    fn boxed(
        account: Account,
        options: Options,
        mut runtime: Builder,
    ) -> Result<Box<dyn AnyClient>, SetupError> {
        let client = offerslook_transport_hyper::Client::with_options(account, options)?;
        Ok(Box::new(Self { client, runtime: runtime.enable_all().build().unwrap() }))
    }
}

impl AnyTransport for HyperOnOneThread {
    fn client(&self, account: Account, options: Options) -> Result<Box<dyn AnyClient>, SetupError> {
        HyperClient::boxed(account, options, Builder::new_current_thread())
    }
}

impl AnyTransport for HyperOnManyThreads {
    fn client(&self, account: Account, options: Options) -> Result<Box<dyn AnyClient>, SetupError> {
        HyperClient::boxed(account, options, Builder::new_multi_thread())
    }
}

impl AnyClient for HyperClient {
    fn execute(&self, request: Request) -> Result<Response, TransportError> {
        self.runtime.block_on(self.client.execute(request))
    }

    fn send_until(
        &self,
        signal: Signal,
        call: &GetTrackingLinks,
    ) -> Option<Result<Vec<TrackingLinkRow>, Error>> {
        self.runtime.block_on(signal.cancel(self.client.send(call)))
    }

    fn links(&self, ids: Vec<OfferId>) -> Items<'_, LinkItem> {
        let _guard = self.runtime.enter();
        Items::concurrent(self.client.links(ids), |next| self.runtime.block_on(next))
    }
    fn offers(&self, which: ListOffers) -> Items<'_, OfferItem> {
        let _guard = self.runtime.enter();
        Items::concurrent(self.client.offers(which), |next| self.runtime.block_on(next))
    }
}
