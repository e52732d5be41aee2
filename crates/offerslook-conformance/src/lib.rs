//! A test suite for transports of the OffersLook client.
//!
//! In `tests/conformance.rs` of the crate that has the transport:
//!
//! ```no_run
//! # mod my_crate { pub use offerslook::ureq::Ureq as MyTransport; }
//! use my_crate::MyTransport;
//!
//! fn main() -> std::process::ExitCode {
//!     offerslook_conformance::blocking::<MyTransport>("mine", &[])
//! }
//! ```
//!
//! In its `Cargo.toml`:
//!
//! ```toml
//! [dev-dependencies]
//! offerslook-conformance = "0.1"
//!
//! [[test]]
//! name = "conformance"
//! harness = false
//! ```
//!
//! Every transport must treat the same network in the same way: send the same bytes, return the same responses, and
//! report the same [`TransportKind`] and [`Delivery`] for the same failure. This suite tests that, on loopback sockets,
//! with some 160 cases: servers that follow a script to the byte, and the sandbox with its faults.
//!
//! # Test a transport
//! Run `cargo test --test conformance`, with the arguments of any test: `-- gzip` runs one family of cases, `-- --list`
//! lists all. A transport that conforms takes a few seconds; each case that waits in vain takes up to half a minute, 16
//! at a time.
//!
//! [`asynchronous`] is for transports of the async client. It runs them on tokio's current-thread runtime. For another
//! runtime, or for several transports side by side, use a [`Suite`]:
//!
//! ```no_run
//! # mod my_crate { pub use offerslook::ureq::Ureq as MyTransport; }
//! # use my_crate::MyTransport;
//! use offerslook_conformance::{Blocking, Suite};
//! # fn main() -> std::process::ExitCode {
//! Suite::default()
//!     .transport("mine", Blocking::<MyTransport>::default(), &[])
//!     .transport("reference", Blocking::<offerslook::ureq::Ureq>::default(), &[])
//!     .run()
//! # }
//! ```
//!
//! # Read a failure
//! The report is the end of the output. After the matrix of cases and transports, it has a paragraph per cause: what was
//! expected and what came instead, all cases that failed for it, and the details of the first.
//!
//! ```text
//! 2 cases fail: expected Tls (delivery: NotSent), got Connect (delivery: NotSent)
//!     tls: connection closes during the handshake (mine)
//!     tls: connection is reset during the handshake (mine)
//!   at src/cases/tls.rs:84: expected Tls (delivery: NotSent), got Connect (delivery: NotSent)
//!     cannot connect to 127.0.0.1 [TransportError { kind: Connect, … }]
//!     caused by: tls handshake eof [Custom { kind: UnexpectedEof, error: "tls handshake eof" }]
//! ```
//!
//! - *expected …, got …*: the transport translates an error differently. [`TransportKind`] and [`Delivery`] say what each
//!   means. The chain of causes shows what the library reported.
//! - *the headers on the wire*: the library adds, removes or changes headers. Left is what came.
//! - *the client does not close the connection*: a call that was dropped, or that failed, keeps its connection.
//! - *the server waits for a connection that the client does not make*, *the client made another connection*: the library
//!   retries, or does not keep connections alive.
//! - *the case does not end*: a call does not return.
//!
//! The families `client` concern the client rather than the transport. They run once, with the first transport of each
//! client.
//!
//! # Declare deviations
//! Where a library cannot do what a case demands, declare the case, or its beginning and a `*`, with the reason:
//!
//! ```no_run
//! # mod my_crate { pub use offerslook::ureq::Ureq as MyTransport; }
//! # use my_crate::MyTransport;
//! use offerslook_conformance::Deviations;
//!
//! const DEVIATIONS: Deviations = &[
//!     ("proxies: *", "the library has no proxies"),
//!     ("requests: dots in the target", "the library resolves `..` in a URL"),
//! ];
//!
//! fn main() -> std::process::ExitCode {
//!     offerslook_conformance::blocking::<MyTransport>("mine", DEVIATIONS)
//! }
//! ```
//!
//! A deviation may fail without failing the run, and its reason stands in the report. A deviation whose cases all pass, or
//! which names no case, fails the run: what is declared stays true.
//!
//! # Servers for your own tests
//! The parts of the cases are public: [`server`] with a [`ScriptedServer`](server::ScriptedServer), [`certificates`],
//! [`fixtures`], and the assertions in [`expect`].
//!
//! # Features
//! There are none.
//!
//! [`TransportKind`]: offerslook_core::TransportKind
//! [`Delivery`]: offerslook_core::Delivery

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a test fails by panicking"
)]

mod any_transport;
mod asynchronous;
mod blocking;
mod cases;
pub mod certificates;
pub mod expect;
pub mod fixtures;
mod panic_log;
mod report;
pub mod server;
mod signal;
mod suite;
mod test_sandbox;

pub use any_transport::{AnyClient, AnyTransport, Items, LinkItem, OfferItem, client, send};
pub use asynchronous::{Async, Executor};
pub use blocking::Blocking;
pub use signal::Signal;
pub use suite::{Deviations, Suite, asynchronous, blocking};
