//! Proxies: which calls go through which, and how a tunnel through one is opened.

mod address;
mod exceptions;
mod rules;
mod tunnel;

pub use address::{Proxy, ProxyError};
pub use rules::Proxies;
pub use tunnel::{Tunnel, TunnelError};
