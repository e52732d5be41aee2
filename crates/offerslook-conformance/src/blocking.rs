use std::{marker::PhantomData, task::Poll, time::Duration};

use offerslook_client::blocking::{Client, Transport};
use offerslook_core::{
    Account, Error, OfferId, Request, Rows, SetupError,
    affiliate::{
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::ListOffers,
    },
    job::{Options, Quota},
};

use crate::{
    any_transport::{AnyClient, AnyTransport, Items, LinkItem, OfferItem, without_authority},
    expect::Outcome,
    signal::Signal,
};

/// A transport of the blocking client.
pub struct Blocking<T>(PhantomData<fn() -> T>);

impl<T> Default for Blocking<T> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T: Transport> AnyTransport for Blocking<T> {
    fn client_with_quota(
        &self,
        account: Account,
        options: Options,
        quota: Quota,
    ) -> Result<Box<dyn AnyClient>, SetupError> {
        let builder = || Client::<T>::builder(account.clone()).options(options.clone()).quota(quota.clone());
        Ok(Box::new(match builder().build() {
            Ok(client) => client,
            Err(error) => {
                builder().build_with(T::new(&without_authority(error, &options)?, account.base_url())?)
            }
        }))
    }

    fn is_async(&self) -> bool {
        false
    }
}

impl<T: Transport> AnyClient for Client<T> {
    fn execute(&self, request: Request) -> Outcome {
        Client::execute(self, request)
    }

    fn send_until(
        &self,
        signal: Signal,
        call: &GetTrackingLinks,
    ) -> Option<Result<Rows<TrackingLinkRow>, Error>> {
        let mut run = self.run(self.jobs().call(call));
        if let Poll::Ready(outcome) = run.next_within(Duration::ZERO) {
            return outcome;
        }
        signal.wait();
        None
    }

    fn links(&self, ids: Vec<OfferId>) -> Items<'_, LinkItem> {
        let run = Client::links(self, ids);
        let stop = run.stop_handle();
        Items::new(run, stop)
    }

    fn offers(&self, call: ListOffers) -> Items<'_, OfferItem> {
        let run = Client::offers(self, call);
        let stop = run.stop_handle();
        Items::new(run, stop)
    }
}
