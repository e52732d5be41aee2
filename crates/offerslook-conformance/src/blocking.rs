use std::marker::PhantomData;

use offerslook_client::blocking::{Client, Transport};
use offerslook_core::{
    Account, BaseUrl, Error, OfferId, Request, Response, Rows, Settings, SetupError, TransportError,
    affiliate::{
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::ListOffers,
    },
    job::{Action, ForeignTicket, Job, Moment, Options, Progress, Quota, Ticket},
    transport::Exchange,
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

    fn panicking(&self) -> Box<dyn AnyTransport> {
        Box::new(Blocking::<Panicking>::default())
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
        let mut run = self.run(YieldOnSend { job: self.jobs().call(call), has_sent: false });
        assert!(matches!(run.next(), Some(None)), "the call was not started");
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

struct Panicking;

impl Transport for Panicking {
    fn new(_: &Settings, _: &BaseUrl) -> Result<Self, SetupError> {
        Ok(Self)
    }

    fn exchange(&self, _: &Exchange) -> Result<Response, TransportError> {
        panic!("a bug in the transport")
    }
}

/// A job that also yields a `None` after each call that it starts. So whoever waits for items can drop the job while a
/// call is in flight.
struct YieldOnSend<J> {
    job: J,
    has_sent: bool,
}

impl<J: Job> Job for YieldOnSend<J> {
    type Item = Option<J::Item>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        if std::mem::take(&mut self.has_sent) {
            return Action::Item(None);
        }
        match self.job.next(now) {
            Action::Send(attempt) => {
                self.has_sent = true;
                Action::Send(attempt)
            }
            Action::Item(item) => Action::Item(Some(item)),
            Action::Wait { until } => Action::Wait { until },
            Action::Cancel(id) => Action::Cancel(id),
            Action::Quota(call) => Action::Quota(call),
            Action::Done => Action::Done,
        }
    }

    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket> {
        self.job.answered(ticket, now, answer)
    }

    fn stop(&mut self, now: Moment) {
        self.job.stop(now);
    }

    fn progress(&self) -> Progress {
        self.job.progress()
    }
}
