use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::job::Progress;

/// Reads the progress of a running job from elsewhere, at any time: also while the job waits.
#[derive(Clone, Default)]
pub struct ProgressHandle(Arc<Mutex<Progress>>);

impl ProgressHandle {
    /// Returns the progress as of the job's last step.
    #[must_use]
    pub fn progress(&self) -> Progress {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set(&self, progress: Progress) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = progress;
    }
}

impl fmt::Debug for ProgressHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ProgressHandle").field(&self.progress()).finish()
    }
}

/// Stops a running job from elsewhere: from the handler of Ctrl-C, for example.
///
/// The calls in flight are cancelled, and whatever has no outcome yet gets one that says so. Stopping twice is the same
/// as stopping once.
#[derive(Clone)]
pub struct StopHandle(Arc<Shared>);

struct Shared {
    is_requested: AtomicBool,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl StopHandle {
    pub(super) fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(Shared { is_requested: AtomicBool::new(false), wake: Box::new(wake) }))
    }

    /// Requests the job to stop.
    pub fn stop(&self) {
        self.0.is_requested.store(true, Ordering::Release);
        (self.0.wake)();
    }

    pub(super) fn is_requested(&self) -> bool {
        self.0.is_requested.load(Ordering::Acquire)
    }
}

impl fmt::Debug for StopHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StopHandle").field("is_requested", &self.is_requested()).finish()
    }
}
