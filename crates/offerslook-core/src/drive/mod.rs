//! The two loops that run a [`Job`](crate::job::Job): one that blocks and one that is polled. Neither knows
//! a runtime: what they need of one is a handful of functions.

mod blocking;
mod concurrent;
mod gauge;
mod stopper;

pub use blocking::{Blocking, Calls, Woken};
pub use concurrent::{Concurrent, Runtime};
pub use gauge::Gauge;
pub use stopper::Stopper;
