use offerslook_core::{
    Account, OfferId, SetupError,
    affiliate::batches::TrackingLinkRow,
    drive::{Blocking, Calls, ProgressHandle, StopHandle},
    job::{BatchItem, Job, Options, Progress},
};
use offerslook_transport_hyper as on_hyper;
use offerslook_transport_ureq as on_ureq;
use tokio::runtime::Handle;

use crate::cli::Transport;

/// A run of either transport, an item at a time.
pub(crate) trait Running: Iterator<Item = BatchItem<TrackingLinkRow>> {
    fn stop_handle(&self) -> StopHandle;
    fn progress_handle(&self) -> ProgressHandle;
    fn progress(&self) -> Progress;
}

/// Asks for the links of these offers.
///
/// # Errors
/// Where the client cannot be built.
pub(crate) fn start<'run>(
    transport: Transport,
    worker: &'run Handle,
    account: Account,
    options: Options,
    ids: Vec<OfferId>,
) -> Result<Box<dyn Running + 'run>, SetupError> {
    Ok(match transport {
        Transport::Hyper => {
            let run = on_hyper::Client::with_options(account, options)?.links(ids);
            Box::new(OnWorker { worker, run })
        }
        Transport::Ureq => Box::new(on_ureq::Client::with_options(account, options)?.links(ids)),
    })
}

impl<J: Job<Item = BatchItem<TrackingLinkRow>>, C: Calls> Running for Blocking<J, C> {
    fn stop_handle(&self) -> StopHandle {
        self.stop_handle()
    }

    fn progress_handle(&self) -> ProgressHandle {
        self.progress_handle()
    }

    fn progress(&self) -> Progress {
        self.progress()
    }
}

/// A stream, waited for.
struct OnWorker<'run, J> {
    worker: &'run Handle,
    run: on_hyper::Run<J>,
}

impl<J: Job + Unpin> Iterator for OnWorker<'_, J> {
    type Item = J::Item;

    fn next(&mut self) -> Option<J::Item> {
        self.worker.block_on(self.run.next())
    }
}

impl<J: Job<Item = BatchItem<TrackingLinkRow>> + Unpin> Running for OnWorker<'_, J> {
    fn stop_handle(&self) -> StopHandle {
        self.run.stop_handle()
    }

    fn progress_handle(&self) -> ProgressHandle {
        self.run.progress_handle()
    }

    fn progress(&self) -> Progress {
        self.run.progress()
    }
}
