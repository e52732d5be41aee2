//! The blocking client, over a blocking [`Transport`].

mod calls;
mod client;
mod pool;
mod read_body;
mod shared;
mod transport;

pub use calls::Calls;
pub use client::{Client, Run};
pub use read_body::read_body;
pub use transport::Transport;
