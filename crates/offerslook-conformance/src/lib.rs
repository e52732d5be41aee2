//! What an adapter of the OffersLook client has to do, as a table of tests to run against one.
//!
//! [`cases::all`] is one table of what can happen to a call, with one expectation each. Every [`Adapter`] is run
//! against all of it, over real sockets on loopback, against servers that follow a script to the byte, and against the
//! sandbox with its faults.
//!
//! # To test an adapter
//! Implement [`Adapter`] and [`Client`] for it, and call [`main`] from a test target that has its own main function,
//! such as `tests/conformance.rs`. In `Cargo.toml`:
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
//! In `tests/conformance.rs`:
//!
//! ```no_run
//! use offerslook_conformance::{Adapter, Announced, Client, Items, LinkItem, OfferItem, Signal};
//! use offerslook_core::{
//!     Account, Error, OfferId, Request, Response, SetupError, TransportError,
//!     affiliate::{
//!         batches::{GetTrackingLinks, TrackingLinkRow},
//!         offers::ListOffers,
//!     },
//!     job::Options,
//! };
//! # use offerslook_transport_ureq as my_adapter;
//!
//! struct Mine;
//!
//! struct MyClient(my_adapter::Client);
//!
//! impl Adapter for Mine {
//!     fn name(&self) -> &str {
//!         "mine"
//!     }
//!
//!     fn client(&self, account: Account, options: Options) -> Result<Box<dyn Client>, SetupError> {
//!         Ok(Box::new(MyClient(my_adapter::Client::with_options(account, options)?)))
//!     }
//! }
//!
//! impl Client for MyClient {
//!     fn execute(&self, request: Request) -> Result<Response, TransportError> {
//!         self.0.execute(request)
//!     }
//!
//!     fn send_until(
//!         &self,
//!         signal: Signal,
//!         call: &GetTrackingLinks,
//!     ) -> Option<Result<Vec<TrackingLinkRow>, Error>> {
//!         let mut run = self.0.run(Announced::new(self.0.jobs().call(call)));
//!         assert!(matches!(run.next(), Some(None)), "the call was started");
//!         signal.wait();
//!         None // The job is dropped.
//!     }
//!
//!     fn links(&self, ids: Vec<OfferId>) -> Items<'_, LinkItem> {
//!         Items::blocking(self.0.run(self.0.jobs().links(ids)))
//!     }
//!
//!     fn offers(&self, which: ListOffers) -> Items<'_, OfferItem> {
//!         Items::blocking(self.0.run(self.0.jobs().offers(which)))
//!     }
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     offerslook_conformance::main(&[&Mine])
//! }
//! ```
//!
//! That is an adapter with threads; one with futures has [`Signal::cut_short`] and [`Items::concurrent`].
//!
//! `cargo test --test conformance` runs it, with the filters of any other test (`-- gzip`), and prints what came of
//! each case with each adapter. Of a case that fails it tells what was expected and what came, and before that what the
//! server of the case did not like: an adapter that sends another header than it was given fails for that, and then
//! for the answer that it did not get. Where an adapter cannot do what the table wants, it says so itself:
//! [`Adapter::deviations`].
//!
//! A good adapter is through in some seconds. A case that waits in vain fails after 20 or 40 seconds, one with a call
//! that does not return after a minute, and eight are run at a time (`-- --test-threads 16` for more).
//!
//! # To begin with
//! Most of what the table wants is in the core already, the same for all adapters:
//! [`sendable`](offerslook_core::transport::sendable) gives a request all its headers and refuses what must not be
//! sent, [`Answer`](offerslook_core::transport::Answer) inflates the body and holds it against its cap,
//! [`Proxies`](offerslook_core::Proxies) and [`Tunnel`](offerslook_core::transport::Tunnel) know when and how a proxy
//! is asked, and the limits are in [`Settings`](offerslook_core::Settings). An adapter makes connections, tells
//! faults apart ([`TransportKind`](offerslook_core::TransportKind), [`Delivery`](offerslook_core::Delivery), and
//! [`with_host`](offerslook_core::TransportError::with_host)), and drives jobs ([`offerslook_core::drive`]).
//!
//! # For tests of your own
//! The parts that the cases are made of are public: [`scripted_server`] with its [`conversation`],
//! [`keep_alive_server`], [`ports`], [`certificates`], what tests start from ([`given`]) and what must come of it ([`expect`]).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "what fails a test does so by panicking"
)]

mod adapter;
mod announced;
pub mod cases;
pub mod certificates;
pub mod conversation;
pub mod expect;
mod give_way;
pub mod given;
pub mod heard;
mod items;
pub mod keep_alive_server;
mod matrix;
pub mod ports;
mod run;
mod sandboxed;
pub mod scripted_server;
mod signal;
mod trouble;

pub use adapter::{Adapter, Client, Deviation};
pub use announced::Announced;
pub use items::{Items, LinkItem, NextItem, OfferItem};
pub use run::main;
pub use signal::Signal;
