use std::io;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::{failure::Failure, signals::Interrupt};

/// The thread for calls and signals, and the handling of signals.
///
/// Dropping it does not wait for what cannot be ended, such as a DNS lookup.
pub(crate) struct Worker {
    runtime: Option<Runtime>,
    handle: Handle,
    interrupt: Interrupt,
}

impl Worker {
    /// Starts the thread. From here on signals are handled.
    ///
    /// # Errors
    /// If the system does not allow it.
    pub(crate) fn start() -> Result<Self, Failure> {
        let runtime = Self::runtime().map_err(|cause| Failure::not_possible("start a thread", &cause))?;
        let handle = runtime.handle().clone();
        let interrupt =
            Interrupt::listen(&handle).map_err(|cause| Failure::not_possible("listen to signals", &cause))?;
        Ok(Self { runtime: Some(runtime), handle, interrupt })
    }

    fn runtime() -> io::Result<Runtime> {
        Builder::new_multi_thread().worker_threads(1).enable_all().build()
    }

    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }

    pub(crate) fn interrupt(&self) -> &Interrupt {
        &self.interrupt
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
