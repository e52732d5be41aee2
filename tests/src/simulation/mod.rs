//! The scheduler of core in simulated time: jobs on one quota, a network that delays, loses and reorders, a
//! clock that is set back and forth, and a model of the service with every fault that is known of it.
//!
//! A [`Plan`] says what is true and what goes wrong. [`run`] carries it out, single-threaded and without
//! sleeping, and checks at every step what the scheduler promises. The same plan gives the same run.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a simulation that panics is a test that fails"
)]

mod arrivals;
mod behaviour;
mod body;
mod broken;
mod clock;
mod draw;
mod endpoints;
mod items;
mod network;
mod plan;
mod rows;
mod run;
mod server;
mod subject;
mod tally;
mod tap;
mod trace;
mod watch;
mod world;

pub use behaviour::{Behaviour, Fault, Oddity, Paging, Pause, Refusal, Revocation, Silent};
pub use broken::Broken;
pub use clock::{Clock, Jump, Shift};
pub use endpoints::{Application, Apply, Number, Numbers};
pub use network::Network;
pub use plan::{JobPlan, Kind, Plan};
pub use run::{Outcome, explain, run};
pub use tally::Tally;
pub use world::{Truth, World, link_of};
