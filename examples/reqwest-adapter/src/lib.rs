//! An adapter of your own: the core on reqwest.
//!
//! ```no_run
//! # async fn example(account: offerslook_core::Account, ids: offerslook_core::OfferIds)
//! # -> Result<(), offerslook_core::SetupError> {
//! let client = reqwest_adapter::Client::new(account)?;
//! let mut links = client.links(ids);
//! while let Some(item) = links.next().await {
//!     println!("{item:?}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - `client`: a reqwest client that works as the settings say.
//! - `execute`: one exchange, within its limits. `fault`: what reqwest's errors mean.
//! - `jobs`: tokio, as the driver of a job sees it.
//!
//! The table of conformance is run against it, beside the adapters that come with the client. What reqwest does not
//! let an adapter do stands there, in `tests/src/adapters/reqwest.rs`.

mod client;
mod execute;
mod fault;
mod jobs;
mod tls;

pub use client::Client;
pub use jobs::{Run, Spawned, Tokio};
