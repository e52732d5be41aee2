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
//! | `POST /aff/v1/batches/offers/applys/{offer_ids}` | `offer_application` array: `offer_id`, `status` |
//! | `POST /aff/v1/offers/{offer_id}/applys` | `offer_application` object: `status` |
//! | `GET /aff/v1/offers/{offer_id}/postbacks` | `postback` array, the global ones not among them |
//! | `POST /aff/v1/offer_postbacks` | `affiliate_postback` object |
//! | `GET /aff/v1/offer_postbacks` | page of rows, at most 1,000 |
//! | `GET` and `PUT /aff/v1/offer_postbacks/{postback_id}` | `affiliate_postback` object |
//! | `DELETE /aff/v1/offer_postbacks/{postback_id}` | `data` is `[]` |
//! | `GET /aff/v1/sub_affiliate_approval` | page of rows, at most 1,000 |
//!
//! Offers 16 and 102 answer exactly as in the API's reference. Every other offer is a function of the seed and its id
//! alone; see [`SandboxConfig::offers`]. Links follow how the affiliate stands to the offer, which can change: see
//! [`OfferKind`] and [`Sandbox::set_standing`].
//!
//! An application for a public offer is approved at once. For one that requires approval it is pending, until an
//! [`ApplicationRule`], [`Sandbox::approve`] or [`Sandbox::reject`] decides it. A repeated application tells how the first
//! one stands, and changes nothing.
//!
//! At the start there are the five postbacks and the four rules on sub-affiliates of the reference's examples. New postbacks
//! are pending, and their ids count up from 212. Which types an offer takes follows from its conversion protocol, as the
//! reference says; a global postback may have any type. Their `code` is a URL, or HTML for a pixel, whose macros all have to
//! be known.
//!
//! A request is checked in the documented order, and the first check that it does not pass answers it:
//!
//! | check | refused with |
//! |---|---|
//! | the key: HTTP Basic with the [e-mail address](Sandbox::email) and the [API key](Sandbox::api_key) | 401 |
//! | the [network](SandboxConfig::network) that the host names; by default every host is served | 403 |
//! | the [IP allow-list](SandboxConfig::allow_list); by default every address is on it | 403 |
//! | the [quota](SandboxConfig::quota); by default 50 calls in any 10 seconds | 429, without `Retry-After` |
//! | path and method | 404, 405 |
//! | parameters and body | 400; 413 for a body of more than 2 MiB |
//!
//! A call counts for the quota once it has passed the checks before it, so that strangers cannot use it up; a call over the
//! quota does not count. A failure has the matching HTTP status and the body `{"code":STATUS,"message":"…"}`, which never
//! repeats anything that the client sent.
//!
//! # Where the service's behaviour is open
//!
//! The reference does not say what becomes of most ids that have no link. The sandbox chooses one behaviour for each:
//!
//! | asked | batch | single |
//! |---|---|---|
//! | [not approved](OfferKind::NotApproved) | a row, `url` the words `"Need to apply"`, `impression_pixel` null | likewise, `offer_url` empty |
//! | [paused](OfferKind::Paused), [hidden](OfferKind::Hidden) | no row | 404 |
//! | unknown, and id 0 | no row | 404 |
//! | an id twice | one row, at its first place | |
//! | not a decimal number | 400 for the whole call | 400 |
//!
//! Of applications and postbacks it leaves open:
//!
//! | asked | answer |
//! |---|---|
//! | an application for what is paused, hidden or unknown | 404; in a batch, no row, and the others are taken |
//! | a batch of more than 100 applications | 400, and none is taken |
//! | a postback that is not there, even if it was | 404 |
//! | a body with an unknown field, or without a needed one | 400 |
//! | a number of a body as a string | taken |
//! | a postback without `event_id` | null in its row |
//! | an `event_id` that the offer does not have | taken |
//! | a postback for an offer that is hidden or unknown | 400 |
//! | a second postback like the first | taken |
//! | a code of more than 4,096 bytes | 400 |
//! | another code for a postback | its status stays |
//! | more than 10,000 postbacks | 409 |
//!
//! Rows come in the asked order; one id gives an array of one. A call may carry as many ids as fit into a URI of 65,534 bytes.
//! Ids are at most 18,446,744,073,709,551,615; a greater one counts as not a decimal number.

mod applications;
mod arrivals;
mod certificates;
mod checks;
mod config;
mod connection;
mod control;
mod envelope;
mod faults;
mod incoming;
mod listener;
mod listing;
mod offers;
mod patience;
mod postbacks;
mod routes;
mod sandbox;
mod seconds;
mod server;
mod service;
mod sub_affiliates;
mod tls;

pub use applications::ApplicationRule;
pub use arrivals::{Arrival, Arrivals};
pub use certificates::Certificate;
pub use config::SandboxConfig;
pub use faults::{Fault, Faults, FaultsError, Probability, Rule, Status, When};
pub use offers::{OfferKind, Standing};
pub use routes::Route;
pub use sandbox::Sandbox;
