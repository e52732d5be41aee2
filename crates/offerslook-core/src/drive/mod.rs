//! The two loops that run a [`Job`](crate::job::Job): one that blocks and one that is polled. Neither knows
//! a runtime: what they need of one is a handful of functions.

mod blocking;
mod concurrent;
mod stopper;

pub use blocking::{Blocking, Calls, Woken};
pub use concurrent::{Concurrent, Runtime};
pub use stopper::Stopper;
