use std::{
    io,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Instant,
};

use tempfile::NamedTempFile;
use tokio::runtime::Handle;

use crate::exit::Exit;

/// Handles Ctrl-C, a request to terminate and a closed terminal.
///
/// The first one stops the job that is running. Without a job, and the second time, the process ends at once and leaves
/// no temporary file behind.
#[derive(Clone)]
pub(crate) struct Interrupt(Arc<Shared>);

#[derive(Default)]
struct Shared {
    requested: OnceLock<Instant>,
    stop: Mutex<Option<Box<dyn Fn() + Send>>>,
    leftover: Mutex<Option<PathBuf>>,
}

/// While it lives, the first signal stops a job instead of ending the process.
pub(crate) struct Interruptible(Interrupt);

impl Interrupt {
    /// Starts to handle signals, as tasks of this runtime.
    pub(crate) fn listen(worker: &Handle) -> io::Result<Self> {
        let interrupt = Self(Arc::default());
        let handler = interrupt.clone();
        let _entered = worker.enter();
        let mut signals = Signals::listen()?;
        worker.spawn(async move {
            loop {
                signals.next().await;
                handler.interrupt();
            }
        });
        Ok(interrupt)
    }

    /// Stops this job at the first signal, or at once if there was one.
    pub(crate) fn stops(&self, stop: impl Fn() + Send + 'static) -> Interruptible {
        if self.is_requested() {
            stop();
        }
        *lock(&self.0.stop) = Some(Box::new(stop));
        Interruptible(self.clone())
    }

    pub(crate) fn is_requested(&self) -> bool {
        self.requested().is_some()
    }

    /// Returns when the first signal came.
    pub(crate) fn requested(&self) -> Option<Instant> {
        self.0.requested.get().copied()
    }

    /// Creates a temporary file that is removed if the process ends at once. It does not end in between.
    pub(crate) fn temporary(
        &self,
        create: impl FnOnce() -> io::Result<NamedTempFile>,
    ) -> io::Result<NamedTempFile> {
        let mut leftover = lock(&self.0.leftover);
        let file = create()?;
        *leftover = Some(file.path().to_owned());
        Ok(file)
    }

    fn interrupt(&self) {
        let stop = lock(&self.0.stop);
        match &*stop {
            Some(stop) if self.0.requested.set(Instant::now()).is_ok() => stop(),
            _ => {
                // Held to the end, so that no file is created now.
                let mut leftover = lock(&self.0.leftover);
                if let Some(leftover) = leftover.take() {
                    let _ = std::fs::remove_file(leftover);
                }
                std::process::exit(Exit::Interrupted.code().into());
            }
        }
    }
}

impl Drop for Interruptible {
    fn drop(&mut self) {
        *lock(&self.0.0.stop) = None;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
struct Signals(Vec<tokio::signal::unix::Signal>);

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let mut signals = vec![signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
        // `nohup` ignores it, and a run is to go on then.
        if !is_ignored(SignalKind::hangup()) {
            signals.push(signal(SignalKind::hangup())?);
        }
        Ok(Self(signals))
    }

    async fn next(&mut self) {
        std::future::poll_fn(|context| {
            if self.0.iter_mut().any(|signal| signal.poll_recv(context).is_ready()) {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
    }
}

/// Whether the parent process had this signal ignored, as far as the system tells.
#[cfg(unix)]
fn is_ignored(kind: tokio::signal::unix::SignalKind) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    mask.checked_shr(kind.as_raw_value().unsigned_abs().saturating_sub(1)).is_some_and(|mask| mask & 1 == 1)
}

#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn listen() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) {
        self.0.recv().await;
    }
}
