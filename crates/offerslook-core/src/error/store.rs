use std::sync::Arc;

use super::ErrorClass;

/// The store of a shared quota did not do what it was asked for.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the store of the quota {}: {description}", .kind.verb())]
pub struct StoreError {
    kind: StoreErrorKind,
    description: Arc<str>,
}

/// The kind of a [`StoreError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// The store cannot be reached, or did not reply in time. The same request may succeed later.
    Unreachable,
    /// The store cannot be used as it is set up.
    Unusable,
    /// The service asked another program on the store for a longer pause than a job waits for.
    PausedTooLong,
}

impl StoreErrorKind {
    fn verb(self) -> &'static str {
        match self {
            Self::Unreachable => "cannot be reached",
            Self::Unusable => "cannot be used",
            Self::PausedTooLong => "is paused",
        }
    }
}

impl StoreError {
    /// Creates an error of this kind with this description, which must not hold a secret.
    pub fn new(kind: StoreErrorKind, description: impl Into<Arc<str>>) -> Self {
        Self { kind, description: description.into() }
    }

    /// Creates the error of a driver that knows no store.
    #[must_use]
    pub fn unsupported() -> Self {
        Self::new(StoreErrorKind::Unusable, "this driver supports no store")
    }

    /// Returns the kind.
    #[must_use]
    pub fn kind(&self) -> StoreErrorKind {
        self.kind
    }

    pub(super) fn class(&self) -> Option<ErrorClass> {
        match self.kind {
            StoreErrorKind::Unreachable => Some(ErrorClass::Transient),
            StoreErrorKind::Unusable => None,
            StoreErrorKind::PausedTooLong => Some(ErrorClass::RateLimited),
        }
    }

    pub(super) fn advice(&self) -> &'static str {
        match self.kind {
            StoreErrorKind::Unreachable => {
                "Check that the store runs and that its address is right, and try again."
            }
            StoreErrorKind::Unusable => "Correct the settings of the store of the quota.",
            StoreErrorKind::PausedTooLong => "Wait for as long as the service asked for.",
        }
    }
}
