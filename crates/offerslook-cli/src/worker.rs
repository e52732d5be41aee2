use std::io;

use tokio::runtime::{Builder, Handle, Runtime};

/// A thread of its own for what goes on beside the rows: calls and signals. Dropped, it does not wait for what
/// cannot be ended, such as the look-up of a name.
pub(crate) struct Worker {
    runtime: Option<Runtime>,
    handle: Handle,
}

impl Worker {
    pub(crate) fn start() -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let handle = runtime.handle().clone();
        Ok(Self { runtime: Some(runtime), handle })
    }

    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
