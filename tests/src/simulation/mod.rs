//! The scheduler of core in virtual time: jobs on one quota, a network that delays, loses and reorders, a clock that is
//! set back and forth, and a model of the service that can misbehave in every way that is known.
//!
//! A [`Plan`] says what is true and what goes wrong. [`run`] carries it out, on one thread and without sleeping, and
//! checks every promise of the scheduler at every step. The same plan gives the same run.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a simulation that panics is a test that fails"
)]

mod behaviour;
mod clock;
mod endpoints;
mod job_under_test;
mod lists;
mod network;
mod oracle;
mod plan;
mod random;
mod run;
mod scenarios;
mod server;
mod statistics;
mod trace;
mod world;

pub use behaviour::{
    Behaviour, Fault, Limits, LooksAt, Oddity, Outage, Pause, Refusal, Revocation, RowOrder, Spoiled,
};
pub use clock::{Clock, Jump, Shift};
pub use endpoints::{Application, Apply, Number, Numbers};
pub use lists::{ListBehaviour, ListChange, PageCap, Total};
pub use network::Network;
pub use oracle::{Certainty, RULES, Rule, Violation};
pub use plan::{JobPlan, Kind, Plan};
pub use run::{Outcome, explain, run};
pub use scenarios::{Figures, Scenario, scenarios};
pub use statistics::Statistics;
pub use world::{Truth, World, link_of};
