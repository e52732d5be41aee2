use std::{ops::Range, thread};

use offerslook_sandbox::Sandbox;
use offerslook_transport_hyper as on_hyper;
use offerslook_transport_ureq as on_ureq;
use tokio::runtime::Builder;

use super::{
    Scale,
    leftovers::until,
    outcomes::{Check, Outcomes},
    service::{account, options},
};

/// One client under load.
pub(super) struct Round<'s> {
    pub(super) sandbox: &'s Sandbox,
    pub(super) scale: &'s Scale,
}

impl Round<'_> {
    /// All streams of one async client. Its tasks are gone before the runtime is.
    pub(super) fn hyper(&self) -> Outcomes {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let client = on_hyper::Client::builder(account(self.sandbox)).options(options()).build().unwrap();
        let outcomes = runtime.block_on(async {
            let streams: Vec<_> = self
                .shares(self.scale.streams)
                .map(|ids| {
                    let client = client.clone();
                    tokio::spawn(async move {
                        let mut check = Check::of(ids);
                        let mut run = client.links(check.ids());
                        while let Some(item) = run.next().await {
                            check.take(item);
                        }
                        check.finish()
                    })
                })
                .collect();
            let mut outcomes = Outcomes::default();
            for stream in streams {
                outcomes += stream.await.unwrap();
            }
            outcomes
        });
        drop(client);
        until(|| match runtime.metrics().num_alive_tasks() {
            0 => Ok(()),
            tasks => Err(format!("{tasks} tasks are left")),
        });
        outcomes
    }

    /// All threads with one blocking client.
    pub(super) fn ureq(&self) -> Outcomes {
        let client = on_ureq::Client::builder(account(self.sandbox)).options(options()).build().unwrap();
        thread::scope(|scope| {
            let threads: Vec<_> = self
                .shares(self.scale.threads)
                .map(|ids| {
                    let client = &client;
                    scope.spawn(move || {
                        let mut check = Check::of(ids);
                        client.links(check.ids()).for_each(|item| check.take(item));
                        check.finish()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        })
    }

    /// The ids of the round, in so many parts.
    fn shares(&self, parts: u64) -> impl Iterator<Item = Range<u64>> + use<> {
        let ids = self.scale.ids;
        let bound = move |part| 1 + ids * part / parts;
        (0..parts).map(move |part| bound(part)..bound(part + 1))
    }
}
