//! The core in a runtime that none of our adapters knows: smol.
//!
//! All that the core needs is a clock, a way to start a call and a way to wait. This example has no TLS, so it
//! calls the sandbox on this machine: `cargo run -p embed-smol`.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

mod connection;

use std::{
    pin::Pin,
    time::{Duration, Instant},
};

use offerslook_core::{
    Account, BaseUrl, Credentials, OfferId, Request, Response, TransportError,
    affiliate::batches::GetTrackingLinks,
    drive::{Concurrent, Runtime},
    job::{Batch, BatchItem, Moment, Options, Outcome, Quota},
};
use offerslook_sandbox::{Sandbox, SandboxConfig};
use smol::{Task, Timer};

/// smol, as the core sees it.
struct Smol {
    epoch: Instant,
}

impl Runtime for Smol {
    /// A task makes progress by itself, and ends when it is dropped.
    type Call = Task<Result<Response, TransportError>>;
    type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

    fn now(&self) -> Moment {
        Moment::after_epoch(self.epoch.elapsed())
    }

    fn start(&mut self, request: Request, timeout: Duration) -> Self::Call {
        smol::spawn(connection::call(request, timeout))
    }

    fn sleep_until(&mut self, moment: Moment) -> Self::Sleep {
        let wait = moment.since(self.now());
        Box::pin(async move {
            Timer::after(wait).await;
        })
    }
}

fn main() -> anyhow::Result<()> {
    let sandbox = Sandbox::start(SandboxConfig::default())?;
    let base_url: BaseUrl = sandbox.base_url().parse()?;
    let account = Account::new(base_url, Credentials::affiliate(sandbox.email(), sandbox.api_key())?);

    let options = Options::default();
    let quota = Quota::new(options.quota);
    let ids = [16, 102, 999_999].into_iter().filter_map(OfferId::new);
    let batch = Batch::<GetTrackingLinks, _>::new(account, ids, options, quota, 1);

    smol::block_on(async {
        let mut items = Concurrent::new(batch, Smol { epoch: Instant::now() });
        while let Some(item) = items.next().await {
            match item {
                BatchItem::Outcome { id, outcome: Outcome::Found(row) } => println!("{id} {:?}", row.url),
                BatchItem::Outcome { id, outcome } => println!("{id} {outcome:?}"),
                BatchItem::Notice(notice) => println!("notice: {notice:?}"),
                _ => {}
            }
        }
    });
    Ok(())
}
