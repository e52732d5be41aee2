//! What every transport has in common, without any I/O: an adapter adds sockets, a clock and the
//! environment to these parts.
//!
//! - [`Settings`]: limits, extra certificate authorities, proxies. [`SetupError`]: why they do not work.
//! - [`sendable`]: a request as it goes out. [`Answer`]: what comes back, inflated and capped.
//! - [`Proxies`]: which calls go through which proxy. [`Tunnel`]: how a proxy is asked for a connection.

mod answer;
mod proxy;
mod sendable;
mod settings;
mod setup_error;

pub use answer::Answer;
pub use proxy::{Proxies, Proxy, ProxyError, Tunnel, TunnelError};
pub use sendable::sendable;
pub use settings::Settings;
pub use setup_error::SetupError;
