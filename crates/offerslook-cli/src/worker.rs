use std::{io, thread};

use tokio::{
    runtime::{Builder, Handle},
    sync::oneshot::{Sender, channel},
};

use crate::{failure::Failure, signals::Interrupt};

/// The thread for calls and signals, and the handling of signals.
///
/// Dropping it does not wait for what cannot be ended, such as a DNS lookup.
pub(crate) struct Worker {
    handle: Handle,
    interrupt: Interrupt,
    /// Dropped, it ends the thread.
    _running: Sender<()>,
}

impl Worker {
    /// Starts the thread. From here on signals are handled.
    pub(crate) fn start() -> Result<Self, Failure> {
        let (handle, running) =
            Self::spawn().map_err(|cause| Failure::not_possible("start a thread", &cause))?;
        let interrupt =
            Interrupt::listen(&handle).map_err(|cause| Failure::not_possible("listen to signals", &cause))?;
        Ok(Self { handle, interrupt, _running: running })
    }

    /// Runs a runtime on a thread of its own. A runtime that starts threads itself panics where none can be had.
    fn spawn() -> io::Result<(Handle, Sender<()>)> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (running, ended) = channel();
        thread::Builder::new().name("worker".to_owned()).spawn(move || {
            let _ = runtime.block_on(ended);
            runtime.shutdown_background();
        })?;
        Ok((handle, running))
    }

    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }

    pub(crate) fn interrupt(&self) -> &Interrupt {
        &self.interrupt
    }
}
