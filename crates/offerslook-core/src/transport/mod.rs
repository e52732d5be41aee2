//! What every transport has in common, without any I/O. A transport adds sockets to these parts, and a client adds the
//! clock and the environment.
//!
//! - [`Exchange`]: a request as it is sent, its limits and its proxy. Its docs are the contract of a transport.
//! - [`BodyReader`]: the response as it is received: inflated, capped, and compared with its announced length.
//! - [`classify_io`]: from an I/O error to a [`TransportKind`](crate::TransportKind).
//! - [`Settings`]: limits, extra certificate authorities, proxies. [`SetupError`]: why they cannot be used.
//! - [`Proxies`]: the rules of `HTTPS_PROXY` and `NO_PROXY`. [`Tunnel`]: the CONNECT handshake with a proxy.

mod body_reader;
mod classify_io;
mod exchange;
mod outgoing_request;
mod proxy;
mod settings;
mod setup_error;

pub use body_reader::{BodyReader, Head};
pub use classify_io::{Stage, causes, classify_io};
pub use exchange::Exchange;
pub use proxy::{Proxies, Proxy, ProxyError, Tunnel, TunnelError, UnusableProxy};
pub use settings::Settings;
pub use setup_error::SetupError;
