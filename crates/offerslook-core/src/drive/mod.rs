//! The two loops that run a [`Job`](crate::job::Job): one that blocks and one that is polled. Neither knows
//! a runtime: what they need of one is a handful of functions.

mod blocking;
mod concurrent;
mod progress_handle;
mod stop_handle;

pub use blocking::{Blocking, Calls, Woken};
pub use concurrent::{Concurrent, Runtime};
pub use progress_handle::ProgressHandle;
pub use stop_handle::StopHandle;
