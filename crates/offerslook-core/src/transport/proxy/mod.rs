//! Proxies: the rules that choose one, and the CONNECT handshake with it.

mod address;
mod exceptions;
mod rules;
mod tunnel;

pub use address::{Proxy, ProxyError, UnusableProxy};
pub use rules::Proxies;
pub use tunnel::{Tunnel, TunnelError};
