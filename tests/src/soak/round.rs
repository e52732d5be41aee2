use std::{ops::Range, thread};

use offerslook_sandbox::Sandbox;
use tokio::runtime::Builder;

use super::{
    Scale,
    fixtures::{account, options, quota},
    outcomes::{Check, Outcomes},
    resources::wait_until,
};

/// One client under load.
pub(super) struct Round<'s> {
    pub(super) sandbox: &'s Sandbox,
    pub(super) scale: &'s Scale,
}

impl Round<'_> {
    /// Runs all streams of one async client. Its tasks must end before the runtime does.
    pub(super) fn hyper(&self) -> Outcomes {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let client = offerslook_transport_hyper::Client::builder(account(self.sandbox));
        let client = client.options(options()).quota(quota()).build().unwrap();
        let outcomes = runtime.block_on(async {
            let streams: Vec<_> = self
                .shares(self.scale.streams)
                .map(|ids| {
                    let client = client.clone();
                    tokio::spawn(async move {
                        let mut check = Check::new(ids);
                        let mut run = client.links(check.ids());
                        while let Some(item) = run.next().await {
                            check.item(item);
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
        wait_until(|| match runtime.metrics().num_alive_tasks() {
            0 => Ok(()),
            tasks => Err(format!("leaked: {tasks} tasks")),
        });
        outcomes
    }

    /// Runs all threads with one blocking client.
    pub(super) fn ureq(&self) -> Outcomes {
        let client = offerslook_transport_ureq::Client::builder(account(self.sandbox));
        let client = client.options(options()).quota(quota()).build().unwrap();
        thread::scope(|scope| {
            let threads: Vec<_> = self
                .shares(self.scale.threads)
                .map(|ids| {
                    let client = &client;
                    scope.spawn(move || {
                        let mut check = Check::new(ids);
                        client.links(check.ids()).for_each(|item| check.item(item));
                        check.finish()
                    })
                })
                .collect();
            let mut outcomes = Outcomes::default();
            for thread in threads {
                outcomes += thread.join().unwrap();
            }
            outcomes
        })
    }

    /// The ids of the round, in this many parts.
    fn shares(&self, parts: u64) -> impl Iterator<Item = Range<u64>> + use<> {
        let ids = self.scale.ids;
        let bound = move |part| 1 + ids * part / parts;
        (0..parts).map(move |part| bound(part)..bound(part + 1))
    }
}
