use std::pin::Pin;

use offerslook_core::{
    affiliate::batches::TrackingLinkRow,
    drive::{Blocking, Calls, Concurrent, Runtime, Stopper},
    job::{BatchItem, Job},
};

use crate::give_way::GiveWay;

/// What a job for tracking links hands out.
pub type LinkItem = BatchItem<TrackingLinkRow>;

/// The next item, where items are waited for with futures.
pub type NextItem<'a> = Pin<Box<dyn Future<Output = Option<LinkItem>> + 'a>>;

/// A running job for tracking links, of whatever adapter: an iterator. Dropping it drops the job.
pub struct Links<'a> {
    items: Box<dyn Iterator<Item = LinkItem> + 'a>,
    stopper: Stopper,
}

impl<'a> Links<'a> {
    /// One that blocks.
    pub fn blocking<J, C>(run: Blocking<J, C>) -> Self
    where
        J: Job<Item = LinkItem> + 'a,
        C: Calls + 'a,
    {
        let stopper = run.stopper();
        Self { items: Box::new(run), stopper }
    }

    /// One that is polled, with a way to wait for a future.
    pub fn concurrent<J, R>(
        run: Concurrent<J, R>,
        block_on: impl Fn(NextItem<'_>) -> Option<LinkItem> + 'a,
    ) -> Self
    where
        J: Job<Item = LinkItem> + 'a,
        R: Runtime + 'a,
    {
        let stopper = run.stopper();
        Self { items: Box::new(Polled { run: Some(run), block_on }), stopper }
    }

    pub(crate) fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }
}

impl Iterator for Links<'_> {
    type Item = LinkItem;

    fn next(&mut self) -> Option<LinkItem> {
        self.items.next()
    }
}

struct Polled<J: Job<Item = LinkItem>, R: Runtime, B: Fn(NextItem<'_>) -> Option<LinkItem>> {
    run: Option<Concurrent<J, R>>,
    block_on: B,
}

impl<J, R, B> Iterator for Polled<J, R, B>
where
    J: Job<Item = LinkItem>,
    R: Runtime,
    B: Fn(NextItem<'_>) -> Option<LinkItem>,
{
    type Item = LinkItem;

    fn next(&mut self) -> Option<LinkItem> {
        let run = self.run.as_mut()?;
        (self.block_on)(Box::pin(async {
            let item = run.next().await;
            if item.is_none() {
                GiveWay::default().await;
            }
            item
        }))
    }
}

impl<J, R, B> Drop for Polled<J, R, B>
where
    J: Job<Item = LinkItem>,
    R: Runtime,
    B: Fn(NextItem<'_>) -> Option<LinkItem>,
{
    fn drop(&mut self) {
        let run = self.run.take();
        (self.block_on)(Box::pin(async {
            drop(run);
            GiveWay::default().await;
            None
        }));
    }
}
