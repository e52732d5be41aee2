use std::pin::Pin;

use offerslook_core::{
    affiliate::{batches::TrackingLinkRow, offers::OfferRow},
    drive::{Blocking, Calls, Concurrent, Runtime, StopHandle},
    job::{BatchItem, Incomplete, Job},
};

use crate::signal::yield_now;

/// An item of a job for tracking links.
pub type LinkItem = BatchItem<TrackingLinkRow>;

/// An item of a listing of offers.
pub type OfferItem = Result<OfferRow, Incomplete>;

/// A future of the next item.
pub type NextItem<'a, T> = Pin<Box<dyn Future<Output = Option<T>> + 'a>>;

/// The items of a running job of any client, as an iterator. Dropping it drops the job.
pub struct Items<'a, T> {
    items: Box<dyn Iterator<Item = T> + 'a>,
    stopper: StopHandle,
}

impl<'a, T: 'a> Items<'a, T> {
    /// Returns the items of a blocking client.
    pub fn blocking<J, C>(run: Blocking<J, C>) -> Self
    where
        J: Job<Item = T> + 'a,
        C: Calls + 'a,
    {
        let stopper = run.stop_handle();
        Self { items: Box::new(run), stopper }
    }

    /// Returns the items of an async client; `block_on` waits for a future.
    pub fn concurrent<J, R>(
        run: Concurrent<J, R>,
        block_on: impl Fn(NextItem<'_, T>) -> Option<T> + 'a,
    ) -> Self
    where
        J: Job<Item = T> + 'a,
        R: Runtime + 'a,
    {
        let stopper = run.stop_handle();
        Self { items: Box::new(Polled { run: Some(run), block_on }), stopper }
    }

    pub(crate) fn stop_handle(&self) -> StopHandle {
        self.stopper.clone()
    }
}

impl<T> Iterator for Items<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.items.next()
    }
}

struct Polled<J: Job, R: Runtime, B: Fn(NextItem<'_, J::Item>) -> Option<J::Item>> {
    run: Option<Concurrent<J, R>>,
    block_on: B,
}

impl<J, R, B> Iterator for Polled<J, R, B>
where
    J: Job,
    R: Runtime,
    B: Fn(NextItem<'_, J::Item>) -> Option<J::Item>,
{
    type Item = J::Item;

    fn next(&mut self) -> Option<J::Item> {
        let run = self.run.as_mut()?;
        (self.block_on)(Box::pin(async {
            let item = run.next().await;
            if item.is_none() {
                yield_now().await;
            }
            item
        }))
    }
}

impl<J, R, B> Drop for Polled<J, R, B>
where
    J: Job,
    R: Runtime,
    B: Fn(NextItem<'_, J::Item>) -> Option<J::Item>,
{
    fn drop(&mut self) {
        let run = self.run.take();
        (self.block_on)(Box::pin(async {
            drop(run);
            yield_now().await;
            None
        }));
    }
}
