//! A stand-in for the `OffersLook` service: a real HTTP/1.1 server on loopback, for tests and trials.
//!
//! [`Sandbox::start`] binds a free port, serves from a thread of its own, and stops when it is dropped. Its
//! interface is plain and synchronous, so it works the same in a test, in a command and inside any async
//! runtime.
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
//! | `POST /aff/v1/batches/offers/applys/{offer_ids}` | `offer_application` array: `offer_id`, `status` |
//! | `POST /aff/v1/offers/{offer_id}/applys` | `offer_application` object: `status` |
//! | `GET /aff/v1/offers/{offer_id}/postbacks` | `postback` array, the global ones not among them |
//! | `POST /aff/v1/offer_postbacks` | `affiliate_postback` object |
//! | `GET /aff/v1/offer_postbacks` | page of rows, at most 1,000 |
//! | `GET` and `PUT /aff/v1/offer_postbacks/{postback_id}` | `affiliate_postback` object |
//! | `DELETE /aff/v1/offer_postbacks/{postback_id}` | `data` is `[]` |
//! | `GET /aff/v1/sub_affiliate_approval` | page of rows, at most 1,000 |
//!
//! Offers 16 and 102 answer exactly as in the API's reference, and offer 41320, where there are so many, as
//! in a page that was captured. Every other offer is a function of the seed and its id alone (see
//! [`SandboxConfig::offers`]), or [loaded](#offers-from-a-file). How the affiliate stands to an offer can
//! change: links and lists follow it. See [`OfferKind`] and [`Sandbox::set_standing`].
//!
//! An application for a public offer is approved at once. For one that requires approval it is pending, until
//! an [`ApplicationRule`], [`Sandbox::approve`], [`Sandbox::reject`] or a call to [control](#control) decides
//! it. A repeated application tells how the first one stands, and changes nothing.
//!
//! At the start there are the five postbacks and the four rules on sub-affiliates of the reference's
//! examples. New postbacks are pending, and their ids count up from 212. Which types an offer takes follows
//! from its conversion protocol, as the reference says; a global postback may have any type. Their `code` is
//! a URL, or HTML for a pixel, whose macros all have to be known.
//!
//! # Defaults
//!
//! Without a word in the [`SandboxConfig`]: 5,000 offers of seed 0; plain HTTP on a free port; one account,
//! whose [e-mail address](Sandbox::email) and [key](Sandbox::api_key) are the same in every sandbox; every
//! host and every IP address is good; 50 calls in any 10 seconds; applications are decided by hand; nothing
//! goes wrong.
//!
//! # The order of a request
//!
//! Every request is noted as an [arrival](Sandbox::arrivals) when it comes, and its status before the answer
//! leaves. In between, the first of these that it does not pass answers it:
//!
//! | in this order | what comes instead |
//! |---|---|
//! | the [fault](#faults) `reset` | the end of the connection |
//! | the key: HTTP Basic with the e-mail address and the API key | 401 |
//! | the [network](SandboxConfig::network) that the host names | 403 |
//! | the [IP allow-list](SandboxConfig::allow_list) | 403 |
//! | the [quota](SandboxConfig::quota) | 429, without `Retry-After` |
//! | the faults that answer in place of the work | as they say |
//! | path and method | 404, 405 |
//! | parameters and body | 400; 413 for a body that is too large |
//!
//! Faults that change an answer have it last, and change a refusal too if it comes from below their place in
//! this table. What is counted, for the quota, for rules of applications and of faults, is calls that have
//! passed what stands above, so that strangers use up nothing but a `reset`. A call over the quota does not
//! count.
//!
//! A failure has the matching HTTP status and the body `{"code":STATUS,"message":"…"}`, which never repeats
//! anything that the client sent. Only what is no HTTP request that can be read is refused without a body,
//! and is no arrival.
//!
//! # Where the service's behaviour is open
//!
//! The reference does not say what becomes of most ids that have no link. The sandbox chooses one behaviour
//! for each:
//!
//! | asked | batch | single |
//! |---|---|---|
//! | [not approved](OfferKind::NotApproved) | a row, `url` the words `"Need to apply"`, `impression_pixel` null | likewise, `offer_url` empty |
//! | [paused](OfferKind::Paused), [hidden](OfferKind::Hidden) | no row | 404 |
//! | unknown, and id 0 | no row | 404 |
//! | an id twice | one row, at its first place | |
//! | not a decimal number | 400 for the whole call | 400 |
//!
//! In links, rows come in the asked order; one id gives an array of one. A call may carry as many ids as fit
//! into its URI. Ids are at most 18,446,744,073,709,551,615; a greater one counts as not a decimal number.
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
//! # Offers from a file
//!
//! [`SandboxConfig::offers_file`] and [`SandboxConfig::offers_json`] take a list of offers. They take the
//! place of generated and documented ones with the same ids; after `.offers(0)` there are they and the
//! documented two.
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
//! Every field but the `id` may be left out. A field that is not known here is an error, and so is an id that
//! stands there twice.
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
//!
//! # Faults
//!
//! A [`Rule`] says what goes wrong ([`Fault`]), on which [`Route`] and [when](When); [`Faults`] are rules in
//! their order. They come from code ([`SandboxConfig::faults`], [`Sandbox::set_faults`]), from a file or over
//! HTTP. [`Sandbox::fired`] tells how often each rule changed something for a client.
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
//!     when = { calls = [1, 2] }               # or after, every, probability; left out: always
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
//! `calls`, `after` and `every` count the calls of the rule's route that reach the rule, from 1. A
//! probability draws from the seed, the place of the rule and the number of the call: the same calls meet the
//! same faults, whatever their time.
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
//! But for `reset`, requests meet faults [after the checks](#the-order-of-a-request). All rules that apply do
//! so in their order, up to the first that answers in place of the work; the ones before it change what it
//! answers. One that does not fit a call or an answer changes nothing.
//!
//! # Control
//!
//! Routes of the sandbox's own look at it and change it while it runs. They need the account's credentials
//! and no more; they are no calls of the service, so that no quota counts them, no fault meets them, and they
//! are not among the arrivals.
//!
//! | request | what it does | `data` |
//! |---|---|---|
//! | `GET /sandbox/v1/faults` | lists the faults | `faults`: `seed`, `rules`, and in `fired` how often each rule did something |
//! | `PUT /sandbox/v1/faults` | replaces them: `{"seed": 7, "rules": [{"fault": {"kind": "reset"}}]}` | likewise |
//! | `POST /sandbox/v1/faults` | adds a rule: `{"route": "caps", "when": {"every": 4}, "fault": {"kind": "reset"}}` | likewise |
//! | `DELETE /sandbox/v1/faults` | clears them | likewise |
//! | `GET /sandbox/v1/applications` | lists the pending ones | page of rows, at most 1,000: `offer_id`, `status` |
//! | `POST /sandbox/v1/applications/{offer_id}` | decides a pending one: `{"status": "approved"}` or `"rejected"`; 404 for an unknown offer, 409 where nothing is pending | `application` object: `offer_id`, `status` |
//! | `GET /sandbox/v1/arrivals` | lists the [arrivals](Sandbox::arrivals) | `arrivals`: `total`, `newest` |
//!
//! Bodies are JSON objects. What is wrong with one is answered with 400, which says where it is, and may say
//! it in the words of the body, as long as they hold neither the account's key nor its e-mail address.
//!
//! # HTTPS
//!
//! [`SandboxConfig::https`] makes it serve HTTPS alone, with a [`Certificate`] that is good, or bad in a way
//! of your choice. Its authority exists for that one sandbox; clients trust it with
//! [`Sandbox::certificate_authority`].
//!
//! # Limits
//!
//! | what | limit | over it |
//! |---|---|---|
//! | offers that are made | 1,000,000 | it does not start |
//! | postbacks | 10,000 | 409 |
//! | arrivals that are kept | [4,096](Arrivals::KEPT) | the oldest are only counted |
//! | URI of a request | 65,534 bytes | 414, without a body |
//! | headers of a request | 100 | 431, without a body |
//! | body of a request | 2 MiB; 1 MiB for [control](#control) | 413 |
//! | connections at once | 1,024 | they wait |
//! | handshake of TLS | 10 s | the connection ends |
//! | waiting for the head of a request, for more of its body, or for a client to read on | 60 s each | the connection ends |

mod applications;
mod arguments;
mod arrivals;
mod certificates;
mod checks;
mod config;
mod connection;
mod connection_limits;
mod control;
mod custom_routes;
mod envelope;
mod faults;
mod handlers;
mod idle_timeout;
mod json_body;
mod listener;
mod listing;
mod middleware;
mod offers;
mod postbacks;
mod random;
mod request_body;
mod route;
mod router;
mod sandbox;
mod secrets;
mod server;
mod state;
mod text;

pub use applications::ApplicationRule;
pub use arrivals::{Arrival, Arrivals};
pub use certificates::Certificate;
pub use config::SandboxConfig;
pub use faults::{Fault, Faults, FaultsError, Probability, Rule, Status, When};
pub use offers::{AffiliateStatus, OfferKind};
pub use route::{CustomRoute, Route, RouteError};
pub use sandbox::Sandbox;
