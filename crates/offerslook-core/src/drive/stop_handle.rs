use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Stops a running job from elsewhere: from the handler of Ctrl-C, say. What has no outcome yet then gets
/// one that says so. Stopping twice is stopping once.
#[derive(Clone)]
pub struct StopHandle(Arc<Shared>);

struct Shared {
    asked: AtomicBool,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl StopHandle {
    pub(super) fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(Shared { asked: AtomicBool::new(false), wake: Box::new(wake) }))
    }

    /// Asks the job to stop.
    pub fn stop(&self) {
        self.0.asked.store(true, Ordering::Release);
        (self.0.wake)();
    }

    pub(super) fn is_asked(&self) -> bool {
        self.0.asked.load(Ordering::Acquire)
    }
}

impl fmt::Debug for StopHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StopHandle").field("asked", &self.is_asked()).finish()
    }
}
