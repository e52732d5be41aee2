//! A program that shares a quota.

use std::{
    sync::mpsc::channel,
    thread,
    time::{Duration, Instant},
};

use offerslook_core::job::{OnReply, QuotaRequest, QuotaStore, Rate, StoreError, StoreReply};
use offerslook_quota_redis::{RedisSettings, RedisStore};

use crate::redis_server::RedisServer;

pub(crate) const NETWORK: &str = "https://acme.example";

pub(crate) fn rate(calls: u32, millis: u64) -> Rate {
    Rate::new(calls, Duration::from_millis(millis)).unwrap()
}

pub(crate) fn store(server: &RedisServer) -> RedisStore {
    RedisStore::new(server.url().parse::<RedisSettings>().unwrap()).unwrap()
}

/// One program's part in a quota, asked by hand.
pub(crate) struct Program {
    pub(crate) store: Box<dyn QuotaStore>,
}

impl Program {
    pub(crate) fn new(server: &RedisServer, rate: Rate) -> Self {
        Self { store: Box::new(store(server).handle(NETWORK, rate)) }
    }

    pub(crate) fn ask(&self, request: &QuotaRequest) -> Result<StoreReply, StoreError> {
        let (sender, receiver) = channel();
        let done: OnReply = Box::new(move |reply| sender.send(reply).unwrap());
        self.store.ask(request.clone(), Duration::from_secs(5), done);
        receiver.recv_timeout(Duration::from_secs(30)).expect("a reply")
    }

    /// Asks until the store is open, with ids from this one on. Returns the reply, the id, and how long it took.
    pub(crate) fn ask_when_open(&self, first: u64, want: u32) -> (StoreReply, u64, Duration) {
        let began = Instant::now();
        for id in first..first + 50 {
            match self.ask(&request(id, want)).unwrap() {
                StoreReply::Closed(time) => thread::sleep(time),
                reply => return (reply, id, began.elapsed()),
            }
        }
        panic!("it stays closed");
    }
}

/// How long a slot is held in these tests.
pub(crate) const HOLD: Duration = Duration::from_millis(300);

/// Returns a request that returns no slots.
pub(crate) fn request(id: u64, want: u32) -> QuotaRequest {
    QuotaRequest { id, want, ended: Vec::new(), pause: None, hold: HOLD }
}
