use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use crate::job::Progress;

/// Tells how far a running job is, from elsewhere and at any time: also while the job waits.
#[derive(Clone, Default)]
pub struct ProgressHandle(Arc<Mutex<Progress>>);

impl ProgressHandle {
    /// How far the job was when it last had something to do.
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
