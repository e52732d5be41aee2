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
//! | `GET /aff/v1/offers` | page of rows: `offer`, `offer_geo`, `offer_platform`, `offer_creative`, `offer_event`, `offer_cap`, `offer_postback`; takes `fields` |
//! | `GET /aff/v1/batches/offers` | page of the same rows; takes `contains` |
//! | `GET /aff/v1/offers/{offer_id}` | `offer`: such a row |
//! | `GET /aff/v1/offers/{offer_id}/creatives` | `offer_creative` array |
//! | `GET /aff/v1/offers/{offer_id}/caps` | `offer_cap` object |
//! | `GET /aff/v1/offers/{offer_id}/platforms` | `offer_platform` object: `target[]` |
//!
//! Offers 16 and 102 answer exactly as in the API's reference, and offer 41320, where there are so many, as in a page that
//! was captured. Every other offer is a function of the seed and its id alone (see [`SandboxConfig::offers`]), or
//! [loaded](#offers-from-a-file). How the affiliate stands to an offer can change: links and lists follow it. See
//! [`OfferKind`] and [`Sandbox::set_standing`].
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
//! | [paused](OfferKind::Paused), [hidden](OfferKind::Hidden) | no row | 404 |
//! | unknown, and id 0 | no row | 404 |
//! | an id twice | one row, at its first place | |
//! | not a decimal number | 400 for the whole call | 400 |
//!
//! In links, rows come in the asked order; one id gives an array of one. A call may carry as many ids as fit into a URI of 65,534 bytes.
//! Ids are at most 18,446,744,073,709,551,615; a greater one counts as not a decimal number. Credentials that are
//! refused, unknown paths and wrong methods give 401, 404 and 405.
//!
//! Nor does it say all about lists of offers:
//!
//! | asked | answer |
//! |---|---|
//! | `offset` | the number of a page, from 1 on; 0 is refused with 400 |
//! | a page past the end | no rows, the same totals |
//! | `limit` over the most, or 0 | 400; left out, it is 20 |
//! | no `type` | `all` |
//! | `type=all` | every offer, paused ones too; a private one only where the affiliate is approved |
//! | `type=personal` | where the affiliate is approved, paused ones too; a public offer has to be applied for |
//! | no `sort` | by id, the lowest first |
//! | `sort=+id` with a plain `+`, which stands for a space, or without a sign | 400, which asks for `%2B` |
//! | a filter of text | letter by letter, capitals apart; `filters[FIELD]=v` is `EQUAL_TO` |
//! | a filter of a country, platform or category | passes where any of the offer's is it; an offer for the whole world, or for all but some countries, names none |
//! | `NOT_EQUAL_TO` of what an offer has not | passes |
//! | a filter of `status` | `EQUAL_TO` and `NOT_EQUAL_TO` |
//! | the same filter twice, another parameter twice | 400 |
//! | a parameter, field, operator or column that the list does not know | 400, which tells its place in the query |
//! | `fields` | these columns of `offer` alone, and `offer_event` for `event`; the other parts do not come |
//! | `contains=EPC1` | taken, but adds nothing |
//! | the link of a paused offer | null in a row |
//! | a private offer without approval, asked for by its id | 404, as an unknown one |
//! | caps of an offer without one | `offer_cap` null |
//! | a single offer | no description: only a list has it, with `contains=description` |
//!
//! # Offers from a file
//!
//! [`SandboxConfig::offers_file`] and [`SandboxConfig::offers_json`] take a list of offers. They take the place of generated
//! and documented ones with the same ids; after `.offers(0)` there are they and the documented two.
//!
//! ```
//! use offerslook_sandbox::{OfferKind, Sandbox, SandboxConfig};
//!
//! # fn main() -> std::io::Result<()> {
//! let offers = r#"[
//!     {"id": 7001},
//!     {"id": 7002, "name": "Mine", "approval": "private", "standing": "approved", "payout": "7.200",
//!      "geo": {"include": ["AE", "DE"]}, "platforms": [{"platform": "Mobile", "system": "iOS"}],
//!      "cap": {"type": "daily_count", "conversions": 50}}
//! ]"#;
//! let sandbox = Sandbox::start(SandboxConfig::default().offers(0).offers_json(offers))?;
//! assert_eq!(sandbox.offer_kind(7001), Some(OfferKind::Public));
//! assert_eq!(sandbox.offer_kind(7002), Some(OfferKind::Approved));
//! # Ok(())
//! # }
//! ```
//!
//! Every field but the `id` may be left out. A field that is not known here is an error, and so is an id that stands there
//! twice.
//!
//! | field | value | left out |
//! |---|---|---|
//! | `id` | from 1 on | an error |
//! | `approval` | `require_approval`, `public`, `private` | `public` |
//! | `status` | `active`, `paused` | `active` |
//! | `standing` | how the affiliate stands to it at the start: `not_applied`, `pending`, `approved`, `rejected` | `not_applied` |
//! | `name`, `preview_url`, `thumbnail`, `description` | text | follows from the id |
//! | `category` | list of text | none |
//! | `end_date` | seconds since 1970 | the start of 2030 |
//! | `pricing_type` | `CPA`, `CPI`, `CPL`, `CPM`, `CPC`, `CPS`, `CPA+CPS` | `CPA` |
//! | `payout`, `percent_payout` | decimal number as a string | `"1.000"`, null |
//! | `currency` | text | `USD` |
//! | `conversion_protocol` | `image_pixel`, `postback_url`, `html_pixel` | `postback_url` |
//! | `app_id` | text | null |
//! | `landing_pages` | list of `name`, `url_id`, `preview_url`; the name has to be there | none |
//! | `geo` | `{"include": […]}` or `{"exclude": […]}`, of country codes | the whole world |
//! | `platforms` | list of `platform` (`PC`, `Mobile`, `Tablet`), `id`, `system`, `version[]`, `is_above` (true or false), `above_version`; the platform has to be there | every device |
//! | `creatives` | list of `id`, `url`, `filename`, `mime`, `size`, `width`, `height` | none |
//! | `events` | list of `name`, `payout`, `pricing_type`, `percent_payout`, `conversion_protocol`, beside the initial event; the first two have to be there | none |
//! | `cap` | `type` (`none`, `total_count`, `daily_count`, `total_budget`, `total_click`, `daily_click`), `id`, `clicks`, `conversions`, `budget`, `category` (`shared`, `private`), `timezone`; the type has to be there | null |

mod arrivals;
mod auth;
mod config;
mod envelope;
mod listing;
mod offers;
mod routes;
mod sandbox;
mod server;
mod service;

pub use arrivals::{Arrival, Arrivals};
pub use config::SandboxConfig;
pub use offers::{OfferKind, Standing};
pub use sandbox::Sandbox;
