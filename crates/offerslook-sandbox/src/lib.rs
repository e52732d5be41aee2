//! A stand-in for the `OffersLook` service: a real HTTP/1.1 server on loopback, for tests and trials.
//!
//! [`Sandbox::start`] binds a free port, serves from a thread of its own, and stops when it is dropped. Its interface is
//! plain and synchronous, so it works the same in a test, in a command and inside any async runtime.
//!
//! ```
//! use offerslook_sandbox::{Sandbox, SandboxConfig};
//!
//! # fn main() -> std::io::Result<()> {
//! let sandbox = Sandbox::start(SandboxConfig::default().offers(200))?;
//! println!("serving on {}", sandbox.base_url());
//! // … point a client at `base_url()` with `email()` and `api_key()` …
//! assert_eq!(sandbox.arrivals().total, 0);
//! sandbox.stop()
//! # }
//! ```
//!
//! # What it serves
//!
//! | request | answer |
//! |---|---|
//! | `GET /aff/v1/batches/offers/tracking_links/{offer_ids}` | `tracking_link` array: `offer_id`, `url`, `impression_pixel` |
//! | `GET /aff/v1/offers/{offer_id}/tracking_links` | `tracking_link` object: `url`, `impression_pixel`, `offer_url[]` |
//!
//! Offers 16 and 102 answer exactly as in the API's reference. Every other offer is a function of the seed and its id
//! alone; see [`SandboxConfig::offers`] and [`OfferKind`].
//!
//! A request is checked in the documented order: credentials first, then the method and the parameters. A failure has the
//! matching HTTP status and the body `{"code":STATUS,"message":"…"}`, which never repeats anything that the client sent.
//!
//! # Where the service's behaviour is open
//!
//! The reference does not say what becomes of most ids that have no link. The sandbox chooses one behaviour for each:
//!
//! | asked | batch | single |
//! |---|---|---|
//! | [not approved](OfferKind::NotApproved) | a row, `url` the words `"Need to apply"`, `impression_pixel` null | likewise, `offer_url` empty |
//! | [paused](OfferKind::Paused) | no row | 404 |
//! | unknown, and id 0 | no row | 404 |
//! | an id twice | one row, at its first place | |
//! | not a decimal number | 400 for the whole call | 400 |
//!
//! Rows come in the asked order; one id gives an array of one. A call may carry as many ids as fit into a URI of 65,534 bytes.
//! Ids are at most 18,446,744,073,709,551,615; a greater one counts as not a decimal number. Credentials that are
//! refused, unknown paths and wrong methods give 401, 404 and 405.

mod arrivals;
mod auth;
mod certificates;
mod config;
mod connection;
mod control;
mod envelope;
mod faults;
mod incoming;
mod listener;
mod offers;
mod patience;
mod routes;
mod sandbox;
mod seconds;
mod server;
mod service;
mod tls;

pub use arrivals::{Arrival, Arrivals};
pub use certificates::Certificate;
pub use config::SandboxConfig;
pub use faults::{Fault, Faults, FaultsError, Probability, Rule, Status, When};
pub use offers::OfferKind;
pub use routes::Route;
pub use sandbox::Sandbox;
