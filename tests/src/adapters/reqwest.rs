use offerslook_conformance::{Adapter, Client, Deviation, Items, LinkItem, OfferItem, Signal};
use offerslook_core::{
    Account, Error, OfferId, Request, Response, SetupError, TransportError,
    affiliate::{
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::ListOffers,
    },
    job::Options,
};
use tokio::runtime::{Builder, Runtime};

const DEVIATIONS: &[Deviation] = &[
    Deviation {
        cases: &["wire: without accept"],
        why: "reqwest adds `accept: */*` to a request without that header (those of an account have it)",
    },
    Deviation {
        cases: &["wire: dots in the target"],
        why: "to reqwest a target is a URL, in which `..` is resolved",
    },
    Deviation {
        cases: &["malformed: head without end"],
        why: "reqwest has no cap for the head of an answer, and waits for its end for as long as the call may take",
    },
];

/// An adapter of somebody else's: the example.
pub struct Reqwest;

struct ReqwestClient {
    client: reqwest_adapter::Client,
    runtime: Runtime,
}

impl Adapter for Reqwest {
    fn name(&self) -> &'static str {
        "reqwest, one thread"
    }

    fn client(&self, account: Account, options: Options) -> Result<Box<dyn Client>, SetupError> {
        let client = reqwest_adapter::Client::with_options(account, options)?;
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        Ok(Box::new(ReqwestClient { client, runtime }))
    }

    fn deviations(&self) -> &[Deviation] {
        DEVIATIONS
    }
}

impl Client for ReqwestClient {
    fn execute(&self, request: Request) -> Result<Response, TransportError> {
        self.runtime.block_on(self.client.execute(request))
    }

    fn send_until(
        &self,
        signal: Signal,
        call: &GetTrackingLinks,
    ) -> Option<Result<Vec<TrackingLinkRow>, Error>> {
        self.runtime.block_on(signal.cut_short(self.client.send(call)))
    }

    fn links(&self, ids: Vec<OfferId>) -> Items<'_, LinkItem> {
        Items::concurrent(self.client.links(ids), |next| self.runtime.block_on(next))
    }
    fn offers(&self, which: ListOffers) -> Items<'_, OfferItem> {
        Items::concurrent(self.client.offers(which), |next| self.runtime.block_on(next))
    }
}
