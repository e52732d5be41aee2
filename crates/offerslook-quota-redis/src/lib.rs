//! One OffersLook rate limit for many programs and hosts, in Redis (6.2 or newer) or Valkey.
//!
//! ```no_run
//! use offerslook::{Account, Rate, job::Fallback, ureq::Client};
//! use offerslook_quota_redis::{RedisSettings, RedisStore};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let settings: RedisSettings = "redis://cache.internal:6379".parse()?;
//!     let store = RedisStore::new(settings.password(std::fs::read_to_string("redis.key")?.trim()))?;
//!     store.check()?;
//!     let account = Account::from_variables(|name| std::env::var(name).ok())?;
//!     let quota = store.quota(account.base_url().origin(), Rate::DOCUMENTED, Fallback::Wait);
//!     let client = Client::builder(account).quota(quota).build()?;
//!     for item in client.links([16, 102]) {
//!         let (id, link) = item?;
//!         println!("{id}: {:?}", link.map(|link| link.url));
//!     }
//!     Ok(())
//! }
//! ```
//!
//! All programs that use the same server, prefix and name share one limit, and have to configure the same rate: in
//! any window, no more calls arrive at the service than the rate allows. The clock is the server's. The slots of a
//! program that dies are freed, at the latest after the timeout of a call plus 10 seconds plus two windows.
//!
//! # When the server loses its data
//! After a restart, a failover or the loss of its key, the server may have lost its record of calls that are still in
//! flight. It then grants nothing until all of them are over, which takes the timeout of a call plus 10 seconds plus
//! two windows: one minute with the defaults. This also applies to the first use of a quota, and to the first use
//! after a week without any.
//!
//! The limit holds on two conditions that the store cannot check: the clock of the server does not jump forward, and
//! no program on the quota has a longer timeout than the one that first reaches the empty server.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `rustls` | `rediss://`, with TLS |

#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(missing_debug_implementations)]

mod error;
mod link;
mod settings;
mod store;
mod usage;

pub use error::RedisError;
pub use link::Server;
pub use settings::RedisSettings;
pub use store::{RedisQuota, RedisStore};
pub use usage::{Program, Usage};
