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
//!
//! # Faults
//!
//! A [`Rule`] says what goes wrong ([`Fault`]), on which [`Route`] and [when](When); [`Faults`] are rules in their order.
//! They come from code ([`SandboxConfig::faults`], [`Sandbox::set_faults`]), from a file or over HTTP.
//! [`Sandbox::fired`] tells how often each rule changed something for a client.
//!
//! ```
//! use offerslook_sandbox::{Faults, Sandbox, SandboxConfig};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let faults = Faults::from_toml(
//!     r#"
//!     seed = 7                                # of the probabilities; left out: 0
//!
//!     [[rules]]
//!     route = "batch_tracking_links"          # left out: every request
//!     when = { calls = [1, 2] }               # or { after = 3 }, { every = 4 }, { probability = 0.05 }; left out: always
//!     fault = { kind = "rate_limited", retry_after = 3 }
//!
//!     [[rules]]
//!     when = { probability = 0.05 }
//!     fault = { kind = "status", status = 503 }
//!     "#,
//! )?;
//! let sandbox = Sandbox::start(SandboxConfig::default().faults(faults))?;
//! assert_eq!(sandbox.fired(), [0, 0]);
//! # Ok(())
//! # }
//! ```
//!
//! `calls`, `after` and `every` count the calls of the rule's route that reach the rule, from 1. A probability draws from the
//! seed, the place of the rule and the number of the call: the same calls meet the same faults, whatever their time.
//!
//! | kind | fields | what happens |
//! |---|---|---|
//! | `reset` | | the connection is reset before anything of the answer; before the key is checked |
//! | `delay` | `seconds` | the work starts later |
//! | `rate_limited` | `retry_after`? | 429, with or without `Retry-After`, in place of the work |
//! | `status` | `status`, `retry_after`? | that status with an error's envelope, in place of the work |
//! | `html` | `status` | a proxy's page, in place of the work |
//! | `code` | `code` | 200 with a `code` that is not 0, in place of the work |
//! | `redirect` | `location` | 302, in place of the work |
//! | `key_revoked` | | 401, in place of the work; with `after = n`, revoked after n calls |
//! | `id_limit` | `ids` | 400 for a batch call with more ids, in place of the work |
//! | `missing_rows` | `every` | each n-th row is left out |
//! | `duplicate_rows` | | every row comes twice |
//! | `extra_rows` | `ids` | rows with these ids follow, copies of the first |
//! | `row_limit` | `rows` | only the first rows come |
//! | `ids_as_strings` | | numbers under `id` and `…_id` become strings |
//! | `repeated_page` | | a page of a listing, from the second on, has the rows of the page before |
//! | `moving_totals` | | every second page of a listing counts one page more |
//! | `escaped_slashes` | | `/` is written `\/`, as PHP does |
//! | `oversized_body` | `bytes` | white space pads the body to that length |
//! | `gzip_bomb` | `bytes` | a gzip body that inflates to that length |
//! | `slow_drip` | `bytes`, `pause_seconds` | the body comes in such pieces, with a pause before each |
//! | `cut_body` | `after_bytes`? | the whole length is announced; the connection ends after that many bytes, or a half |
//!
//! Requests meet faults after the checks, so a refused key or a call over the quota meets none but `reset`. All rules that
//! apply do so in their order, up to the first that answers in place of the work. One that does not fit a call or an answer
//! changes nothing.
//!
//! # Control
//!
//! Routes of the sandbox's own look at it and change it while it runs. They need the account's credentials; they are no calls of
//! the service, so no quota counts them, no fault meets them, and they are not among the arrivals. Bodies are JSON, of at most
//! 1 MiB; the errors in them are answered with 400 and say where they are.
//!
//! | request | what it does |
//! |---|---|
//! | `GET /sandbox/v1/faults` | lists the faults, and in `fired` how often each rule did something |
//! | `PUT /sandbox/v1/faults` | replaces them: `{"seed": 7, "rules": [{"fault": {"kind": "reset"}}]}` |
//! | `POST /sandbox/v1/faults` | adds a rule: `{"route": "caps", "when": {"every": 4}, "fault": {"kind": "reset"}}` |
//! | `DELETE /sandbox/v1/faults` | clears them |
//! | `GET /sandbox/v1/arrivals` | the [arrivals](Sandbox::arrivals) |
//!
//! # HTTPS
//!
//! [`SandboxConfig::https`] makes it serve HTTPS alone, with a [`Certificate`] that is good, or bad in a way of your choice. Its
//! authority exists for that one sandbox; clients trust it with [`Sandbox::certificate_authority`].

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
