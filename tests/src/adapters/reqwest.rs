use offerslook_conformance::{AnyClient, AnyTransport, Deviations, Items, LinkItem, OfferItem, Signal};
use offerslook_core::{
    Account, Error, OfferId, Request, Response, SetupError, TransportError,
    affiliate::{
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::ListOffers,
    },
    job::Options,
};
use tokio::runtime::{Builder, Runtime};

/// What reqwest does not let a transport do.
pub const REQWEST_DEVIATIONS: Deviations = &[
    (
        "requests: no accept header",
        "reqwest adds `accept: */*` to a request without that header (those of an account have it)",
    ),
    ("requests: dots in the target", "to reqwest a target is a URL, in which `..` is resolved"),
    (
        "malformed: head without end",
        "reqwest has no cap for the head of a response, and waits for its end until the timeout",
    ),
];

/// An adapter of somebody else's: the example.
pub struct Reqwest;

struct ReqwestClient {
    client: reqwest_adapter::Client,
    runtime: Runtime,
}

impl AnyTransport for Reqwest {
    fn client(&self, account: Account, options: Options) -> Result<Box<dyn AnyClient>, SetupError> {
        let client = reqwest_adapter::Client::with_options(account, options)?;
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        Ok(Box::new(ReqwestClient { client, runtime }))
    }
}

impl AnyClient for ReqwestClient {
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
        Items::concurrent(self.client.links(ids), |next| self.runtime.block_on(next))
    }
    fn offers(&self, which: ListOffers) -> Items<'_, OfferItem> {
        Items::concurrent(self.client.offers(which), |next| self.runtime.block_on(next))
    }
}
