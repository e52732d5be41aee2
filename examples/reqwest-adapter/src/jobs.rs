use std::{
    pin::Pin,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use offerslook_core::{
    Delivery, Endpoint, Error, OfferId, Request, Response, StopCause, TransportError, TransportKind,
    affiliate::{batches::GetTrackingLinks, offers::ListOffers},
    drive::{Concurrent, Runtime},
    job::{Batch, Job, Listing, Moment},
};
use tokio::{
    task::JoinHandle,
    time::{Sleep, sleep_until},
};

use crate::Client;

/// The items of a running job: a stream. Dropping it ends its calls.
pub type Run<J> = Concurrent<J, Tokio>;

impl Client {
    /// Makes one call, inside the quota, again where that may help and is allowed.
    ///
    /// # Errors
    /// As [`ErrorClass`](offerslook_core::ErrorClass) sorts the answers.
    pub async fn send<E: Endpoint>(&self, call: &E) -> Result<E::Output, Error> {
        // The one item of a call is its result.
        self.run(self.jobs().call(call)).next().await.unwrap_or(Err(Error::Stopped(StopCause::Requested)))
    }

    /// The tracking links of any number of offers.
    pub fn links<I: IntoIterator<Item = OfferId>>(
        &self,
        ids: I,
    ) -> Run<Batch<GetTrackingLinks, I::IntoIter>> {
        self.run(self.jobs().links(ids))
    }

    /// All offers that this call lists. Where the list is not complete, the last item says so.
    pub fn offers(&self, which: ListOffers) -> Run<Listing<ListOffers>> {
        self.run(self.jobs().offers(which))
    }

    /// Runs a job. Its calls are tasks of their own.
    pub fn run<J: Job>(&self, job: J) -> Run<J> {
        Concurrent::new(job, Tokio { client: self.clone() })
    }
}

/// The runtime, as a job's driver sees it.
pub struct Tokio {
    client: Client,
}

impl Runtime for Tokio {
    type Call = Spawned;
    type Sleep = Sleep;

    fn now(&self) -> Moment {
        Moment::after_epoch(self.client.epoch.elapsed())
    }

    fn start(&mut self, request: Request, _timeout: Duration) -> Spawned {
        let client = self.client.clone();
        Spawned(tokio::spawn(async move { client.execute(request).await }))
    }

    fn sleep_until(&mut self, moment: Moment) -> Sleep {
        // What is beyond the clock is as good as never; the job asks again.
        let until = self.client.epoch.checked_add(moment.since_epoch());
        sleep_until(until.unwrap_or_else(|| Instant::now() + A_DAY).into())
    }
}

const A_DAY: Duration = Duration::from_hours(24);

/// A call in a task of its own, which ends when this is dropped.
pub struct Spawned(JoinHandle<Result<Response, TransportError>>);

impl Future for Spawned {
    type Output = Result<Response, TransportError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(|joined| {
            joined.unwrap_or_else(|error| {
                Err(TransportError::new(TransportKind::NeverAnswered, Delivery::Unknown).with_source(error))
            })
        })
    }
}

impl Drop for Spawned {
    fn drop(&mut self) {
        self.0.abort();
    }
}
