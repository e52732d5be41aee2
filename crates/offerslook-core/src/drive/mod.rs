//! The two loops that run a [`Job`](crate::job::Job): one blocks, one is polled. They know no runtime: what they need
//! is a clock, a way to send and a way to wait, as [`BlockingCalls`] or [`AsyncCalls`].

mod blocking;
mod concurrent;
mod handles;

pub use blocking::{Blocking, BlockingCalls, Event};
pub use concurrent::{AsyncCalls, Concurrent};
pub use handles::{ProgressHandle, StopHandle};
