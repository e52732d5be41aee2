use offerslook_client::Transport;
use offerslook_core::{
    drive::{Blocking, BlockingCalls, ProgressHandle, StopHandle},
    job::Job,
};
use tokio::runtime::Handle;

/// A run of either transport, an item at a time.
pub(super) trait Driver: Iterator {
    fn stop_handle(&self) -> StopHandle;
    fn progress_handle(&self) -> ProgressHandle;
}

impl<J: Job, C: BlockingCalls> Driver for Blocking<J, C> {
    fn stop_handle(&self) -> StopHandle {
        self.stop_handle()
    }

    fn progress_handle(&self) -> ProgressHandle {
        self.progress_handle()
    }
}

/// An async run whose items are waited for.
pub(super) struct OnWorker<J, T: Transport> {
    pub(super) worker: Handle,
    pub(super) run: offerslook_client::Run<J, T>,
}

impl<J: Job, T: Transport> Iterator for OnWorker<J, T> {
    type Item = J::Item;

    fn next(&mut self) -> Option<J::Item> {
        self.worker.block_on(self.run.next())
    }
}

impl<J: Job, T: Transport> Driver for OnWorker<J, T> {
    fn stop_handle(&self) -> StopHandle {
        self.run.stop_handle()
    }

    fn progress_handle(&self) -> ProgressHandle {
        self.run.progress_handle()
    }
}
