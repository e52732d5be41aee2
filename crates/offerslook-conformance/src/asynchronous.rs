use std::{future::poll_fn, marker::PhantomData, pin::Pin};

use futures_core::Stream;
use offerslook_client::{Client, Run, Transport};
use offerslook_core::{
    Account, Error, OfferId, Request, Rows, SetupError,
    affiliate::{
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::ListOffers,
    },
    job::{Job, Options, Quota},
};
use tokio::runtime::{Builder, Runtime};

use crate::{
    any_transport::{AnyClient, AnyTransport, Items, LinkItem, OfferItem, without_authority},
    expect::Outcome,
    signal::{Signal, yield_now},
};

/// What a transport's futures run on: it waits for a future, and runs tasks meanwhile at least.
pub trait Executor {
    /// Runs a future to its end.
    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + '_>>);
}

impl Executor for Runtime {
    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + '_>>) {
        Runtime::block_on(self, future);
    }
}

fn wait_for<T>(executor: &dyn Executor, future: impl Future<Output = T>) -> T {
    let mut output = None;
    executor.block_on(Box::pin(async { output = Some(future.await) }));
    output.expect("an executor runs a future to its end")
}

/// A transport of the async client.
pub struct Async<T> {
    executor: fn() -> Box<dyn Executor>,
    transport: PhantomData<fn() -> T>,
}

impl<T> Async<T> {
    /// A transport that runs on other executors, one for each client.
    #[must_use]
    pub fn on(executor: fn() -> Box<dyn Executor>) -> Self {
        Self { executor, transport: PhantomData }
    }
}

/// On tokio's current-thread runtime. It runs only while a call is waited for, so a transport learns of what happened
/// to an idle connection with the next call.
impl<T> Default for Async<T> {
    fn default() -> Self {
        Self::on(|| Box::new(Builder::new_current_thread().enable_all().build().unwrap()))
    }
}

impl<T: Transport> AnyTransport for Async<T> {
    fn client_with_quota(
        &self,
        account: Account,
        options: Options,
        quota: Quota,
    ) -> Result<Box<dyn AnyClient>, SetupError> {
        let builder = || Client::<T>::builder(account.clone()).options(options.clone()).quota(quota.clone());
        let client = match builder().build() {
            Ok(client) => client,
            Err(error) => {
                builder().build_with(T::new(&without_authority(error, &options)?, account.base_url())?)
            }
        };
        Ok(Box::new(AsyncClient { client, executor: (self.executor)() }))
    }

    fn is_async(&self) -> bool {
        true
    }
}

struct AsyncClient<T: Transport> {
    client: Client<T>,
    executor: Box<dyn Executor>,
}

impl<T: Transport> AsyncClient<T> {
    fn items<'a, J>(&'a self, run: Run<J, T>) -> Items<'a, J::Item>
    where
        J: Job + 'a,
        Run<J, T>: Stream<Item = J::Item>,
    {
        let stop = run.stop_handle();
        Items::new(Polled { run: Some(Box::pin(run)), executor: &*self.executor }, stop)
    }
}

impl<T: Transport> AnyClient for AsyncClient<T> {
    fn execute(&self, request: Request) -> Outcome {
        wait_for(&*self.executor, async {
            let outcome = self.client.execute(request).await;
            yield_now().await;
            outcome
        })
    }

    fn send_until(
        &self,
        signal: Signal,
        call: &GetTrackingLinks,
    ) -> Option<Result<Rows<TrackingLinkRow>, Error>> {
        wait_for(&*self.executor, signal.cancel(self.client.send(call)))
    }

    fn links(&self, ids: Vec<OfferId>) -> Items<'_, LinkItem> {
        self.items(self.client.links(ids))
    }

    fn offers(&self, call: ListOffers) -> Items<'_, OfferItem> {
        self.items(self.client.offers(call))
    }
}

struct Polled<'a, T> {
    run: Option<Pin<Box<dyn Stream<Item = T> + 'a>>>,
    executor: &'a dyn Executor,
}

impl<T> Iterator for Polled<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let run = self.run.as_mut()?;
        wait_for(self.executor, async {
            let item = poll_fn(|context| run.as_mut().poll_next(context)).await;
            if item.is_none() {
                yield_now().await;
            }
            item
        })
    }
}

impl<T> Drop for Polled<'_, T> {
    fn drop(&mut self) {
        let run = self.run.take();
        wait_for(self.executor, async {
            drop(run);
            yield_now().await;
        });
    }
}
