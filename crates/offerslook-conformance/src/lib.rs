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
//! use offerslook_conformance::{Adapter, Announced, Client, Links, Signal};
//! use offerslook_core::{
//!     Account, Error, OfferId, Request, Response, SetupError, TransportError,
//!     affiliate::batches::{BatchTrackingLinks, TrackingLinkRow},
//!     job::Options,
//! };
//! # mod my_adapter {
//! #     use offerslook_core::{Account, Request, Response, SetupError, TransportError};
//! #     use offerslook_core::{drive::{Blocking, Calls, Woken}, job::{Attempt, Job, Jobs, Moment, Options}};
//! #     pub struct Client(Jobs);
//! #     pub struct Threads;
//! #     impl Client {
//! #         pub fn with_options(_: Account, _: Options) -> Result<Self, SetupError> { unimplemented!() }
//! #         pub fn execute(&self, _: Request) -> Result<Response, TransportError> { unimplemented!() }
//! #         pub fn jobs(&self) -> &Jobs { &self.0 }
//! #         pub fn run<J: Job>(&self, job: J) -> Blocking<J, Threads> { Blocking::new(job, Threads) }
//! #     }
//! #     impl Calls for Threads {
//! #         fn now(&self) -> Moment { unimplemented!() }
//! #         fn start(&mut self, _: Attempt) {}
//! #         fn wait(&mut self, _: Option<Moment>) -> Woken { Woken::Nothing }
//! #         fn abort(&mut self) {}
//! #         fn waker(&self) -> Box<dyn Fn() + Send + Sync> { Box::new(|| {}) }
//! #     }
//! # }
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
//!         call: &BatchTrackingLinks,
//!     ) -> Option<Result<Vec<TrackingLinkRow>, Error>> {
//!         let mut run = self.0.run(Announced::new(self.0.jobs().call(call)));
//!         assert!(matches!(run.next(), Some(None)), "the call was started");
//!         signal.wait();
//!         None // The job is dropped.
//!     }
//!
//!     fn links(&self, ids: Vec<OfferId>) -> Links<'_> {
//!         Links::blocking(self.0.run(self.0.jobs().links(ids)))
//!     }
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     offerslook_conformance::main(&[&Mine])
//! }
//! ```
//!
//! That is an adapter with threads; one with futures has [`Signal::cut_short`] and [`Links::concurrent`].
//!
//! `cargo test --test conformance` runs it, with the filters of any other test, and prints what came of each case
//! with each adapter. Where an adapter cannot do what the table wants, it says so itself:
//! [`Adapter::deviations`].
//!
//! # For tests of your own
//! The parts that the cases are made of are public: [`scripted_server`] with its [`conversation`],
//! [`keep_alive_server`], [`certificates`], what tests start from ([`given`]) and what must come of it ([`expect`]).

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
pub mod keep_alive_server;
mod links;
mod matrix;
mod run;
mod sandboxed;
pub mod scripted_server;
mod signal;

pub use adapter::{Adapter, Client, Deviation};
pub use announced::Announced;
pub use links::{LinkItem, Links, NextItem};
pub use run::main;
pub use signal::Signal;
