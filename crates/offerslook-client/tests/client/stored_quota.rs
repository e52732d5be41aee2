//! Both clients on a quota in a store.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use offerslook_client::{Client, Tokio, Transport, blocking};
use offerslook_core::{
    BaseUrl, Error, Settings, SetupError,
    job::{
        Fallback, OnReply, Quota, QuotaRequest, QuotaStore, Rate, SlotEnd, SlotId, StoreError,
        StoreErrorKind, StoreReply,
    },
    transport::Exchange,
};

use crate::{Answer, account, links, rows};

/// What became of each slot that was granted; `None` while it is held.
type Slots = Arc<Mutex<BTreeMap<SlotId, Option<SlotEnd>>>>;

/// A store that grants whatever is wanted, from another thread.
#[derive(Clone, Default)]
struct Generous {
    slots: Slots,
    error: Option<StoreErrorKind>,
}

impl QuotaStore for Generous {
    fn ask(&self, request: QuotaRequest, _: Duration, done: OnReply) {
        let store = self.clone();
        thread::spawn(move || {
            if let Some(kind) = store.error {
                return done(Err(StoreError::new(kind, "out of order")));
            }
            let mut slots = store.slots.lock().unwrap();
            for ended in request.ended {
                assert!(slots.insert(ended.slot, Some(ended.end)).is_some_and(|before| before.is_none()));
            }
            let granted = (0..request.want).map(|index| (SlotId { request: request.id, index }, None));
            slots.extend(granted);
            drop(slots);
            done(Ok(StoreReply::Granted { slots: request.want, next: Duration::ZERO }));
        });
    }
}

/// A transport with a link for each id that is asked for.
struct Rows;

impl Transport for Rows {
    type Runtime = Tokio;

    fn new(_: &Settings, _: &BaseUrl) -> Result<Self, SetupError> {
        Ok(Self)
    }

    async fn exchange(&self, exchange: &Exchange) -> Answer {
        rows(exchange)
    }
}

impl blocking::Transport for Rows {
    fn new(_: &Settings, _: &BaseUrl) -> Result<Self, SetupError> {
        Ok(Self)
    }

    fn exchange(&self, exchange: &Exchange) -> Answer {
        rows(exchange)
    }
}

fn blocking_client(store: &Generous) -> blocking::Client<Rows> {
    let quota = Quota::stored(Rate::DOCUMENTED, store.clone(), Fallback::Wait);
    blocking::Client::builder(account()).quota(quota).build().unwrap()
}

fn client(store: &Generous) -> Client<Rows> {
    let quota = Quota::stored(Rate::DOCUMENTED, store.clone(), Fallback::Wait);
    Client::builder(account()).quota(quota).build().unwrap()
}

/// Checks that every slot was returned, and counts those that were used.
fn used(slots: &Slots) -> usize {
    let slots = slots.lock().unwrap();
    assert!(slots.values().all(|end| matches!(end, Some(SlotEnd::Answered | SlotEnd::Unused))), "{slots:?}");
    slots.values().filter(|end| **end == Some(SlotEnd::Answered)).count()
}

#[test]
fn the_blocking_client_returns_every_slot() {
    let store = Generous::default();
    let client = blocking_client(&store);
    assert_eq!(client.links(1..=2_000_u64).filter(|item| matches!(item, Ok((_, Ok(_))))).count(), 2_000);
    assert_eq!(used(&store.slots), 20);
    client.send(&links()).unwrap();
    assert_eq!(used(&store.slots), 21);
}

#[tokio::test]
async fn the_async_client_returns_every_slot() {
    let store = Generous::default();
    let client = client(&store);
    let mut all = client.links(1..=2_000_u64);
    let mut found = 0;
    while let Some((_, link)) = all.try_next().await.unwrap() {
        found += usize::from(link.is_ok());
    }
    assert_eq!((found, used(&store.slots)), (2_000, 20));
    client.send(&links()).await.unwrap();
    assert_eq!(used(&store.slots), 21);
}

#[tokio::test]
async fn a_store_that_cannot_be_used_is_the_error_of_the_call() {
    for kind in [StoreErrorKind::Unreachable, StoreErrorKind::Unusable] {
        let store = Generous { error: Some(kind), ..Generous::default() };
        let errors = [
            blocking_client(&store).send(&links()).unwrap_err(),
            client(&store).send(&links()).await.unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(&error, Error::QuotaStore(error) if error.kind() == kind), "{error}");
            assert!(error.to_string().contains("out of order"), "{error}");
        }
    }
}
