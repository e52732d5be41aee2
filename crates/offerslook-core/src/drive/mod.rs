//! The two loops that run a [`Job`](crate::job::Job): one blocks, one is polled. They depend on no runtime:
//! [`BlockingCalls`] or [`AsyncCalls`] provides the clock, a way to send and a way to wait.

mod blocking;
mod concurrent;
mod event;
mod handles;

pub use blocking::{Blocking, BlockingCalls};
pub use concurrent::{AsyncCalls, Concurrent, QuotaReply};
pub use event::Event;
pub use handles::{ProgressHandle, StopHandle};
