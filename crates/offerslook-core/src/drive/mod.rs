//! The two loops that run a [`Job`](crate::job::Job): one blocks, one is polled. They know no runtime: what they need
//! is a clock, a way to send and a way to wait, as [`BlockingCalls`] or [`AsyncCalls`].

mod blocking;
mod concurrent;
mod event;
mod handles;

pub use blocking::{Blocking, BlockingCalls};
pub use concurrent::{AsyncCalls, Concurrent, QuotaReply};
pub use event::Event;
pub use handles::{ProgressHandle, StopHandle};
