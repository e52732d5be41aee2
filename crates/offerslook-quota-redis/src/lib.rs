//! One OffersLook rate limit for many programs and hosts, in Redis (6.2 or newer) or Valkey.
//!
//! ```no_run
//! use offerslook_core::job::{Fallback, Rate};
//! use offerslook_quota_redis::{RedisSettings, RedisStore};
//!
//! let settings: RedisSettings = "redis://cache.internal:6379".parse()?;
//! let store = RedisStore::new(settings.password(std::fs::read_to_string("redis.key")?.trim()))?;
//! store.check()?;
//! let quota = store.quota("https://acme.api.offerslook.com", Rate::DOCUMENTED, Fallback::Wait);
//! // Client::builder(account).quota(quota).build()?
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! All programs that use the same server, prefix, name and rate share one limit: at most that many calls arrive at the
//! service in any window. The clock is the server's. Slots of programs that died are free again two windows after the
//! last of their calls can have timed out.
//!
//! # When the server loses its data
//! An empty key, a restarted server and one that has taken over from another may have forgotten calls that are still on
//! their way. Nothing is granted then until all of them are over: for the timeout of a call, 10 seconds and two windows, a
//! minute with the default timeout. This also applies to the first use of a quota, and after a week without any use.
//!
//! The promise depends on two things that the store cannot see: that the clock of the server does not jump forward, and
//! that no other program on the same quota has a longer timeout than the one that finds the server empty.
//!
//! # Features
//! - `rustls`: `rediss://`, with TLS.

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
