//! What the scheduler promises, checked from outside: from what the jobs do, what the server did, and what the drivers
//! report.

mod calls;
mod certainty;
mod lists;
mod outcomes;
mod quota;

use std::fmt;

pub(super) use calls::{Answer, Calls};
pub use certainty::{Certainty, RULES, Rule};
pub(super) use lists::Lists;
pub(super) use outcomes::Outcomes;
pub(super) use quota::QuotaModel;

/// A promise that was not kept.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The promise: its number in the list of the scheduler's promises, or a word.
    pub promise: &'static str,
    /// What happened instead.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "promise {} is broken: {}", self.promise, self.what)
    }
}

/// Fails unless the condition holds.
pub(super) fn check(
    holds: bool,
    promise: &'static str,
    what: impl FnOnce() -> String,
) -> Result<(), Violation> {
    if holds { Ok(()) } else { Err(Violation { promise, what: what() }) }
}
