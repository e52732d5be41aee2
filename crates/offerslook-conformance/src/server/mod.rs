//! Servers on loopback for tests: one that follows a script to the byte, one that answers any number of calls, and
//! ports that accept no connection.

mod connection;
mod keep_alive_server;
mod ports;
mod received_request;
mod scripted_server;

pub use connection::Connection;
pub use keep_alive_server::KeepAliveServer;
pub use ports::{ClosedPort, FullBacklog};
pub use received_request::ReceivedRequest;
pub use scripted_server::{Listener, ScriptedServer};
