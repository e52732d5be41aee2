use std::{
    io,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::runtime::Handle;

use crate::exit::Exit;

/// Whether somebody asked the process to end.
#[derive(Clone, Default)]
pub(crate) struct StopAsked(Arc<AtomicBool>);

impl StopAsked {
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// From here on Ctrl-C and a request to terminate stop the run; a second one ends the process at once, the
/// leftover file being removed.
pub(crate) fn watch(
    worker: &Handle,
    stop: impl Fn() + Send + 'static,
    leftover: Option<PathBuf>,
) -> io::Result<StopAsked> {
    let stop_asked = StopAsked::default();
    let asked = stop_asked.clone();
    let _entered = worker.enter();
    let mut signals = Signals::listen()?;
    worker.spawn(async move {
        signals.next().await;
        asked.0.store(true, Ordering::Release);
        stop();
        signals.next().await;
        if let Some(leftover) = leftover {
            let _ = std::fs::remove_file(leftover);
        }
        std::process::exit(Exit::Interrupted.code().into());
    });
    Ok(stop_asked)
}

#[cfg(unix)]
struct Signals([tokio::signal::unix::Signal; 2]);

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self([signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?]))
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
